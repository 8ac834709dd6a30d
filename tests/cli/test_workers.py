"""Workers: order, limits of time and memory, crashes; each seen with a task that does it."""

from __future__ import annotations

import importlib
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from gongkai.cli.sources import Source
from gongkai.cli.workers import Allowance, Outcome, WorkerStartError, run

ROOMY = Allowance(seconds=20, memory_bytes=1024**3)


@pytest.fixture
def planted(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    # Workers are new interpreters: they find the module by the path they are given.
    monkeypatch.syspath_prepend(str(Path(__file__).parent / "planted"))
    return importlib.import_module("planted_tasks")


def sources(*names: str) -> list[Source]:
    return [Source(Path(name), Path(name)) for name in names]


def told(outcomes: Iterator[Outcome[str]]) -> list[str]:
    return [o.failure.rule if o.failure else str(o.value) for o in outcomes]


def test_results_come_in_the_order_of_the_sources(planted: ModuleType) -> None:
    names = [f"n{number}" for number in range(300)]
    assert told(run(planted.act, sources(*names), processes=2, allowance=ROOMY)) == names


@pytest.mark.parametrize("processes", [1, 2])
@pytest.mark.parametrize("word", ["hang", "sleep"])
def test_a_reader_that_hangs_is_ended_and_the_rest_goes_on(
    planted: ModuleType, word: str, processes: int
) -> None:
    files = sources("a", word, *(f"n{n}" for n in range(30)))
    short = Allowance(seconds=0.5, memory_bytes=0)
    outcomes = list(run(planted.act, files, processes=processes, allowance=short))
    assert outcomes[1].failure is not None
    assert outcomes[1].failure.rule == "input.too_slow"
    assert outcomes[1].failure.values == {"seconds": "0.5"}
    assert [o.value for o in outcomes if o.value] == ["a", *(f"n{n}" for n in range(30))]


@pytest.mark.parametrize("word", ["crash", "bug", "leave"])
def test_a_reader_that_crashes_costs_one_file(planted: ModuleType, word: str) -> None:
    files = sources("a", word, "b", word, "c", *"defghijklmnop")
    outcomes = told(run(planted.act, files, processes=2, allowance=ROOMY))
    crashed = "input.reader_crashed"
    assert outcomes == ["a", crashed, "b", crashed, "c", *"defghijklmnop"]


def test_a_reader_gets_no_more_memory_than_allowed(planted: ModuleType) -> None:
    files = sources("a", "greedy", "b", "greedy", *"cdefghijklmnop")
    outcomes = told(run(planted.act, files, processes=1, allowance=ROOMY))
    spent = "input.out_of_memory"
    assert outcomes == ["a", spent, "b", spent, *"cdefghijklmnop"]


def test_a_refusal_is_handed_on(planted: ModuleType) -> None:
    outcomes = told(run(planted.act, sources("refuse", "a"), processes=1, allowance=ROOMY))
    assert outcomes == ["input.empty", "a"]


def test_no_more_processes_than_files(planted: ModuleType) -> None:
    outcomes = list(run(planted.act, sources("a"), processes=64, allowance=ROOMY))
    assert [o.value for o in outcomes] == ["a"]


def test_large_results_do_not_lock_up(planted: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / "large"
    path.write_bytes(b"x" * 3_000_000)
    files = [Source(path, Path("large"))] * 40
    outcomes = run(planted.read_bytes, files, processes=2, allowance=ROOMY)
    assert sum(len(o.value or b"") for o in outcomes) == 40 * 3_000_000


def test_giving_up_halfway_ends_the_workers(planted: ModuleType) -> None:
    outcomes = run(planted.act, sources("a", "sleep", "b"), processes=2, allowance=ROOMY)
    assert next(outcomes).value == "a"
    outcomes.close()


def test_what_a_reader_started_ends_with_it(planted: ModuleType, tmp_path: Path) -> None:
    note = tmp_path / "child"
    short = Allowance(seconds=0.5, memory_bytes=0)
    assert told(run(planted.child, [Source(note, note)], processes=1, allowance=short)) == [
        "input.too_slow"
    ]
    _wait_until(lambda: not _runs(int(note.read_text())))


def test_workers_that_cannot_start_are_not_started_for_ever(
    planted: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "only_here", planted)
    monkeypatch.setattr(planted.act, "__module__", "only_here")
    with pytest.raises(WorkerStartError):
        list(run(planted.act, sources("a"), processes=1, allowance=ROOMY))


def _runs(pid: int) -> bool:
    """Whether a process runs; one that has ended and waits to be collected does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z" and bool(os.getpgid(pid))


def _wait_until(holds: Callable[[], bool]) -> None:
    for _ in range(200):
        if holds():
            return
        time.sleep(0.02)
    raise AssertionError("waited in vain")

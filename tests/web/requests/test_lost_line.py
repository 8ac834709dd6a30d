"""Fifty submit at once, lines are lost, the platform is killed: nothing is lost, nothing doubled.

``gongkai up`` as it is started, over the network, on a database of its own.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import requests

from tests.web.installation import installation
from tests.web.running.test_up import Up, children_of, free_port, lives

from .asker import Asker, Receipt
from .secrets_told import told_in

PEOPLE = 50
# How long the platform lives after people began to submit, time after time.
SECONDS_TO_LIVE = (0.006, 0.02, 0.05, 0.1)


@dataclass
class House:
    """A platform that can be killed and started again."""

    environment: dict[str, str]
    port: int = field(default_factory=free_port)
    up: Up | None = None
    said: list[str] = field(default_factory=list)
    processes: list[int] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def data(self) -> Path:
        return Path(self.environment["GONGKAI_DATA"])

    def start(self) -> None:
        self.up = Up(self.environment, self.port)
        self.up.until_well()
        self.processes = [*children_of(self.up.process.pid), self.up.process.pid]

    def kill(self) -> None:
        """kill -9 to all of it at once, and wait until nothing of it runs."""
        assert self.up is not None
        for process in reversed(self.processes):
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        self.said.append(self.up.process.communicate()[0])
        end = time.monotonic() + 20
        while any(lives(process) for process in self.processes):
            assert time.monotonic() < end
            time.sleep(0.02)

    def stop(self) -> None:
        if self.up is not None and self.up.process.poll() is None:
            self.up.process.terminate()
            self.said.append(self.up.process.communicate()[0])

    def kept(self) -> Kept:
        """What is in the database and the store."""
        told = subprocess.run(
            [sys.executable, "-m", "tests.web.requests.kept_cases"],
            env=self.environment, capture_output=True, check=True, text=True,
        )  # fmt: skip
        return Kept(**json.loads(told.stdout))


@dataclass(frozen=True)
class Kept:
    """As ``kept_cases`` tells it."""

    numbers: list[str]
    papers: list[int]
    torn: list[int]
    last: list[int]

    def wrong(self) -> list[str]:
        """What is lost or doubled: numbers from 1 without a gap, a whole paper with each."""
        serial = [int(n[1]) for one in self.numbers if (n := re.search(r"〕(\d+)号", one))]
        found = []
        if sorted(serial) != list(range(1, len(self.numbers) + 1)):
            found.append(f"numbers {sorted(serial)}")
        if self.last not in ([], [len(self.numbers)]):
            found.append(f"the sequence stands at {self.last}")
        if set(self.papers) - {1}:
            found.append(f"papers {self.papers}")
        return found + [f"paper {key} is torn" for key in self.torn]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with installation(tmp_path / "data", migrated=True) as environment:
        limits = {"GONGKAI_ASKING_AN_HOUR": "1000", "GONGKAI_ASKING_WITHOUT_SUM": "1000"}
        made = House({**environment, **limits})
        subprocess.run(
            [sys.executable, "-m", "tests.web.browser.staffed"], env=made.environment, check=True
        )
        made.start()
        yield made
        made.stop()


def filled_in(house: House, people: int) -> list[Asker]:
    askers = [Asker(house.address) for _ in range(people)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(Asker.fill_in, askers))
    return askers


def test_nothing_is_lost_and_nothing_doubled(house: House) -> None:
    receipts = fifty_at_once(house)
    receipts |= lines_lost(house)
    receipts |= killed_meanwhile(house)
    kept = house.kept()
    assert not kept.wrong()
    assert sorted(one.number for one in receipts) == sorted(kept.numbers)
    assert len({one.code for one in receipts}) == len(kept.numbers)
    house.stop()
    nothing_in_the_clear(house)


def fifty_at_once(house: House) -> set[Receipt]:
    askers = filled_in(house, PEOPLE)
    ready = threading.Barrier(PEOPLE)

    def press(asker: Asker) -> bool:
        ready.wait()
        return asker.submit()

    with ThreadPoolExecutor(PEOPLE) as pool:
        assert all(pool.map(press, askers))
    receipts = {receipt for asker in askers if (receipt := asker.receipt())}
    assert len(receipts) == PEOPLE
    kept = house.kept()
    assert len(kept.numbers) == PEOPLE
    assert not kept.wrong()
    assert all(askers[0].opens(receipt) for receipt in sorted(receipts, key=str)[:3])
    return receipts


def lines_lost(house: House) -> set[Receipt]:
    """Whoever hung up sends the same form again, and has one receipt."""
    askers = filled_in(house, 4)
    for place, asker in enumerate(askers):
        asker.submit_and_hang_up(half=place % 2 == 0)
    found = set()
    for asker in askers:
        with ThreadPoolExecutor(3) as pool:
            again = list(pool.map(lambda _, one=asker: one.submit(), range(3)))
        assert all(again)
        told = {asker.receipt() for _ in range(2)}
        assert len(told) == 1
        found |= {receipt for receipt in told if receipt}
    assert len(found) == len(askers)
    return found


def killed_meanwhile(house: House) -> set[Receipt]:
    """What was acknowledged before the kill is there after it; the rest is sent again."""
    found: set[Receipt] = set()
    interrupted = 0
    for seconds in SECONDS_TO_LIVE:
        askers = filled_in(house, 2)
        told = {place: Told() for place in range(len(askers))}
        pressing = [
            threading.Thread(target=told[place].press, args=(asker,))
            for place, asker in enumerate(askers)
        ]
        for thread in pressing:
            thread.start()
        time.sleep(seconds)
        house.kill()
        for thread in pressing:
            thread.join()
        house.start()
        for place, asker in enumerate(askers):
            before = told[place].receipt
            interrupted += not told[place].acknowledged
            if told[place].acknowledged:
                assert asker.receipt() is not None, "acknowledged, and lost"
            assert asker.submit()
            after = asker.receipt()
            assert after is not None
            assert before in (None, after)
            assert asker.opens(after)
            found.add(after)
    assert len(found) == 2 * len(SECONDS_TO_LIVE)
    assert interrupted, "no kill came before an answer: nothing was shown"
    return found


@dataclass
class Told:
    """What the platform had said before it was killed."""

    acknowledged: bool = False
    receipt: Receipt | None = None

    def press(self, asker: Asker) -> None:
        with suppress(requests.RequestException):
            self.acknowledged = asker.submit()
            self.receipt = asker.receipt()


def nothing_in_the_clear(house: House) -> None:
    """Not in the bytes of the database, the store, or any other file; nor in what was printed."""
    files = [path for path in house.data.rglob("*") if path.is_file()]
    assert len(files) > PEOPLE
    assert not {str(path): told for path in files if (told := told_in(path.read_bytes()))}
    assert not told_in("".join(house.said).encode())

"""The ledger counted: tables three and four against counts by hand (``tests/cases/tally``)."""

from __future__ import annotations

import random
import tomllib
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from gongkai.core.checks import check
from gongkai.core.errors import UnknownEdition
from gongkai.core.forms import edition
from gongkai.core.handling.counting_basis import CountingBasis, counting_points
from gongkai.core.handling.ledger import LedgerEntry, RequesterKind
from gongkai.core.handling.ledger_reading import read_line
from gongkai.core.handling.outcomes import Outcome, outcome_of, outcomes
from gongkai.core.handling.tally import tally_requests
from gongkai.core.remedies.cases import RemedyCase, RemedyKind, results
from gongkai.core.remedies.tally import YearTally, tally_year
from gongkai.core.report import Cell
from gongkai.core.report.blank import blank_report
from gongkai.core.rules import say

FOLDER = Path(__file__).parents[2] / "cases" / "tally"
AGENCY = "青听市司法局"


def _cases(name: str) -> list[dict[str, Any]]:
    return list(tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))["case"])


def _table(text: str) -> list[dict[str, str]]:
    """A table with bars as lines by heading."""
    heads, *rows = ([c.strip() for c in line.split("|")] for line in text.strip().splitlines())
    return [dict(zip(heads, [*row, *[""] * len(heads)], strict=False)) for row in rows]


def _ledger(text: str) -> list[LedgerEntry]:
    entries = []
    for number, line in enumerate(_table(text), 1):
        read = read_line({k: v or None for k, v in line.items()}, f"第 {number} 行", AGENCY)
        assert read.entry is not None, [say(f) for f in read.findings]
        assert read.findings == ()
        entries.append(read.entry)
    return entries


def _remedies(text: str) -> list[RemedyCase]:
    kinds = {
        "行政复议": RemedyKind.RECONSIDERATION,
        "未经复议直接起诉": RemedyKind.DIRECT_SUIT,
        "复议后起诉": RemedyKind.SUIT_AFTER_RECONSIDERATION,
    }
    cases = []
    for line in _table(text):
        kind = kinds[line["种类"]]
        closed = line["结案日期"]
        cases.append(
            RemedyCase(
                number=line["案号"],
                kind=kind,
                opened_on=date.fromisoformat(line["受理日期"]),
                closed_on=date.fromisoformat(closed) if closed else None,
                result=next((r.id for r in results(kind) if r.label == line["结果"]), ""),
                original_agency=line.get("身份") != "复议机关",
            )
        )
        assert bool(cases[-1].result) == bool(line["结果"])
    return cases


def _tally(case: dict[str, Any]) -> YearTally:
    return tally_year(
        _ledger(case.get("ledger", "编号")),
        _remedies(case.get("cases", "案号")),
        case["year"],
        case.get("edition", ""),
        CountingBasis(**case.get("basis", {})),
    )


def _counted_by_hand(case: dict[str, Any], edition_id: str) -> dict[str, int]:
    """The table of the case, every cell of tables three and four; what it does not name is 0."""
    form = edition(edition_id)
    heads = {g.id: g.label for g in form.requests.row_groups}
    printed = {f"requests.{r.id}": heads.get(r.group, "") + r.label for r in form.requests.rows}
    printed |= {block.table: block.label for block in form.remedies.blocks}
    counted = {a: 0 for row in printed for a in (spec.address for spec in form.rows[row])}
    for line in case["table"].strip().splitlines():
        label, figures = (part.strip() for part in line.split("|"))
        (row,) = [name for name, words in printed.items() if words.startswith(label)]
        values = [int(figure) for figure in figures.split()]
        for spec, value in zip(form.rows[row], values, strict=True):
            counted[spec.address] = value
    return counted


def _findings_of_the_checks(tally: YearTally) -> list[str]:
    """What the checks of a report say of the counted cells."""
    form = edition(tally.requests.edition)
    report = blank_report(form, tally.requests.year, AGENCY)
    cells = {a: Cell(0, "0") for a in report.cells}
    cells |= {a: Cell(n, str(n)) for a, n in tally.cells.items()}
    found = check(replace(report, cells=cells))
    families = {"requests", "remedies", "relation", "cell"}
    return [f.rule for f in found if f.rule.partition(".")[0] in families]


@pytest.mark.parametrize(
    "case", [*_cases("requests"), *_cases("remedies")], ids=lambda c: str(c["name"])
)
def test_as_counted_by_hand(case: dict[str, Any]) -> None:
    tally = _tally(case)
    assert tally.cells == _counted_by_hand(case, tally.requests.edition)
    for cell, numbers in case.get("made_of", {}).items():
        assert list(tally.counted(cell)) == numbers
    assert [say(f) for f in tally.findings] == case.get("findings", [])
    assert _findings_of_the_checks(tally) == []


def test_every_outcome_is_counted_by_hand_in_both_editions() -> None:
    counted = {"2019": set[Outcome](), "2021": set[Outcome]()}
    for case in _cases("requests"):
        for entry in _ledger(case["ledger"]):
            if entry.outcome:
                counted[_tally(case).requests.edition].add(entry.outcome)
    assert counted["2019"] == counted["2021"] == set(Outcome)


def test_every_result_is_counted_by_hand() -> None:
    counted = {case.result for c in _cases("remedies") for case in _remedies(c["cases"])} - {""}
    assert counted == {r.id for kind in RemedyKind for r in results(kind)}


def test_each_number_leads_to_its_lines() -> None:
    (case, *_) = _cases("requests")
    tally = _tally(case).requests
    for cell, lines in tally.trace.items():
        assert tally.cells[cell] == len(lines)
        kind = cell.rpartition("/")[2]
        assert all(kind in ("total", line.requester_kind) for line in lines)


def test_a_request_without_a_day_of_receipt_is_not_counted_and_said() -> None:
    waiting = LedgerEntry("88", AGENCY, RequesterKind.OTHER, None, arrived_on=date(2025, 12, 30))
    tally = tally_requests([waiting], 2025)
    assert set(tally.cells.values()) == {0}
    assert [say(f) for f in tally.findings] == [
        "编号 88 还没有与申请人确认，没有收到日，不计入 2025 年。"
    ]
    assert tally_requests([waiting], 2024).findings == ()


def test_an_edition_may_be_asked_for() -> None:
    assert tally_requests([], 2025, "2019").edition == "2019"
    assert tally_requests([], 2020).edition == "2019"
    with pytest.raises(UnknownEdition):
        tally_requests([], 2012)


def test_what_the_form_leaves_open_is_told() -> None:
    for table in ("requests", "remedies"):
        points = counting_points(table)
        assert any("未核实" in point.note for point in points)
    settings = {p.id: p.default for t in ("requests", "remedies") for p in counting_points(t)}
    basis = CountingBasis()
    for name in CountingBasis.__dataclass_fields__:
        assert settings.pop(name) is getattr(basis, name)
    assert set(settings.values()) == {None}


def _any_ledger(seed: int) -> list[LedgerEntry]:
    chance = random.Random(seed)
    entries = []
    for number in range(chance.randrange(60)):
        received = date(2019, 6, 1) + timedelta(days=chance.randrange(2500))
        concluded = received + timedelta(days=chance.choice((0, 3, 28, 200, 800)))
        done = chance.random() < 0.9
        entries.append(
            LedgerEntry(
                number=str(number),
                agency=AGENCY,
                requester_kind=chance.choice(list(RequesterKind)),
                received_on=received,
                concluded_on=concluded if done else None,
                outcome=chance.choice(list(Outcome)) if done else None,
            )
        )
    return entries


@pytest.mark.parametrize("seed", range(60))
def test_any_ledger_ties_out_and_carries_over(seed: int) -> None:
    ledger = _any_ledger(seed)
    before: dict[str, int] | None = None
    for year in range(2019, 2029):
        tally = tally_year(ledger, [], year)
        assert _findings_of_the_checks(tally) == []
        cells = tally.cells
        columns = edition(tally.requests.edition).requests.columns
        carried = {c.id: cells[f"requests.carried_from_last_year/{c.id}"] for c in columns}
        assert before is None or carried == before
        before = {c.id: cells[f"requests.carried_to_next_year/{c.id}"] for c in columns}
        # Counted once more, the slow way: one outcome and one kind at a time.
        for rule in outcomes():
            row = rule.row(tally.requests.edition)
            sharing = {r.outcome for r in outcomes() if r.row(tally.requests.edition) == row}
            for kind in RequesterKind:
                expected = sum(
                    e.requester_kind is kind
                    and e.outcome in sharing
                    and e.concluded_on is not None
                    and e.concluded_on.year == year
                    for e in ledger
                )
                assert cells[f"requests.{row}/{kind.value}"] == expected


def test_the_two_editions_differ_only_in_the_last_head() -> None:
    for seed in range(10):
        ledger = _any_ledger(seed)
        old = tally_requests(ledger, 2021, "2019").cells
        new = tally_requests(ledger, 2021, "2021").cells
        for cell in set(old) & set(new):
            assert old[cell] == new[cell]
        split = ("not_corrected", "fee_unpaid", "other")
        for kind in ("total", *RequesterKind):
            assert old[f"requests.otherwise_concluded/{kind}"] == sum(
                new[f"requests.otherwise_concluded.{part}/{kind}"] for part in split
            )
    assert outcome_of(Outcome.FEE_LAPSED).row("2019") == "otherwise_concluded"

"""Numbers, shares and rates: exact across editions, and none where a cell says none."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from gongkai.core.forms import Form, edition, editions
from gongkai.core.law import cite
from gongkai.core.readers.numerals import parse_cell
from gongkai.core.report import Cell
from gongkai.core.report.measures import (
    Measure,
    Missing,
    Share,
    add,
    compute,
    measures,
    rates,
    take,
)

FORMS = [form for name in editions() for form in (edition(name), *edition(name).mixtures)]
NEW, OLD = edition("2021"), edition("2019")
FEES = Measure("fees", "收费", "万元", ("administrative_fees/amount",))


def told(form: Form, **printed: str) -> dict[str, Cell]:
    """Every cell 0, but for those given by row and column with ``__`` between."""
    cells = {address: Cell(0, "0") for address in form.cells}
    for name, text in printed.items():
        address = name.replace("__", "/").replace("_in_", ".")
        cell = parse_cell(text, form.cells[address].kind)
        if cell is None:
            del cells[address]
        else:
            cells[address] = cell
    return cells


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id + "+" * form.mixed)
def test_every_measure_stands_in_every_edition(form: Form) -> None:
    for measure in measures().values():
        cells = measure.cells(form)
        assert cells
        assert set(cells) <= set(form.cells)
    outcomes = ("disclosed", "partly_disclosed", "withheld", "unable_to_provide", "not_processed",
                "otherwise_concluded")  # fmt: skip
    summed = [a for name in outcomes for a in measures()[name].cells(form)]
    results = {f"requests.{row.id}/total" for row in form.requests.rows if row.result}
    assert sorted(summed) == sorted(results), "every result once, in one outcome"


def test_every_rate_is_defined_and_cited() -> None:
    for rate in rates().values():
        assert rate.definition.endswith("。")
        for edition_id in editions():
            assert cite(rate.basis, edition_id)
        assert not rate.defined_in, "no text that we hold defines one"


def test_a_share_is_exact_and_printed_to_one_place() -> None:
    cells = told(
        NEW,
        requests_in_disclosed__total="7",
        requests_in_withheld_in_state_secret__total="2",
        requests_in_withheld_in_third_party_interest__total="3",
        requests_in_concluded_total__total="15",
        reconsideration__upheld="1",
        reconsideration__corrected="1",
        reconsideration__pending="4",
        reconsideration__total="6",
    )
    share = compute(rates()["disclosed"], NEW, cells.get)
    assert (share.value, share.percent) == (Fraction(7, 15), "46.7%")
    assert compute(rates()["withheld"], NEW, cells.get).value == Fraction(1, 3)
    # What is pending has no result yet.
    assert compute(rates()["reconsiderations_corrected"], NEW, cells.get).percent == "50.0%"
    assert len(share.denominator.cells) == 1


@pytest.mark.parametrize(
    ("printed", "missing"),
    [
        ({"requests_in_disclosed__total": "7"}, Missing.NOTHING),
        ({"requests_in_concluded_total__total": "约12"}, Missing.UNREAD),
        (
            {"requests_in_disclosed__total": "约3", "requests_in_concluded_total__total": "9"},
            Missing.UNREAD,
        ),
        (
            {"requests_in_disclosed__total": "", "requests_in_concluded_total__total": "9"},
            Missing.BLANK,
        ),
        ({"requests_in_concluded_total__total": "—"}, Missing.BLANK),
        (
            {"requests_in_disclosed__total": "10", "requests_in_concluded_total__total": "9"},
            Missing.MORE,
        ),
    ],
)
def test_no_share_where_a_cell_says_none(printed: dict[str, str], missing: Missing) -> None:
    share = compute(rates()["disclosed"], NEW, told(NEW, **printed).get)
    assert (share.value, share.missing) == (None, missing)
    assert share.percent == missing.label


def test_no_share_of_a_report_without_the_form() -> None:
    share: Share = compute(rates()["disclosed"], None, {}.get)
    assert share.missing is Missing.NO_FORM


def test_a_sum_is_of_all_its_cells_or_not_given() -> None:
    withheld = measures()["withheld"]
    some = take(withheld, NEW, told(NEW, requests_in_withheld_in_state_secret__total="").get)
    assert (some.value, some.blank) == (0, ("requests.withheld.state_secret/total",))
    one = take(withheld, NEW, told(NEW, requests_in_withheld_in_state_secret__total="约1").get)
    assert (one.value, one.missing, len(one.unread)) == (None, Missing.UNREAD, 1)
    # The edition of 2019 has one row where that of 2021 has three.
    other = measures()["otherwise_concluded"]
    assert [len(other.cells(form)) for form in (OLD, NEW)] == [1, 3]
    person = measures()["received"].of("natural_person")
    cells = told(NEW, requests_in_received_this_year__natural_person="4")
    assert take(person, NEW, cells.get).value == 4


def test_sums_over_reports_keep_money_exact_and_units_apart() -> None:
    parts = [
        take(FEES, NEW, told(NEW, administrative_fees__amount=text).get)
        for text in ("0.1", "0.2万元", "0")
    ]
    assert add(parts).value == Decimal("0.3")
    assert add(parts).text == "0.3"
    other = take(FEES, NEW, told(NEW, administrative_fees__amount="3000元").get)
    assert (other.value, other.unit) == (3000, "元")
    assert add([*parts, other]).missing is Missing.UNITS
    assert add([take(FEES, OLD, told(OLD).get)]).missing is Missing.BLANK

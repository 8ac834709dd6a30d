"""The editions as data: what they hold, and that a contradiction is refused with its place."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from gongkai.core.errors import EditionError, UnknownEdition
from gongkai.core.forms import edition, edition_for, editions, layouts, load_form


def source(name: str) -> str:
    path = files("gongkai.core.forms") / "editions" / f"annual-{name}.toml"
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "disclosure", "requests", "remedies"), [("2019", 22, 161, 15), ("2021", 10, 175, 15)]
)
def test_the_number_of_cells_is_the_official_one(
    name: str, disclosure: int, requests: int, remedies: int
) -> None:
    cells = edition(name).cells
    in_requests = sum(a.startswith("requests.") for a in cells)
    in_remedies = sum(
        a.split("/")[0] in {"reconsideration", "direct_suit", "suit_after_reconsideration"}
        for a in cells
    )
    assert (len(cells) - in_requests - in_remedies, in_requests, in_remedies) == (
        disclosure,
        requests,
        remedies,
    )


@pytest.mark.parametrize(
    ("year", "name"), [(2019, "2019"), (2020, "2019"), (2021, "2021"), (2026, "2021")]
)
def test_the_edition_for_a_year(year: int, name: str) -> None:
    assert edition_for(year).id == name


def test_there_is_no_edition_before_2019() -> None:
    with pytest.raises(UnknownEdition):
        edition_for(2018)
    with pytest.raises(UnknownEdition):
        edition("2008")


def test_every_relation_stands_at_every_place_it_holds() -> None:
    form = edition("2021")
    counts: dict[str, int] = {}
    for equation in form.equations:
        counts[equation.rule] = counts.get(equation.rule, 0) + 1
    assert counts == {
        "requests.in_equals_out": 7,
        "requests.concluded_total_is_sum": 7,
        "requests.total_is_sum": 25,
        "remedies.total_is_sum": 3,
    }
    total = next(e for e in form.equations if e.rule == "requests.concluded_total_is_sum")
    assert len(total.right) == 21


def test_the_official_grids() -> None:
    assert [(p.rows, p.columns) for p in layouts(edition("2021"))] == [(14, 4), (28, 10), (4, 15)]
    for form in editions().values():
        for layout in layouts(form):
            slots = [
                (r, c)
                for cell in layout.cells
                for r in range(cell.row, cell.row + cell.row_span)
                for c in range(cell.column, cell.column + cell.column_span)
            ]
            assert len(slots) == len(set(slots)) == layout.rows * layout.columns
        placed = [c.address for layout in layouts(form) for c in layout.cells if c.address]
        assert sorted(placed) == sorted(form.cells)


def test_the_mixed_form_keeps_the_relations() -> None:
    form = edition("2021").mixtures[0]
    assert len(form.cells) == 186
    total = next(e for e in form.equations if e.rule == "requests.concluded_total_is_sum")
    assert "requests.otherwise_concluded/natural_person" in total.right
    assert len(total.right) == 19


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('{ table = "licensing", label', '{ table = "penalties", label', "table: 'penalties' is declared twice"),
        ("spans = [1, 3]", "spans = [1, 2]", "spans [1, 2] do not fill 4 columns"),
        ('right = ["concluded_total", "carried_to_next_year"]', 'right = ["concluded_total", "carried_on"]',
         "there is no cell requests.carried_on/natural_person"),
        ('left = ["concluded_total"]', 'left = ["disclosed"]', "stands on both sides"),
        ('section = "remedies"', 'section = "remedy"', "section 'remedy' is not among the sections"),
        ('{ id = "withheld", label = "（三）不予公开" },', "", "row group 'withheld' is not declared"),
        ('each = "column"', 'each = "diagonal"', "each='diagonal'"),
        ('id = "2021"\n', "", "id is missing"),
        ('kind = "amount"', 'kind = "money"', "'money' is not a valid Kind"),
        ("[disclosure]", "[disclosure", "Expected"),
    ],
)  # fmt: skip
def test_an_edition_that_contradicts_itself_is_refused_and_says_where(
    old: str, new: str, said: str
) -> None:
    text = source("2021")
    assert old in text
    with pytest.raises(EditionError) as refused:
        load_form(text.replace(old, new, 1), "annual-2021.toml")
    assert str(refused.value).startswith("annual-2021.toml: ")
    assert said in str(refused.value)


def test_every_edition_file_is_loaded() -> None:
    folder = files("gongkai.core.forms") / "editions"
    names = {tomllib.loads(f.read_text(encoding="utf-8"))["id"] for f in folder.iterdir()}
    assert set(editions()) == names

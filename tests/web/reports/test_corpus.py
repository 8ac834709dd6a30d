"""Eight real reports as the agencies of a district: collected, answered, added up, edition by edition."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from gongkai.core.readers import read
from gongkai.core.writers import render
from gongkai.web.agencies.models import Agency, Kind
from gongkai.web.people.models import Role
from gongkai.web.policies import Forbidden
from gongkai.web.reports.acts.add_up import add_up
from gongkai.web.reports.acts.answer import accept, give_back
from gongkai.web.reports.acts.receive import hand_over, take_in
from gongkai.web.reports.checking import Checked
from gongkai.web.reports.figures import cell_of
from gongkai.web.reports.filling import Filled
from gongkai.web.reports.models import Batch, Submission
from gongkai.web.reports.opened import open_cell
from tests.web.conftest import Office, signed_in

pytestmark = pytest.mark.django_db

# By the year for which they are collected: gold, file, and the form in which it is sent.
FILES = {
    2019: (
        ("000", "000_a874a5367b46a48a.txt", ".txt"),
        ("001", "001_f223ec39e1a449f8.txt", ".docx"),
        ("002", "002_082c22b80dacddac.txt", ".html"),
        ("003", "003_4b3fe3c3b758daf8.txt", ".txt"),
    ),
    2023: (
        ("004", "004_78928cc5e71a0532.txt", ".docx"),
        ("hongze-2023", "hongze-2023.pdf", ".pdf"),
        ("pingtan-2025", "pingtan-2025.html", ".html"),
        ("suqian-2023", "suqian-2023.txt", ".txt"),
    ),
}
MONEY = "procurement/amount"
NAMELESS = "青禾区某某局"


def gold(corpus: Path, name: str) -> dict[str, Any]:
    text = (corpus / "gold" / f"{name}.json").read_text(encoding="utf-8")
    told: dict[str, Any] = json.loads(text, parse_float=Decimal)
    return told


def counted(value: object) -> Decimal:
    """A gold value as it counts in a sum: blank and dash as nothing."""
    if isinstance(value, dict):
        value = value["value"]
    return Decimal(value) if isinstance(value, int | Decimal) else Decimal(0)


def sent(corpus: Path, file: str, suffix: str) -> bytes:
    """The file as it lies there; or what it says, drawn anew in another form."""
    path = corpus / file
    return path.read_bytes() if path.suffix == suffix else render(read(path).report, suffix)


@pytest.mark.parametrize("year", FILES)
def test_real_reports_collected_and_added_up_equal_an_independent_sum(
    office: Office, corpus: Path, django_capture_on_commit_callbacks: Any, year: int
) -> None:
    actor = office.actor(Role.COMPETENT_DEPARTMENT)
    wanted: dict[str, list[tuple[str, Decimal]]] = {}
    given = []
    for number, (name, file, suffix) in enumerate(FILES[year]):
        told = gold(corpus, name)
        agency = told["agency"] or NAMELESS
        for address, value in told["cells"].items():
            wanted.setdefault(address, []).append((agency, counted(value)))
        Agency.objects.create(
            slug=f"r{number}", code=f"R{number}", name=agency, short_name=agency,
            kind=Kind.DEPARTMENT, parent=office.district,
        )  # fmt: skip
        given.append((f"{agency}年报{suffix}", sent(corpus, file, suffix)))

    def uploaded(files: list[tuple[str, bytes]]) -> Batch:
        with django_capture_on_commit_callbacks(execute=True):
            batch, refused = hand_over(actor, office.district, year, files)
        assert refused == []
        return batch

    batch = uploaded(given)
    for one in batch.files.select_related("agency"):
        assert one.agency is not None, (one.name, one.doubts)
        assert one.name.startswith(one.agency.name)
        assert one.unread == 0
        if one.agency.name == NAMELESS:
            assert "按文件名看是" in one.doubts[0]
        report = take_in(actor, one, one.agency)
        assert report.version.errors >= one.errors
    # Every one is examined; the first goes back with what was found, comes again, and is in order.
    first = Submission.objects.order_by("pk")[0]
    found = Checked(Filled(first.version))
    returned = give_back(actor, first, "请逐项核对。")
    for one in (*found.errors, *found.warnings):
        assert one.message in returned.answer
    (file,) = uploaded(given[:1]).files.all()
    assert file.agency is not None
    take_in(actor, file, file.agency)
    browser = signed_in(office, Role.COMPETENT_DEPARTMENT)
    tiles = browser.get(reverse("reports:list"), {"to": year}).context["tiles"]
    # The district itself, its office and the two streets have sent nothing.
    assert {t["state"]: t["count"] for t in tiles} == {
        "waiting": 4, "done": 0, "back": 0, "missing": 4,
    }  # fmt: skip
    for submission in Submission.objects.filter(state="submitted"):
        accept(actor, submission)

    whole = Filled(add_up(actor, office.district, year).version)
    form = whole.form
    summed = {a: sum((n for _, n in wanted[a]), Decimal(0)) for a in form.cells}
    # Money of which one agency prints the unit and another does not is no sum, and it is said.
    unread = {MONEY} if year == 2019 else set()
    assert set(whole.report.unread) == unread
    assert all("单位不同" in whole.figures[address].note for address in unread)
    assert {a: Decimal(c.value or 0) for a, c in whole.report.cells.items()} == {
        a: n for a, n in summed.items() if a not in unread
    }
    for address in form.cells:
        opened = open_cell(whole, address)
        assert opened is not None
        parts = set()
        for line in opened.lines:
            cell = cell_of(line.note, form.cells[address].kind)
            if cell is not None:
                parts.add((line.name, Decimal(cell.value or 0)))
        assert parts == {(agency, n) for agency, n in wanted[address] if n}
    page = browser.get(reverse("reports:parts"), {"year": year}).content.decode()
    for missing in (office.competent, office.street, office.neighbour):
        assert missing.short_name in page

    # What another edition governs is not taken into this year.
    other = FILES[2019 if year == 2023 else 2023][0]
    stranger = Agency.objects.create(
        slug="x", code="X", name="另一局", short_name="另一局", kind=Kind.DEPARTMENT,
        parent=office.district,
    )  # fmt: skip
    (file,) = uploaded([("另一局.txt", sent(corpus, other[1], ".txt"))]).files.all()
    assert any("不能收入" in doubt for doubt in file.doubts)
    with pytest.raises(Forbidden, match="年版格式"):
        take_in(actor, file, stranger)

"""Adding up: every cell the sum of its parts, what is missing named, and what changed since."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.urls import reverse

from gongkai.core.writers import render
from gongkai.web.agencies.models import Agency, Kind
from gongkai.web.audit.models import AuditEntry
from gongkai.web.disclosure.acts.review import approve, pass_secrecy_review, pass_section_review
from gongkai.web.disclosure.steps import OutOfTurn
from gongkai.web.people.models import Role
from gongkai.web.policies import Forbidden, actor_of
from gongkai.web.publication.models import Publication
from gongkai.web.reports.acts.add_up import add_up
from gongkai.web.reports.acts.answer import accept, give_back
from gongkai.web.reports.acts.fill import explain, type_in, write
from gongkai.web.reports.acts.hand_in import correct, hand_in
from gongkai.web.reports.acts.receive import hand_over, take_in
from gongkai.web.reports.checking import Checked
from gongkai.web.reports.filling import Filled
from gongkai.web.reports.models import AnnualReport, Submission, Way
from gongkai.web.reports.opened import open_cell
from gongkai.web.reports.standing import changed_since, reporting_to
from tests.web.conftest import Office, make_person, signed_in

from .conftest import TEXTS
from .test_collect import a_report
from .year import YEAR

pytestmark = pytest.mark.django_db
NEW = "requests.received_this_year/natural_person"
Hand = Any


def accepted(office: Office, capture: Any, agency: Agency, data: bytes, name: str) -> Submission:
    """A file received as the report of ``agency``, and accepted."""
    actor = office.actor(Role.COMPETENT_DEPARTMENT)
    with capture(execute=True):
        batch, _ = hand_over(actor, office.district, YEAR, [(name, data)])
    take_in(actor, batch.files.get(), agency)
    sent = Submission.objects.filter(version__report__agency=agency).first()
    assert sent is not None
    return accept(actor, sent)


@pytest.fixture
def two(office: Office, django_capture_on_commit_callbacks: Any) -> Office:
    """The street with 3 requests, its neighbour with 4; the office of the district has nothing."""
    for agency, number in ((office.street, "3"), (office.neighbour, "4")):
        data = render(a_report(agency.name, number), ".json")
        accepted(office, django_capture_on_commit_callbacks, agency, data, f"{number}.json")
    return office


def filled(office: Office) -> Filled:
    return Filled(AnnualReport.objects.get(agency=office.district).version)


def test_each_cell_is_the_sum_and_opens_to_its_parts(two: Office) -> None:
    report = add_up(two.actor(Role.COMPETENT_DEPARTMENT), two.district, YEAR)
    assert report.version.way == Way.PARTS
    told = filled(two)
    assert told.printed[NEW] == "7"
    assert told.report.cells["requests.concluded_total/total"].value == 7
    opened = open_cell(told, NEW)
    assert opened is not None
    assert [(line.name, line.note) for line in opened.lines] == [
        ("枕流街道办事处", "4"),
        ("听泉街道办事处", "3"),
    ]
    said = [one.message for one in Checked(told).found if one.rule == "compile.ledger"]
    assert "没有计入：青禾区人民政府办公室。" in said
    # The office of the government is a part like any other; the government itself is none.
    assert [one.short_name for one in reporting_to(two.district, YEAR)] == [
        "区政府办公室", "听泉街道", "枕流街道",
    ]  # fmt: skip


def test_a_part_that_changes_is_told_and_added_anew(
    two: Office, django_capture_on_commit_callbacks: Any
) -> None:
    actor = two.actor(Role.COMPETENT_DEPARTMENT)
    add_up(actor, two.district, YEAR)
    assert changed_since(filled(two).version) == []
    data = render(a_report("枕流街道办事处", "9"), ".json")
    accepted(two, django_capture_on_commit_callbacks, two.neighbour, data, "9.json")
    (change,) = changed_since(filled(two).version)
    assert (change.agency, change.words) == (two.neighbour, "第 1 稿改为第 2 稿")
    add_up(actor, two.district, YEAR)
    told = filled(two)
    assert told.printed[NEW] == "12"
    compilation = told.version.compilation
    assert compilation is not None
    assert [NEW, "7", "12"] in compilation.changes
    assert changed_since(told.version) == []


def test_a_part_that_was_not_read_leaves_its_sum_open(
    two: Office, django_capture_on_commit_callbacks: Any
) -> None:
    told = a_report(two.competent.name, "1")
    cells = {a: c for a, c in told.cells.items() if a != NEW}
    data = json.loads(render(told, ".json"))
    data["unread"] = [NEW]
    data["cells"] = {a: c for a, c in data["cells"].items() if a in cells}
    sent = json.dumps(data, ensure_ascii=False).encode()
    accepted(two, django_capture_on_commit_callbacks, two.competent, sent, "x.json")
    add_up(two.actor(Role.COMPETENT_DEPARTMENT), two.district, YEAR)
    whole = filled(two)
    assert whole.printed[NEW] is None
    assert whole.figures[NEW].note.startswith("区政府办公室的这一格")
    opened = open_cell(whole, NEW)
    assert opened is not None
    assert opened.lines[0].note == "不能加"


def test_a_number_typed_over_a_sum_is_found(two: Office) -> None:
    actor = two.actor(Role.COMPETENT_DEPARTMENT)
    report = add_up(actor, two.district, YEAR)
    type_in(actor, report, {NEW: "8"})
    explain(actor, report, NEW, "另有一件没有录入")
    rules = {one.rule for one in Checked(filled(two)).errors}
    assert "parts.not_the_sum" in rules
    # Added anew, both numbers stay.
    add_up(actor, two.district, YEAR)
    figure = filled(two).figures[NEW]
    assert (figure.found, figure.typed) == ("7", "8")


def test_nothing_accepted_is_nothing_to_add_up(office: Office) -> None:
    with pytest.raises(Forbidden, match="还没有收下一份报告"):
        add_up(office.actor(Role.COMPETENT_DEPARTMENT), office.district, YEAR)
    with pytest.raises(Forbidden, match="没有这个角色"):
        add_up(office.actor(Role.AUTHOR), office.district, YEAR)


def test_level_upon_level(two: Office, django_capture_on_commit_callbacks: Any) -> None:
    city = Agency.objects.create(
        slug="c", code="C", name="某市人民政府", short_name="市政府", kind=Kind.GOVERNMENT
    )
    office = Agency.objects.create(
        slug="co", code="CO", name="某市人民政府办公室", short_name="市政府办公室",
        kind=Kind.DEPARTMENT, parent=city, competent_for=city,
    )  # fmt: skip
    two.district.parent = city
    two.district.save()
    names = {agency.short_name for agency in reporting_to(city, YEAR)}
    assert names == {"区政府", "市政府办公室"}
    assert {a.short_name for a in reporting_to(Agency.objects.get(pk=two.district.pk), YEAR)} == {
        "区政府办公室", "听泉街道", "枕流街道",
    }  # fmt: skip
    assert office.competent_for == city


def test_the_screen_names_what_is_missing(two: Office) -> None:
    browser = signed_in(two, Role.COMPETENT_DEPARTMENT)
    place = reverse("reports:parts")
    page = browser.get(place, {"year": YEAR}).content.decode()
    assert "已收下 <strong>2</strong> 份计入汇总，缺 <strong>1</strong> 份" in page
    assert browser.post(place, {"year": YEAR}).status_code == 302
    report = AnnualReport.objects.get(agency=two.district)
    section = reverse("reports:section", args=[report.pk, "disclosure_on_request"])
    page = browser.get(section, {"cell": NEW}).content.decode()
    assert "枕流街道办事处" in page
    assert browser.post(place, {"year": 2020}).status_code == 422
    with pytest.raises(Forbidden, match="已收下"):
        give_back(two.actor(Role.COMPETENT_DEPARTMENT), Submission.objects.all()[0], "再改")


def test_the_regions_report_is_published_and_versioned_like_any(
    two: Office, django_capture_on_commit_callbacks: Any
) -> None:
    competent = two.actor(Role.COMPETENT_DEPARTMENT)
    roles = (Role.AUTHOR, Role.SECTION_REVIEWER, Role.SECRECY_REVIEWER, Role.APPROVER)
    author, section, secrecy, leader = (
        actor_of(make_person(f"d_{role}", f"区{role.label}", two.district, role)) for role in roles
    )
    text = TEXTS["overview"].replace("听泉街道办事处", "青禾区人民政府")

    def published() -> AnnualReport:
        report = AnnualReport.objects.get(agency=two.district)
        with django_capture_on_commit_callbacks(execute=True):
            report = hand_in(author, report, "区政府办公室的报告还没有收到")
        assert report.item is not None
        item = pass_section_review(section, report.item)
        item.version.findings.update(answer="keep")
        approve(leader, pass_secrecy_review(secrecy, item))
        return AnnualReport.objects.get(pk=report.pk)

    report = add_up(competent, two.district, YEAR)
    write(competent, report, {**TEXTS, "overview": text})
    report = published()
    assert report.live is not None
    assert not report.live.submissions.exists()  # nobody above is on the platform
    data = render(a_report("枕流街道办事处", "9"), ".json")
    accepted(two, django_capture_on_commit_callbacks, two.neighbour, data, "9.json")
    browser, place = signed_in(two, Role.COMPETENT_DEPARTMENT), reverse("reports:parts")
    page = browser.get(place, {"year": YEAR}).content.decode()
    assert "汇总以后有 1 份变了" in page
    assert "枕流街道办事处：第 1 稿改为第 2 稿" in page
    with pytest.raises(OutOfTurn):
        add_up(competent, two.district, YEAR)
    correct(author, report, "枕流街道更正了报告")
    report = add_up(competent, two.district, YEAR)
    page = browser.get(place, {"year": YEAR}).content.decode()
    label = Filled(report.version).form.cells[NEW].label
    assert "份变了" not in page
    assert re.search(rf">{label}</th>.{{,80}}>7</td>.{{,80}}>12</td>", page)
    said = AuditEntry.objects.filter(act="report.add_up").order_by("number").last()
    assert said is not None
    assert (said.before[NEW], said.after[NEW]) == ("7", "12")
    report = published()
    old, new = report.versions.order_by("number")
    assert (Filled(old).printed[NEW], Filled(new).printed[NEW]) == ("7", "12")
    assert new.change_reason == "枕流街道更正了报告"
    public = Publication.objects.get(pk=report.item_id)
    assert public.version == 2
    # What was added up then still opens to what it was.
    opened = open_cell(Filled(old), NEW)
    assert opened is not None
    assert [line.note for line in opened.lines] == ["4", "3"]

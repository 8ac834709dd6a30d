"""Collecting: files matched to agencies with their doubts, examined, returned, accepted, chased."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongkai.core.forms import edition
from gongkai.core.report import AnnualReport as Report
from gongkai.core.report import Cell, SectionText
from gongkai.core.report.blank import blank_report
from gongkai.core.writers import render
from gongkai.web.people.models import Role
from gongkai.web.policies import Forbidden
from gongkai.web.reports.acts.answer import accept, give_back, reopen
from gongkai.web.reports.acts.chase import chase
from gongkai.web.reports.acts.fill import type_in
from gongkai.web.reports.acts.receive import drop, hand_over, pick_up, take_in
from gongkai.web.reports.filling import Filled
from gongkai.web.reports.models import (
    AnnualReport,
    Batch,
    Chase,
    FileState,
    Submission,
    UploadedReport,
)
from tests.web.conftest import Office, make_person, signed_in, signed_in_as

from .conftest import TEXTS, Publishing
from .year import YEAR

pytestmark = pytest.mark.django_db
ROW = "requests.received_this_year"


def a_report(agency: str, received: str = "0", total: str = "", year: int = YEAR) -> Report:
    """A report of ``agency``, all zeros but what it received."""
    form = edition("2021")
    blank = blank_report(form, year, agency)
    cells = {a: Cell(0, "0") for a in blank.cells}
    for row in ("received_this_year", "disclosed", "concluded_total"):
        for column, text in (("natural_person", received), ("total", total or received)):
            cells[f"requests.{row}/{column}"] = Cell(int(text), text)
    told = {**TEXTS, "overview": TEXTS["overview"].replace("听泉街道办事处", agency)}
    return Report(
        edition="2021",
        year=year,
        agency=agency,
        title=blank.title,
        sections=tuple(SectionText(s.key, s.heading, told.get(s.key, "")) for s in form.sections),
        cells=cells,
    )


Handing = Any


@pytest.fixture
def handed(office: Office, django_capture_on_commit_callbacks: Any) -> Handing:
    """Hand files over by name and let them be read."""

    def hand(**files: bytes) -> Batch:
        given = [(name.replace("__", "."), data) for name, data in files.items()]
        with django_capture_on_commit_callbacks(execute=True):
            batch, _ = hand_over(
                office.actor(Role.COMPETENT_DEPARTMENT), office.district, YEAR, given
            )
        return batch

    return hand


def test_files_are_read_and_matched_with_their_doubts(office: Office, handed: Handing) -> None:
    neighbour = a_report("枕流街道办事处", "3")
    batch = handed(
        a__docx=render(neighbour, ".docx"),
        b__html=render(a_report("听泉街道", "2"), ".html"),
        c__json=render(a_report("某某局"), ".json"),
        d__json=render(a_report("枕流街道办事处", year=2024), ".json"),
        e__txt="完全是别的东西。".encode(),
    )
    files = {file.name[0]: file for file in batch.files.select_related("agency")}
    assert files["a"].state == files["b"].state == FileState.READ
    assert files["a"].agency == office.neighbour
    assert files["a"].doubts == []
    assert files["b"].agency == office.street
    assert files["c"].agency is None
    assert "名册里没有这个机关" in files["c"].doubts[0]
    assert any("2024 年度" in doubt for doubt in files["d"].doubts)
    assert files["e"].state == FileState.FAILED
    assert files["e"].failure


def test_a_file_becomes_the_report_of_its_agency(office: Office, handed: Handing) -> None:
    told = a_report("枕流街道办事处", "3", total="4")
    (file,) = handed(a__json=render(told, ".json")).files.all()
    actor = office.actor(Role.COMPETENT_DEPARTMENT)
    report = take_in(actor, file, office.neighbour)
    sent = Submission.objects.get()
    assert (sent.version.report, sent.to, sent.state) == (report, office.district, "submitted")
    assert sent.version.errors >= 2  # the total of two rows
    filled = Filled(sent.version)
    assert {a: c.value for a, c in filled.report.cells.items()} == {
        a: c.value for a, c in told.cells.items()
    }
    with pytest.raises(Forbidden, match="已收入"):
        take_in(actor, file, office.neighbour)
    # What was read wrongly is mended by hand, with trace.
    type_in(actor, report, {f"{ROW}/total": "3"}, "原件是 3")
    figure = Filled(AnnualReport.objects.get(pk=report.pk).version).figures[f"{ROW}/total"]
    assert (figure.found, figure.typed, figure.by) == ("4", "3", "周远")


def test_a_report_is_returned_with_what_is_found_and_received_again(
    office: Office, handed: Handing
) -> None:
    actor = office.actor(Role.COMPETENT_DEPARTMENT)
    first = handed(a__json=render(a_report("枕流街道办事处", "3", total="4"), ".json"))
    take_in(actor, first.files.get(), office.neighbour)
    sent = give_back(actor, Submission.objects.get(), "三天内重报。")
    assert sent.state == "returned"
    assert "1．差错：" in sent.answer
    assert sent.answer.endswith("三天内重报。")
    second = handed(b__json=render(a_report("枕流街道办事处", "3"), ".json"))
    report = take_in(actor, second.files.get(), office.neighbour)
    assert report.version.number == 2
    again = Submission.objects.first()
    assert again is not None
    assert accept(actor, again).state == "accepted"
    with pytest.raises(Forbidden, match="已收下"):
        accept(actor, again)
    assert reopen(actor, again).state == "submitted"
    assert AnnualReport.objects.get().version.sealed


def test_what_an_agency_writes_here_is_not_replaced_by_a_file(
    written: AnnualReport, office: Office, handed: Handing
) -> None:
    batch = handed(a__json=render(a_report("听泉街道办事处"), ".json"))
    with pytest.raises(Forbidden, match="在平台上编制"):
        take_in(office.actor(Role.COMPETENT_DEPARTMENT), batch.files.get(), office.street)


def test_a_published_report_is_examined_and_returned(
    ledgers: Office, written: AnnualReport, publish: Publishing
) -> None:
    report = publish(written)
    browser = signed_in(ledgers, Role.COMPETENT_DEPARTMENT)
    sent = Submission.objects.get()
    place = reverse("reports:examine", args=[sent.pk])
    assert "听泉街道办事处" in browser.get(place).content.decode()
    assert browser.post(place, {"return": "1", "words": "第五部分再具体些"}).status_code == 302
    author = signed_in(ledgers, Role.AUTHOR)
    page = author.get(reverse("reports:report", args=[report.pk])).content.decode()
    assert "第五部分再具体些" in page
    assert author.get(place).status_code == 403


def test_chasing_leaves_alone_who_has_reported(
    ledgers: Office, written: AnnualReport, publish: Publishing
) -> None:
    actor = ledgers.actor(Role.COMPETENT_DEPARTMENT)
    publish(written)
    chased = chase(actor, [ledgers.street, ledgers.neighbour], YEAR, "本周五前")
    assert [one.agency for one in chased] == [ledgers.neighbour]
    with pytest.raises(Forbidden, match="不用催"):
        chase(actor, [ledgers.street], YEAR)
    clerk = signed_in_as(make_person("next", "邻人", ledgers.neighbour, Role.AUTHOR))
    assert "本周五前" in clerk.get(reverse("reports:list")).content.decode()


def test_the_matrix_says_who_is_missing(
    ledgers: Office, written: AnnualReport, publish: Publishing
) -> None:
    publish(written)
    browser = signed_in(ledgers, Role.COMPETENT_DEPARTMENT)
    page = browser.get(reverse("reports:list"))
    counts = {tile["state"]: tile["count"] for tile in page.context["tiles"]}
    # The district, its office and the neighbour have not reported.
    assert counts == {"waiting": 1, "done": 0, "back": 0, "missing": 3}
    accept(ledgers.actor(Role.COMPETENT_DEPARTMENT), Submission.objects.get())
    page = browser.get(reverse("reports:list"), {"state": "done"})
    assert [line.agency for line in page.context["lines"]] == [ledgers.street]
    assert browser.get(reverse("reports:export")).status_code == 200
    answer = browser.post(
        reverse("reports:chase"), {"agency": [ledgers.neighbour.pk], "year": YEAR}
    )
    assert answer.status_code == 302
    assert Chase.objects.get().agency == ledgers.neighbour


def test_the_screens_of_a_batch(office: Office, django_capture_on_commit_callbacks: Any) -> None:
    browser = signed_in(office, Role.COMPETENT_DEPARTMENT)
    files = [
        SimpleUploadedFile("甲.json", render(a_report("枕流街道办事处", "3"), ".json")),
        SimpleUploadedFile("乙.json", render(a_report("某某局"), ".json")),
        SimpleUploadedFile("空.docx", b""),
    ]
    with django_capture_on_commit_callbacks(execute=True):
        answer = browser.post(reverse("reports:upload"), {"year": YEAR, "files": files})
    batch = Batch.objects.get()
    place = reverse("reports:batch", args=[batch.pk])
    assert answer.url == place
    page = browser.get(place).content.decode()
    assert "“空.docx”没有收：是空文件" in page
    assert "收入没有疑问的 1 份" in page
    into = reverse("reports:take_in", args=[batch.pk])
    browser.post(into)
    assert AnnualReport.objects.get().agency == office.neighbour
    other = UploadedReport.objects.get(name="乙.json")
    browser.post(into, {"file": other.pk, "agency": office.street.code})
    assert AnnualReport.objects.filter(agency=office.street).exists()
    assert browser.post(reverse("reports:upload"), {"year": YEAR}).status_code == 422
    author = signed_in(office, Role.AUTHOR)
    assert author.get(place).status_code == 403


def test_a_file_is_left_out_and_taken_up_again(office: Office, handed: Handing) -> None:
    actor = office.actor(Role.COMPETENT_DEPARTMENT)
    file = handed(a__json=render(a_report("枕流街道办事处"), ".json")).files.get()
    assert drop(actor, file).state == FileState.DROPPED
    with pytest.raises(Forbidden, match="没有要"):
        take_in(actor, file, office.neighbour)
    assert pick_up(actor, file).state == FileState.READ

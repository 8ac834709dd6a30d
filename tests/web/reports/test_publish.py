"""From the draft to the public and to the competent department, and corrected afterwards."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from gongkai.core.readers import read_bytes
from gongkai.web import filestore
from gongkai.web.disclosure.acts.change import correct as correct_item
from gongkai.web.disclosure.acts.change import withdraw
from gongkai.web.disclosure.acts.draft import save
from gongkai.web.disclosure.acts.publish import make_public
from gongkai.web.disclosure.acts.review import pass_section_review, return_item
from gongkai.web.disclosure.acts.submit import recall, submit
from gongkai.web.disclosure.models import State
from gongkai.web.disclosure.steps import OutOfTurn
from gongkai.web.people.models import Role
from gongkai.web.policies import Forbidden
from gongkai.web.publication.models import Change, Publication
from gongkai.web.reports.acts.begin import begin
from gongkai.web.reports.acts.fill import type_in, write
from gongkai.web.reports.acts.hand_in import correct, hand_in
from gongkai.web.reports.checking import Checked
from gongkai.web.reports.filling import Filled
from gongkai.web.reports.models import AnnualReport, ReportVersion, Submission
from tests.web.conftest import Office, signed_in

from .conftest import TEXTS, Publishing
from .year import YEAR

pytestmark = pytest.mark.django_db


def test_the_way_to_the_public_and_upward(
    ledgers: Office, written: AnnualReport, publish: Publishing
) -> None:
    report = publish(written)
    assert report.item is not None
    public = Publication.objects.get(pk=report.item.pk)
    assert public.column == "annual_report"
    assert public.title == "听泉街道办事处2025年政府信息公开工作年度报告"
    assert public.facts["report_year"] == YEAR
    assert "本年新收政府信息公开申请数量" in public.body_html
    assert [file.name.rpartition(".")[2] for file in public.files.all()] == [
        "docx", "pdf", "xlsx", "html", "json",
    ]  # fmt: skip
    assert report.live == report.current
    sent = Submission.objects.get()
    assert (sent.to, sent.state, sent.version) == (ledgers.district, "submitted", report.live)


def test_every_paper_says_the_same_cells(
    ledgers: Office, written: AnnualReport, publish: Publishing
) -> None:
    report = publish(written)
    wanted = {a: c.value for a, c in Filled(report.version).report.cells.items()}
    assert report.item is not None
    for file in Publication.objects.get(pk=report.item.pk).files.all():
        reading = read_bytes(filestore.read(file.digest), file.name)
        assert {a: c.value for a, c in reading.report.cells.items()} == wanted, file.name
        assert not reading.report.unread, file.name
        assert reading.report.agency == "听泉街道办事处"
    data = json.loads(filestore.read(file.digest), parse_float=Decimal)
    assert data["cells"]["administrative_fees/amount"]["value"] == Decimal("1.234567")


def test_a_wrong_total_goes_out_only_for_a_reason_that_the_superior_sees(
    ledgers: Office, written: AnnualReport, publish: Publishing
) -> None:
    author = ledgers.actor(Role.AUTHOR)
    total = "requests.received_this_year/total"
    type_in(author, written, {total: "9"}, "按旧台账写")
    check = reverse("reports:check", args=[written.pk])
    refused = signed_in(ledgers, Role.AUTHOR).post(check, {"reason": " "})
    assert refused.status_code == 422
    with pytest.raises(Forbidden, match=r"还有 \d+ 处差错"):
        hand_in(author, written)
    assert AnnualReport.objects.get(pk=written.pk).item is None
    report = publish(written)
    sent = Submission.objects.get()
    assert sent.version.error_reason == "上级要求先报"
    assert report.item is not None
    assert "上级要求先报" in report.item.opinions.all()[0].text
    errors = Checked(Filled(sent.version)).errors
    (wrong,) = [one for one in errors if one.rule == "requests.total_is_sum"]
    assert total in wrong.cells
    assert sent.version.errors == len(errors)
    # Who receives it sees what is wrong, the reason, and both numbers with theirs.
    superior = signed_in(ledgers, Role.COMPETENT_DEPARTMENT)
    page = superior.get(reverse("reports:examine", args=[sent.pk])).content.decode()
    for words in (escape(wrong.message), "上级要求先报", "按旧台账写"):
        assert words in page
    assert f"差错 {len(errors)}" in superior.get(reverse("reports:list")).content.decode()


def test_gaps_are_filled_before_it_is_handed_in(ledgers: Office, begun: AnnualReport) -> None:
    with pytest.raises(Forbidden, match="要先改好"):
        hand_in(ledgers.actor(Role.AUTHOR), begun, "先报")
    write(ledgers.actor(Role.AUTHOR), begun, TEXTS)
    hand_in(ledgers.actor(Role.AUTHOR), begun, "先报")


def test_what_is_returned_goes_on_in_a_new_version(
    ledgers: Office, written: AnnualReport, publish: Publishing
) -> None:
    author = ledgers.actor(Role.AUTHOR)
    report = hand_in(author, written, "先报")
    assert report.item is not None
    with pytest.raises(OutOfTurn, match="科室审核"):
        write(author, report, TEXTS)
    pass_section_review(ledgers.actor(Role.SECTION_REVIEWER), report.item)
    return_item(ledgers.actor(Role.SECRECY_REVIEWER), report.item, "第五部分太空")
    text = {"problems_and_improvements": TEXTS["problems_and_improvements"] + "再补一句。"}
    report = write(author, report, text)
    assert report.version.number == 2
    first = ReportVersion.objects.get(report=report, number=1)
    assert first.sealed
    assert first.sections["problems_and_improvements"] == TEXTS["problems_and_improvements"]
    report = publish(report)
    assert Publication.objects.get().body_html.count("再补一句。") == 1
    assert report.live is not None
    assert report.live.number == 2


def test_what_is_taken_back_can_be_handed_in_again(ledgers: Office, written: AnnualReport) -> None:
    author = ledgers.actor(Role.AUTHOR)
    report = hand_in(author, written, "先报")
    assert report.item is not None
    recall(author, report.item)
    report = hand_in(author, AnnualReport.objects.get(pk=report.pk), "先报")
    assert report.item is not None
    assert report.item.state == State.SECTION_REVIEW
    assert report.item.version.attachments.count() == 5


def test_a_published_report_changes_only_by_a_new_version_with_its_reason(
    ledgers: Office, written: AnnualReport, publish: Publishing
) -> None:
    author = ledgers.actor(Role.AUTHOR)
    report = publish(written)
    with pytest.raises(OutOfTurn):
        type_in(author, report, {"penalties/decisions": "16"}, "漏报")
    with pytest.raises(Forbidden, match="原因"):
        correct(author, report, " ")
    report = correct(author, report, "行政处罚漏报一件")
    type_in(author, report, {"penalties/decisions": "16"}, "漏报")
    public = Publication.objects.get()
    assert public.version == 1
    report = publish(AnnualReport.objects.get(pk=report.pk))
    public.refresh_from_db()
    assert public.version == 2
    old, new = ReportVersion.objects.filter(report=report).order_by("number")
    assert Filled(old).printed["penalties/decisions"] == "15"
    assert Filled(new).printed["penalties/decisions"] == "16"
    assert new.change_reason == "行政处罚漏报一件"
    assert report.live == new
    assert [one.version.number for one in Submission.objects.all()] == [2, 1]


def test_last_years_report_is_compared_with(
    ledgers: Office, written: AnnualReport, publish: Publishing
) -> None:
    author = ledgers.actor(Role.AUTHOR)
    before = begin(author, ledgers.street, YEAR - 1)
    write(author, before, {**TEXTS, "overview": TEXTS["overview"].replace("2025", "2024")})
    publish(before)
    found = Checked(Filled(AnnualReport.objects.get(pk=written.pk).version)).found
    assert "similarity.last_year" in {one.rule for one in found}
    type_in(author, written, {"requests.carried_from_last_year/natural_person": "2"}, "另有一件")
    found = Checked(Filled(AnnualReport.objects.get(pk=written.pk).version)).found
    assert any(one.rule.startswith("carry_forward.") for one in found)


def test_the_item_is_written_only_in_the_report(
    ledgers: Office, written: AnnualReport, publish: Publishing
) -> None:
    report = publish(written)
    assert report.item is not None
    author = ledgers.actor(Role.AUTHOR)
    item = correct_item(author, report.item, "改")
    item = submit(author, save(author, item, title="别的标题"))
    item = pass_section_review(ledgers.actor(Role.SECTION_REVIEWER), item)
    with pytest.raises(Forbidden, match="没有重新送审"):
        _conclude(ledgers, item)
    assert Publication.objects.get().title == report.title


def _conclude(office: Office, item: Any) -> None:
    actor = office.actor(Role.APPROVER)
    make_public(item, actor.person, actor.require("item.approve", item.agency))


def test_the_public_finds_it_in_the_column_of_annual_reports(
    ledgers: Office, written: AnnualReport, publish: Publishing, client: Client
) -> None:
    report = publish(written)
    assert report.item is not None
    public = Publication.objects.get(pk=report.item.pk)
    page = client.get(reverse("public:page", args=[public.path])).content.decode()
    assert "其他法律行政法规禁止公开" in page
    # The tables look as on the papers, though a body keeps no looks.
    for look in ("gk-form gk-form--slim", "gk-form", "gk-form gk-form--even"):
        assert f'<table class="gk-table {look}"><caption class="gk-sr">' in page
    assert page.count('class="gk-cell"') == 200
    assert "gk-" not in public.body_html.replace('class="gk-sign"', "")
    for suffix in ("docx", "pdf", "xlsx", "html", "json"):
        assert f"年度报告.{suffix}" in page
    matrix = client.get(reverse("public:page", args=["annual/index.html"])).content.decode()
    assert public.path.rpartition("/")[2] in matrix
    assert Change.objects.filter(number=public.pk).exists()
    # Taken back, it is gone from the doors and the list says so.
    withdraw(ledgers.actor(Role.APPROVER), report.item, "有错")
    browser = signed_in(ledgers, Role.AUTHOR)
    assert "已撤回" in browser.get(reverse("reports:list")).content.decode()
    report = correct(ledgers.actor(Role.AUTHOR), report, "改正后重新公布")
    assert publish(report).version.number == 2
    assert Publication.objects.filter(pk=report.item_id).exists()

"""A brief: counted, put into words, kept for good, printed, made an item; and the annual report."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.disclosure.models import InformationItem, State
from gongkai.web.oversight.measures.models import Training
from gongkai.web.oversight.overview.acts import briefs as acts
from gongkai.web.oversight.overview.feed import facts_of
from gongkai.web.oversight.overview.models import Brief, BriefState
from gongkai.web.oversight.rectification.acts import carry_out, confirm
from gongkai.web.oversight.watching.models import WatchFinding
from gongkai.web.people.models import Appointment, Role
from gongkai.web.policies import Forbidden
from gongkai.web.reports.acts.begin import begin
from gongkai.web.reports.models import AnnualReport
from tests.web.conftest import Office, signed_in
from tests.web.oversight.rectification.made import (
    PROOF,
    docx_words,
    found,
    ordered,
    pdf_words,
    watched,
)
from tests.web.oversight.year_of_work import YEAR, published, year_of

pytestmark = pytest.mark.django_db


def mended(office: Office) -> None:
    """A finding of this month that was made a task, mended and confirmed; another that was not."""
    watched(timezone.now().isoformat())
    finding = found(office.street)
    found(office.street, "20-1")
    task = ordered(office, finding)
    clerk = office.actor(Role.DISCLOSURE_OFFICE)
    task = carry_out.receive(clerk, task)
    carry_out.add_proof(clerk, task, *PROOF)
    WatchFinding.objects.filter(pk=finding.pk).update(state="mended", mended_at=timezone.now())
    task = carry_out.finish(clerk, task, "已公开预算。")
    confirm.confirm(office.actor(Role.COMPETENT_DEPARTMENT), task, "看过")


def bare(words: str) -> str:
    return "".join(words.split())


def test_a_brief_from_the_records_to_the_public(office: Office) -> None:
    today = timezone.localdate()
    mended(office)
    published(office.street, office.people[Role.AUTHOR], "本月的", today, today)
    department = signed_in(office, Role.COMPETENT_DEPARTMENT)
    started = department.post(reverse("overview:briefs"), {"span": f"{today:%Y-%m}"}, follow=True)
    brief = Brief.objects.get()
    told = {one["slug"]: one["text"] for one in brief.figures}
    assert told["items_published"] == "1 条"
    assert told["findings_found"] == "2 项"
    assert told["findings_by_family"] == "栏目更新 2 项"
    assert told["findings_mended"] == "50.0%（1/2 项）"
    assert (told["tasks_ordered"], told["tasks_confirmed"]) == ("1 件", "1 件")
    assert "没有数据的：培训次数（没有登记培训）" in brief.text
    for one in brief.figures:
        assert not one["known"] or one["text"] in brief.text, one["label"]
        if one["address"]:
            lines = department.get(one["address"]).context["lines"]
            assert one["text"].startswith(f"{len(lines)} ") or f"/{len(lines)} " in one["text"]
    assert "栏目更新 2 项" in started.content.decode()

    # The department says its own; only then it is kept, with its papers.
    here = reverse("overview:brief", args=[brief.pk])
    sent = {"title": brief.title, "text": brief.text, "keep": "1"}
    refused = department.post(here, sent)
    assert refused.status_code == 422
    assert "正文里还有没有填的：【主要问题" in refused.content.decode()
    head = brief.text.rsplit("\n", 1)[0]
    sent["text"] = f"{head}\n听泉街道的栏目要在下月补齐。"
    department.post(here, sent)
    brief.refresh_from_db()
    assert brief.state == BriefState.KEPT
    assert brief.docx is not None
    assert brief.pdf is not None
    for words in (docx_words(brief.docx.digest), pdf_words(brief.pdf.digest)):
        assert bare(brief.title) in words
        assert "听泉街道的栏目要在下月补齐" in words
        for text in (*(one["text"] for one in brief.figures if one["known"]), *brief.table[3]):
            assert bare(text) in words, text
    for form in ("docx", "pdf"):
        paper = department.get(reverse("overview:brief_file", args=[brief.pk, form]))
        assert paper.status_code == 200
        assert "attachment" in paper["Content-Disposition"]

    # What happens afterwards changes nothing of it.
    published(office.street, office.people[Role.AUTHOR], "后来的", today, today)
    competent = office.actor(Role.COMPETENT_DEPARTMENT)
    for act in (
        lambda: acts.write(competent, brief, "别的", "别的"),
        lambda: acts.count_anew(competent, brief),
        lambda: acts.drop(competent, brief),
    ):
        with pytest.raises(Forbidden, match="已经定稿"):
            act()
    assert {one["slug"]: one["text"] for one in Brief.objects.get().figures} == told

    # Into the public by the usual path, by somebody who may draft.
    assert (
        "没有这个角色"
        in department.post(
            reverse("overview:brief_act", args=[brief.pk]), {"act": "publish"}, follow=True
        ).content.decode()
    )
    Appointment.objects.create(
        person=office.people[Role.COMPETENT_DEPARTMENT], agency=office.competent,
        role=Role.AUTHOR, since=date(2020, 1, 1),
    )  # fmt: skip
    department.post(reverse("overview:brief_act", args=[brief.pk]), {"act": "publish"})
    brief.refresh_from_db()
    item = InformationItem.objects.get(pk=brief.item_id)
    assert (item.agency, item.state) == (office.competent, State.DRAFT)
    assert "听泉街道的栏目要在下月补齐" in item.version.body_html
    assert "<caption>各机关情况</caption>" in item.version.body_html
    assert [one.name for one in item.version.attachments.all()] == [f"{brief.title}.pdf"]


def test_what_was_done_stands_in_the_draft_of_the_annual_report(office: Office) -> None:
    mended(office)
    year = timezone.localdate().year
    author = office.actor(Role.AUTHOR)
    draft = begin(author, office.street, year).version.sections
    told = draft["overview"].split("（五）监督保障\n")[1]
    assert told.splitlines() == [
        "巡检发现问题2项，已改好1项。列入整改1件，经另一人确认改好1件。",
        "【培训几次、多少人】",
    ]
    assert draft["problems_and_improvements"].startswith(
        "本年巡检发现的问题：栏目更新2项。【本年发现的主要问题，写具体】"
    )
    report = AnnualReport.objects.get()
    page = signed_in(office, Role.AUTHOR).get(
        reverse("reports:section", args=[report.pk, "overview"])
    )
    facts = {fact.label: fact for fact in page.context["facts"]}
    lines = signed_in(office, Role.AUTHOR).get(facts["整改已确认"].address).context["lines"]
    assert facts["整改已确认"].text == f"{len(lines)} 件" == "1 件"

    # A training that is registered fills its gap, in the next report.
    Training.objects.create(
        agency=office.street, held_on=date(YEAR, 6, 1), theme="公开条例", people=30,
        hours=Decimal(4), recorded_by=office.people[Role.DISCLOSURE_OFFICE],
    )  # fmt: skip
    year_of(office.street, office.people[Role.AUTHOR])
    earlier = begin(author, office.street, YEAR).version.sections["overview"]
    assert "开展培训1次，30人次。" in earlier
    assert "【检查发现的问题和整改】" in earlier
    assert "【培训" not in earlier

    # The region tells the trainings held for the region, not those of every street.
    assert "开展培训" not in sentences_of(office.district)
    Training.objects.create(
        agency=office.competent, held_on=date(YEAR, 7, 1), theme="公开条例", people=200,
        hours=Decimal(8), recorded_by=office.people[Role.DISCLOSURE_OFFICE],
    )  # fmt: skip
    assert "开展培训1次，200人次。" in sentences_of(office.district)


def sentences_of(agency: Agency) -> str:
    return "".join(fact.sentence for fact in facts_of(agency, YEAR)).replace(" ", "")

"""The region as loaded: all of it, each thing in its state, and nothing public that is not."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai.core.catalogue import Validity
from gongkai.core.readers import read_bytes
from gongkai.web import filestore
from gongkai.web.agencies.index_numbers import next_index_number
from gongkai.web.agencies.models import Agency, Officer
from gongkai.web.audit.chain import verify_all
from gongkai.web.audit.models import AuditEntry
from gongkai.web.demonstration.load import ACT, AlreadyBegun, load
from gongkai.web.disclosure import screening
from gongkai.web.disclosure.acts.review import approve, pass_secrecy_review, pass_section_review
from gongkai.web.disclosure.models import (
    Attachment,
    Finding,
    InformationItem,
    LifeEvent,
    Opinion,
    OtherRelease,
    Reassessment,
    Screening,
    State,
    Verdict,
)
from gongkai.web.first_run.sign_ins import of_the_government, one_for_each_role
from gongkai.web.oversight.assessment.evidence import Span, count, line_kept, measures
from gongkai.web.oversight.assessment.evidence.records import shown
from gongkai.web.oversight.assessment.models import Assessment, Score, Stage
from gongkai.web.oversight.concerns.facts import facts_of as concerns_of
from gongkai.web.oversight.measures.facts import facts_of as measures_of
from gongkai.web.oversight.measures.models import Appraisal
from gongkai.web.oversight.overview.models import Brief
from gongkai.web.oversight.rectification.acts.confirm import doers
from gongkai.web.oversight.rectification.models import (
    CheckState,
    Notice,
    RectificationTask,
    SelfCheck,
    TaskState,
)
from gongkai.web.people.models import Appointment, Person, Role
from gongkai.web.policies import Actor, actor_of
from gongkai.web.public import pages
from gongkai.web.publication import search
from gongkai.web.publication.models import (
    Change,
    Elsewhere,
    Publication,
    PublishedFile,
    Relation,
    SiteSettings,
    Tie,
    Withdrawal,
)
from gongkai.web.registers.models import (
    PowerEntry,
    StandardCoverage,
    StandardEntry,
    WordListEntry,
    YearlyCount,
)
from gongkai.web.reports.acts.add_up import add_up
from gongkai.web.reports.acts.answer import accept
from gongkai.web.reports.acts.hand_in import correct, hand_in
from gongkai.web.reports.filling import Filled
from gongkai.web.reports.models import AnnualReport, Submission
from gongkai.web.reports.opened import open_cell
from gongkai.web.reports.prose import GAP
from gongkai.web.reports.standing import reporting_to, standings
from tests.web.oversight.rectification.made import docx_words

Data = dict[str, Any]
Many = dict[str, Data]
Told = list[tuple[int, int, str]]


# A test's own changes are taken back to what the module loaded.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("told"), pytest.mark.once]


@pytest.fixture(scope="module")
def told(django_db_setup: None, django_db_blocker: Any) -> Iterator[Told]:
    """The region, loaded once for the module and taken back after it; what was told of it."""
    told: Told = []
    with django_db_blocker.unblock(), transaction.atomic():
        load(lambda *step: told.append(step))
        yield told
        transaction.set_rollback(True)


def one(data: Data) -> InformationItem:
    """The item that was made of ``data``."""
    return InformationItem.objects.get(
        agency__slug=data["agency"],
        current__title=data["title"],
        current__made_on=data["made_on"],
    )


def test_the_progress_goes_from_one_to_all(told: Told) -> None:
    assert [done for done, _, _ in told] == list(range(1, told[-1][1] + 1))
    assert len({total for _, total, _ in told}) == 1
    assert {"写入信息", "制作附件", "公开信息"} <= {what for _, _, what in told}


def test_nothing_is_lost(items: Many, drafts: Many, agencies: Many, people: list[Data]) -> None:
    assert InformationItem.objects.count() == len(items) + len(drafts)
    assert Agency.objects.count() == len(agencies)
    assert Officer.objects.count() == sum(len(a.get("officer", ())) for a in agencies.values())
    assert Person.objects.count() == len(people)
    assert Appointment.objects.count() == sum(len(p["roles"]) for p in people)
    states = Counter(InformationItem.objects.values_list("state", flat=True))
    wanted = Counter(d["state"] for d in drafts.values())
    wanted["draft"] += wanted.pop("returned")
    wanted["published"] = sum(i["disclosure_class"] == "proactive" for i in items.values())
    wanted["kept"] = len(items) - wanted["published"]
    assert states == wanted
    files = [f for i in (*items.values(), *drafts.values()) for f in i.get("attachment", ())]
    assert set(Attachment.objects.values_list("name", flat=True)) == {f["name"] for f in files}


def test_every_public_item_is_reachable(published: list[Data]) -> None:
    assert Publication.objects.count() == len(published)
    rows = {(p.agency.slug, p.title, p.made_on): p for p in Publication.objects.all()}
    assert len(rows) == len(published)
    for data in published:
        row = rows[data["agency"], data["title"], data["made_on"]]
        opens = datetime.combine(data["published_on"], time(9, 30))
        assert row.published_at == timezone.make_aware(opens)
        assert row.year == data["published_on"].year
        assert (row.column, row.statutory) == (data["column"], data.get("statutory", ""))
        assert row.facts.get("fiscal_year") == data.get("fiscal_year")
    found = search.find(search.words_of("加装电梯"))
    assert found.count == sum(
        "加装电梯" in search.normal(p.title + p.summary + p.text) for p in Publication.objects.all()
    )


def test_pages_of_every_kind_open(published: list[Data]) -> None:
    first: dict[tuple[Any, ...], Publication] = {}
    for row in Publication.objects.order_by("pk"):
        first.setdefault((row.kind, row.validity, row.version, row.files.count()), row)
    assert len(first) >= 12
    for row in first.values():
        page = pages.render(row.path)
        assert page is not None
        assert page.status == 200
        assert row.title.encode() in page.body
        for file in row.files.all():
            assert file.path.rsplit("/", 1)[0].encode() in page.body


def test_what_is_not_public_is_nowhere(items: Many, drafts: Many) -> None:
    hidden = [
        *drafts.values(),
        *(i for i in items.values() if i["disclosure_class"] != "proactive"),
    ]
    for data in hidden:
        item = one(data)
        assert item.live is None
        assert not Publication.objects.filter(pk=item.pk).exists()
        assert not Publication.objects.filter(title=data["title"]).exists()
        for file in item.version.attachments.all():
            assert not PublishedFile.objects.filter(digest=file.original.digest).exists()
    assert search.find(search.words_of("99000019000113000X")).count == 0


def test_what_was_withdrawn_leaves_its_notice(drafts: Many) -> None:
    withdrawn = [d for d in drafts.values() if d["state"] == "withdrawn"]
    assert Withdrawal.objects.count() == len(withdrawn)
    for data in withdrawn:
        notice = Withdrawal.objects.get(pk=one(data).pk)
        assert notice.reason == data["withdrawal_reason"]
        assert timezone.localdate(notice.withdrawn_at) == data["withdrawn_on"]
        page = pages.render(notice.path)
        assert page is not None
        assert page.status == 410
        assert data["title"].encode() not in page.body


def test_index_numbers_are_given_once_and_go_on() -> None:
    given = list(
        InformationItem.objects.exclude(index_number=None)
        .order_by("first_published_at", "pk")
        .values_list("index_number", flat=True)
    )
    assert len(given) == len(set(given))
    street = Agency.objects.get(slug="qh0401")
    own = [n for n in given if n.startswith("QH0401-2026-")]
    assert own == sorted(own)
    new = next_index_number(street, max(Publication.objects.values_list("made_on", flat=True)))
    assert new not in given
    assert int(new.rsplit("-", 1)[1]) == len(own) + 1


def test_nobody_passed_what_he_wrote_and_each_step_came_after_the_last() -> None:
    steps: dict[int, list[Opinion]] = {}
    for opinion in Opinion.objects.select_related("version").order_by("item", "at", "pk"):
        steps.setdefault(opinion.item_id, []).append(opinion)
    for item in InformationItem.objects.all():
        said = steps.get(item.pk, [])
        passed = [(o.version_id, o.person_id) for o in said if o.verdict == Verdict.PASSED]
        assert len(passed) == len(set(passed)), item
        assert item.author_id not in {o.person_id for o in said if o.verdict != Verdict.SUBMITTED}
        assert item.created_at <= min([o.at for o in said], default=item.state_since)
        assert len({o.at for o in said}) == len(said), "one after another"
        if item.first_published_at:
            reviewed = [o for o in said if o.step == State.SECRECY_REVIEW]
            assert reviewed, "nothing is public without a secrecy review"
            assert min(o.at for o in reviewed) < item.first_published_at


def test_what_was_returned_is_mended_in_a_new_version(drafts: Many) -> None:
    for data in drafts.values():
        item = one(data)
        returns = sum(step["act"].endswith("_returned") for step in data["step"])
        if data["state"] == "withdrawn":
            continue
        assert item.versions.count() == 1 + returns
        assert item.returned == (data["state"] == "returned")
        assert item.version.sealed == (data["state"] not in ("draft", "returned"))
    first, second = one(drafts["qh0401-draft-temporary-08"]).versions.order_by("number")
    assert first.body_html != second.body_html
    assert first.sealed


def test_documents_have_their_lives_and_ties(items: Many) -> None:
    amended = [
        (data, event)
        for data in items.values()
        for event in data.get("validity", {}).get("event", ())
    ]
    assert LifeEvent.objects.count() == len(amended) >= 5
    for data, event in amended:
        item = one({**data})
        row = Publication.objects.get(pk=item.pk)
        cause = Publication.objects.get(document_number=event["by"])
        tie = {"amended": Tie.AMENDS, "repealed": Tie.REPEALS}[event["act"]]
        assert Relation.objects.filter(left=cause, right=row, tie=tie).exists()
        assert row.validity == Validity(event["act"])
        assert row.version == item.versions.count() == 1 + ("text" in event)
        if "text" in event:
            assert row.updated_at is not None
            assert timezone.localdate(row.updated_at) == event["on"]
            assert item.version.change_reason == f"按{event['by']}修改"
    ties = Counter(Relation.objects.values_list("tie", flat=True))
    assert ties["interprets"] == sum("interpretation_of" in i for i in items.values())


def test_files_are_in_the_store_under_their_digest() -> None:
    for file in PublishedFile.objects.all():
        data = filestore.read(file.digest)
        assert hashlib.sha256(data).hexdigest() == file.digest
        assert len(data) == file.size
    assert PublishedFile.objects.filter(media_type="image/png", inline=True).exists()
    assert not PublishedFile.objects.filter(inline=True, description="").exists()


def test_registers(items: Many, region: Data) -> None:
    assert WordListEntry.objects.count() == len(region["word"])
    assert PowerEntry.objects.count() >= 40
    assert YearlyCount.objects.filter(count=None, amount_yuan=None).count() == 0
    assert StandardEntry.objects.filter(channels=[]).count() == 0
    covered = set(StandardCoverage.objects.values_list("entry", flat=True))
    assert 0 < StandardEntry.objects.count() - len(covered) < len(covered)
    numbers = set(StandardCoverage.objects.values_list("item_number", flat=True))
    assert numbers <= set(Publication.objects.values_list("pk", flat=True))
    elsewhere = sum(len(i.get("channels", ())) for i in items.values())
    assert OtherRelease.objects.count() == Elsewhere.objects.count() == elsewhere
    kept = InformationItem.objects.filter(state=State.KEPT).count()
    assert Reassessment.objects.filter(done_on=None).count() == kept


def test_measures_and_concerns_say_of_a_year_what_its_report_says() -> None:
    street, district, scaffold = (
        Agency.objects.get(slug=slug) for slug in ("qh0401", "qh0001", "qh0402")
    )
    said = {fact.key: fact.value for fact in measures_of(street, 2025)}
    wanted = {"trainings": 2, "trained_people": 46, "systems_covered": 5, "appraisals": 48,
              "inspections_received": 1, "accountability": None}  # fmt: skip
    assert said | wanted == said
    # A major emergency answered within its hours, a complaint answered too late.
    for agency, late in ((district, 0), (scaffold, 1)):
        of = {fact.key: fact.value for fact in concerns_of(agency, 2026)}
        assert (of["concerns_answered"], of["concerns_late"]) == (1, late)
    published = Appraisal.objects.get(year=2025)
    page = reverse("appraisal:results", args=[published.pk])
    answers = Client().get(page).content.decode()
    assert "某公司的老板" not in answers
    assert "招生办法发得早" in answers


def test_rectification_stands_in_every_state_and_goes_through_two_hands() -> None:
    tasks = RectificationTask.objects.all()
    assert {task.state for task in tasks} == set(TaskState)
    confirmed = [task for task in tasks if task.state == TaskState.CONFIRMED]
    assert all(task.closed_by_id not in doers(task) for task in confirmed)
    assert any(task.previous in confirmed for task in tasks)
    numbers = Notice.objects.order_by("dated", "pk").values_list("number", flat=True)
    assert [int(one.partition("〕")[2].rstrip("号")) for one in numbers] == list(
        range(1, len(numbers) + 1)
    )
    for notice in Notice.objects.all():
        assert notice.number in docx_words(notice.docx)
    checks = list(SelfCheck.objects.filter(state=CheckState.SIGNED))
    assert len({check.month for check in checks}) == 2
    assert all(check.intact and check.signed_by != check.prepared_by for check in checks)
    assert {check.state for check in SelfCheck.objects.all()} == set(CheckState)


def test_every_agency_was_assessed_and_each_score_opens_to_its_records() -> None:
    done = Assessment.objects.select_related("table", "agency")
    assert {one.agency for one in done} == set(reporting_to(done[0].table.to, 2025))
    for one in done:
        assert one.stage == Stage.FINAL
        scores = list(one.scores.select_related("indicator"))
        known = [score for score in scores if not score.left_out]
        assert one.total == sum(score.final or 0 for score in known)
        assert one.out_of == sum(score.most for score in known)
        for score in scores:
            assert score.self_by_id != score.reviewed_by_id
            if not score.indicator.measure:
                continue
            # Counted again today the past year is what it was.
            measure = measures()[score.indicator.measure]
            told = count(measure, [one.agency], Span(date(2025, 1, 1), date(2025, 12, 31)))
            assert score.printed == told[one.agency_id].text
            lines = [line_kept(one.agency_id, kept) for kept in score.lines]
            opened = shown(measure, lines)
            assert len(opened) == len(told[one.agency_id].lines)
            assert all(line.address for line in opened)
            assert (score.suggested is None) == (score.value is None) == score.left_out
    assert Score.objects.exclude(objection="").get().answer
    brief = Brief.objects.get()
    assert not GAP.search(brief.text)
    assert all(one["text"] in brief.text for one in brief.figures if one["known"])


def test_nobody_can_sign_in_until_passwords_are_given() -> None:
    assert not [p for p in Person.objects.all() if p.has_usable_password()]
    assert {Role(a.role) for a in one_for_each_role()} == set(Role)
    signing = {a.person.username.removeprefix("qh0001-") for a in of_the_government(set())}
    assert signing == {"author", "section", "secrecy", "approver"}
    assert SiteSettings.current().demonstration


def test_the_trail_holds_and_names_each_agency() -> None:
    assert verify_all().broken is None
    loaded = AuditEntry.objects.filter(act=ACT)
    assert loaded.count() == Agency.objects.count()
    assert sum(entry.after["entries"] for entry in loaded) == InformationItem.objects.count()


def test_one_change_has_everything_baked() -> None:
    assert [change.scope for change in Change.objects.all()] == ["site"]


def test_it_is_loaded_once() -> None:
    before = InformationItem.objects.count()
    with pytest.raises(AlreadyBegun):
        load(lambda *step: None)
    assert InformationItem.objects.count() == before


def test_every_report_reads_back_whole_and_says_what_its_page_prints() -> None:
    reports = list(AnnualReport.objects.select_related("agency", "live", "item__live"))
    assert len(reports) == 15 * 5 - 1
    for report in reports:
        assert report.item is not None
        body = report.item.live.body_html if report.item.live else ""
        title = f"<title>{report.item}</title><h1>{report.item}</h1>"
        read = read_bytes(f"<!doctype html><meta charset=utf-8>{title}{body}".encode(), "x.html")
        told = Filled(report.version).report
        assert (read.report.unread, read.findings) == ((), ())
        assert {a: c.value for a, c in read.report.cells.items()} == {
            a: c.value for a, c in told.cells.items()
        }
        assert (read.report.year, report.version.errors) == (report.year, 0)


def test_figures_of_whole_ledgers_open_to_cases_and_the_regions_to_its_parts() -> None:
    wanted = "requests.received_this_year/natural_person"
    street = AnnualReport.objects.get(agency__slug="qh0401", year=2025)
    cell = open_cell(Filled(street.version), wanted)
    assert cell is not None
    assert cell.count == len(cell.lines) == int(cell.printed or "")
    assert not list(Filled(street.version).changed()), "the ledgers give what was printed"
    region = AnnualReport.objects.get(agency__slug="qh0001", year=2025)
    cell = open_cell(Filled(region.version), wanted)
    assert cell is not None
    assert sum(int(line.note) for line in cell.lines) == int(cell.printed or "")
    assert {one.agency.slug: one.word for one in standings(region.agency, 2025) if not one.counts} == {
        "qh0108": "退回在改", "qh0403": "等审核",
    }  # fmt: skip


def test_the_regions_report_can_be_corrected_and_signed_by_its_own_people() -> None:
    def actor(username: str) -> Actor:
        return actor_of(Person.objects.get(username=username))

    collector = actor("region-competent")
    waiting = Submission.objects.get(state="submitted", version__report__agency__slug="qh0403")
    accept(collector, waiting)
    region = AnnualReport.objects.get(agency__slug="qh0001", year=2025)
    correct(actor("qh0001-author"), region, "市场监督管理局的报告退回更正，暂不计入")
    region = add_up(collector, region.agency, 2025)
    assert region.version.compilation is not None
    assert ["warning", "没有计入：青禾区市场监督管理局。"] in region.version.compilation.remarks
    region = hand_in(actor("qh0001-author"), region, "市场监督管理局更正以后再汇总")
    assert region.item is not None
    item = pass_section_review(actor("qh0001-section"), region.item)
    screening.run.call(item.version.pk)
    item.version.findings.update(answer="keep")
    item = pass_secrecy_review(actor("qh0001-secrecy"), item)
    approve(actor("qh0001-approver"), item)
    region.refresh_from_db()
    assert region.live is not None
    assert (region.live.number, region.versions.count()) == (2, 2)


def test_what_waits_for_the_secrecy_review_is_checked_for_real(drafts: Many, settings: Any) -> None:
    settings.TRY_LINKS = False
    version = one(drafts["qh0401-draft-temporary-08"]).version
    assert screening.unanswered(version) is None
    screening.run.call(version.pk)
    rules = set(version.findings.values_list("rule", flat=True))
    assert rules >= {"screening.identity_number", "screening.mobile_number", "hidden.sheet"}


def test_what_passed_the_secrecy_review_was_checked_and_answered() -> None:
    beyond = InformationItem.objects.filter(state__in=(State.APPROVAL, State.SCHEDULED))
    for item in beyond:
        assert screening.unanswered(item.version) == 0
        passed = item.opinions.get(step=State.SECRECY_REVIEW, verdict=Verdict.PASSED)
        check = Screening.objects.get(version=item.version)
        assert check.finished_at is not None
        assert check.finished_at < passed.at
        for finding in Finding.objects.filter(version=item.version):
            assert finding.answered_by == passed.person


@pytest.mark.parametrize("username", ["qh0401-author", "qh0401-secrecy", "region-competent"])
def test_the_desk_shows_what_waits(username: str) -> None:
    client = Client()
    client.force_login(
        Person.objects.get(username=username), "django.contrib.auth.backends.ModelBackend"
    )
    answer = client.get("/desk/")
    assert answer.status_code == 200
    if username == "qh0401-secrecy":
        assert "2026年8月临时救助发放情况公示" in answer.content.decode()

"""Faults planted in the demonstration region, one or more for every rule, and what must be found."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone

from gongkai.web import filestore, sheets
from gongkai.web.agencies.models import Agency
from gongkai.web.audit.record import SYSTEM, Subject, record
from gongkai.web.disclosure.models import InformationItem, ItemVersion, State
from gongkai.web.oversight.watching.models import ColumnConfirmation, ColumnPromise, WatchSetting
from gongkai.web.publication.models import Publication, PublishedFile, Relation, Withdrawal
from gongkai.web.publication.release import Release, order_key, release, withdraw
from gongkai.web.registers.models import StandardCoverage, WordListEntry
from gongkai.web.remedies.models import Complaint
from gongkai.web.requests.models import DisclosureRequest

IDENTITY = "990000196803120126"
DEAD = "https://gone.qinghe.example/old.html"
# (rule, what it is about, as the key of the finding begins)
Fault = tuple[str, str]


class Plants:
    """Takes things that are in order, each once, and spoils them."""

    def __init__(self, today: date) -> None:
        self.today = today
        self._taken: set[int] = set()
        self.faults: list[Fault] = []

    def item(self, **facts: Any) -> Publication:
        """A published item that nothing was done to yet, beyond reproach in its days."""
        found = (
            Publication.objects.filter(**facts)
            .exclude(pk__in=self._taken)
            .exclude(column__in=("annual_report", "guide"))
            .order_by("-pk")
        )
        one = found[0]
        self._taken.add(one.pk)
        return one

    def fault(self, rule: str, key: str) -> None:
        self.faults.append((f"watch.{rule}", key))


def at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(10)))


def plant(today: date) -> list[Fault]:
    """Every fault; what each must be found as."""
    plants = Plants(today)
    for one in _PLANTED:
        one(plants)
    return plants.faults


def _late(p: Plants) -> None:
    like = InformationItem.objects.filter(state=State.SECTION_REVIEW).first()
    like = like or InformationItem.objects.filter(state=State.DRAFT)[0]
    for provisional, rule in ((False, "item_late"), (True, "item_late_provisional")):
        item = InformationItem.objects.create(
            agency=like.agency, author=like.author, state=State.SECTION_REVIEW,
            due_on=p.today - timedelta(days=9), due_provisional=provisional,
        )  # fmt: skip
        item.current = ItemVersion.objects.create(
            item=item, number=1, title="防汛物资储备情况", written_by=like.author,
            made_on=p.today - timedelta(days=40),
        )  # fmt: skip
        item.save()
        p.fault(rule, f"item:{item.pk}")
    slow = p.item(kind="plain", published_at__date__gt=p.today - timedelta(days=200))
    published = timezone.localdate(slow.published_at)
    Publication.objects.filter(pk=slow.pk).update(made_on=published - timedelta(days=60))
    p.fault("item_published_late", f"item:{slow.pk}")


def _links(p: Plants) -> None:
    gone = Withdrawal.objects.all()[0]
    for link in ("item/2024/999999.html", gone.path, "nowhere/guide.html", "files/1/没有.xlsx"):
        _write(p, f'<p>见<a href="/zwgk/zfxxgk/{link}">原文</a>。</p>', "inside_link_dead", "link:")
    _write(p, '<p>见<a href="attachment:77">附件</a>。</p>', "inside_link_dead", "link:")
    _write(p, f'<p>见<a href="{DEAD}">旧站</a>。</p>', "link_dead", "link:")


def _words(p: Plants) -> None:
    WordListEntry.objects.create(word="大东亚共荣", kind="forbidden", reason="侵略者的用语")
    _write(p, "<p>宣传大东亚共荣的标语。</p>", "word_forbidden")
    _write(p, "<p>原青禾县时期的规定继续执行。</p>", "word_listed")
    _write(p, f"<p>申请人证件号码 {IDENTITY}。</p>", "personal_number")
    _write(p, "<p>联系人手机 13912345678。</p>", "personal_perhaps")


def _write(p: Plants, html: str, rule: str, part: str = "") -> None:
    one = p.item(kind="plain")
    Publication.objects.filter(pk=one.pk).update(
        body_html=one.body_html + html, version=F("version") + 1
    )
    p.fault(rule, f"item:{one.pk} {part}")


def _files(p: Plants) -> None:
    lists = sheets.xlsx_of("名单", ("姓名", "证件号码"), [("丁某", IDENTITY)])
    broken = b"%PDF-1.7\n%broken"
    cut = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(lists)) as whole, zipfile.ZipFile(cut, "w") as half:
        for part in whole.namelist():
            half.writestr(part, b"<work" if part == "xl/workbook.xml" else whole.read(part))
    changed = "c" * 64
    filestore.path_of(changed).parent.mkdir(parents=True, exist_ok=True)
    filestore.path_of(changed).write_bytes(b"somebody else's bytes")
    for digest, name, rule in (
        ("d" * 64, "丢失的附件.pdf", "attachment_lost"),
        (changed, "改过的附件.pdf", "attachment_changed"),
        (filestore.put(broken), "打不开的附件.pdf", "attachment_unopenable"),
        (filestore.put(cut.getvalue()), "打不开的表.xlsx", "attachment_unopenable"),
        (filestore.put(lists), "多年前的名单.xlsx", "personal_number"),
    ):
        one = p.item(kind="plain", published_at__date__lt=p.today - timedelta(days=300))
        PublishedFile.objects.create(
            publication=one, digest=digest, name=name, media_type="application/pdf", size=9
        )
        p.fault(rule, f"item:{one.pk} ")


def _guides(p: Plants) -> None:
    agency = Agency.objects.get(slug="qh0501")
    Agency.objects.filter(slug="qh0402").update(fax="")
    p.fault("guide_lacks", f"guide:{Agency.objects.get(slug='qh0402').pk}")
    text = (
        "<p>依据《条例》（国务院令第492号），自收到申请之日起15个工作日内予以答复。</p>"
        "<p>申请人应当说明自身生产、生活、科研等特殊需要。第三方应当自收到征求意见书之日起"
        "15个工作日内提出意见。联系电话：000-7654 3210。</p>"
    )
    facts = {
        "kind": "plain", "column": "guide", "title": "稻香镇政府信息公开指南",
        "index_number": "QH0501-GUIDE", "body_html": text, "published_at": at(date(2024, 1, 5)),
    }  # fmt: skip
    number = release(Release(900_001, agency, facts)).pk
    p.fault("guide_old_rules", f"item:{number} old:0")
    p.fault("guide_old_rules", f"item:{number} old:1")
    p.fault("guide_old_rules", f"item:{number} old:2")
    p.fault("guide_differs", f"item:{number}")
    p.fault("guide_not_renewed", f"item:{number}")


def _documents(p: Plants) -> None:
    interpreted = Relation.objects.filter(tie="interprets").values("right")
    lapsed = p.item(kind="normative_document", validity="in_force", pk__in=interpreted)
    Publication.objects.filter(pk=lapsed.pk).update(expires_on=p.today - timedelta(days=90))
    p.fault("lapsed_in_force", f"item:{lapsed.pk}")
    bare = Publication.objects.filter(kind="normative_document", validity="in_force")
    bare = bare.exclude(pk__in=interpreted).exclude(pk=lapsed.pk)
    late, told = bare.order_by("published_at")[:2]
    InformationItem.objects.filter(pk=late.pk).update(interpretation_due=True)
    p.fault("interpretation_late", f"item:{late.pk}")
    p.fault("interpretation_none", f"item:{told.pk}")


def _entries(p: Plants) -> None:
    kept = StandardCoverage.objects.filter(
        item_number__in=Publication.objects.filter(
            published_at__date__lt=p.today - timedelta(days=30)
        ).values("pk")
    )
    of_one = [one for one in kept if one.entry.coverage.count() == 1]
    bare, stale = of_one[0].entry, next(o.entry for o in of_one if o.entry_id != of_one[0].entry_id)
    bare.coverage.all().delete()
    p.fault("standard_bare", f"standard:{bare.pk}")
    stale.fresh_days = 1
    stale.save()
    p.fault("standard_stale", f"standard:{stale.pk}")


def _days(p: Plants) -> None:
    shown = p.item(kind="plain", published_at__date__lt=p.today - timedelta(days=400))
    Publication.objects.filter(pk=shown.pk).update(published_at=shown.published_at - timedelta(30))
    p.fault("date_changed", f"item:{shown.pk}")
    _redate(p, "date_changed", lambda one: one.published_at - timedelta(days=33), listed=False)
    _redate(p, "date_ahead", lambda one: at(p.today + timedelta(days=30)))
    before = p.item(kind="plain", published_at__date__lt=p.today - timedelta(days=400))
    made = timezone.localdate(before.published_at) + timedelta(days=10)
    Publication.objects.filter(pk=before.pk).update(made_on=made)
    p.fault("date_before_made", f"item:{before.pk}")
    # Drafted and published here today, by the trail; shown as of long ago.
    told = p.item(kind="plain", published_at__date__lt=p.today - timedelta(days=400))
    for act in ("item.draft", "item.publish"):
        record(act, Subject("item", str(told.pk), told.title), SYSTEM)
    p.fault("date_changed", f"item:{told.pk}")


def _redate(
    p: Plants, rule: str, to: Callable[[Publication], datetime], listed: bool = True
) -> None:
    """Another day, in the item as well."""
    one = p.item(kind="plain", published_at__date__lt=p.today - timedelta(days=400))
    moment = to(one)
    facts = {"order_key": order_key(moment, one.pk)} if listed else {}
    Publication.objects.filter(pk=one.pk).update(published_at=moment, **facts)
    InformationItem.objects.filter(pk=one.pk).update(first_published_at=moment)
    p.fault(rule, f"item:{one.pk}")


def _asked(p: Plants) -> None:
    due = p.today - timedelta(days=6)
    running = DisclosureRequest.objects.filter(concluded_on=None, paused=False)
    late, unsure, near = running.filter(due_on__gt=p.today).order_by("-due_on")[:3]
    DisclosureRequest.objects.filter(pk=late.pk).update(due_on=due, due_provisional=False)
    DisclosureRequest.objects.filter(pk=unsure.pk).update(due_on=due, due_provisional=True)
    soon = p.today + timedelta(days=4)
    DisclosureRequest.objects.filter(pk=near.pk).update(due_on=soon)
    p.fault("request_late", f"request:{late.pk}")
    p.fault("request_late_provisional", f"request:{unsure.pk}")
    p.fault("request_near", f"request:{near.pk}")
    one, other = Complaint.objects.order_by("pk")[:2]
    long_ago = p.today - timedelta(days=120)
    Complaint.objects.filter(pk=one.pk).update(answered_on=None, received_on=long_ago)
    lately = {"received_on": p.today - timedelta(days=20), "internal_due_on": due}
    Complaint.objects.filter(pk=other.pk).update(answered_on=None, **lately)
    p.fault("message_unanswered", f"complaint:{one.pk}")
    p.fault("message_past_own_day", f"complaint:{other.pk}")


def _reports(p: Plants) -> None:
    missing, late = Agency.objects.get(slug="qh0105"), Agency.objects.get(slug="qh0107")
    reports = Publication.objects.filter(column="annual_report", title__contains="2025年")
    withdraw(reports.get(agency=missing).pk, "数字有误")
    p.fault("report_missing", f"report:{missing.pk}/2025")
    one = reports.get(agency=late)
    moment = at(date(2026, 5, 6))
    Publication.objects.filter(pk=one.pk).update(
        published_at=moment, order_key=order_key(moment, one.pk)
    )
    InformationItem.objects.filter(pk=one.pk).update(first_published_at=moment)
    p.fault("report_late", f"report:{late.pk}/2025")


def _columns(p: Plants) -> None:
    old, bare, many = (Agency.objects.get(slug=slug) for slug in ("qh0104", "qh0102", "qh0103"))
    for agency, item, rhythm, rule in (
        (old, "20-8", "monthly", "column_stale"),
        (Agency.objects.get(slug="qh0401"), "20-15", "quarterly", ""),
    ):
        ColumnPromise.objects.create(
            agency=agency, column="statutory", statutory=item, rhythm=rhythm,
            promised_on=date(2026, 1, 5),
        )  # fmt: skip
        if rule:
            p.fault(rule, f"column:{agency.pk}/{item}")
    ColumnConfirmation.objects.filter(agency=bare, statutory="20-14").delete()
    p.fault("column_blank", f"column:{bare.pk}/20-14")
    ColumnPromise.objects.create(
        agency=many, column="rules", rhythm="monthly", promised_on=date(2026, 1, 5)
    )
    ColumnConfirmation.objects.filter(agency=many).delete()
    p.fault("column_blank_promised", f"column:{many.pk}/rules")
    p.fault("columns_blank_together", f"columns:{many.pk}")
    # With other numbers, of one agency alone: the setting is what it is judged by.
    for name in ("stale_columns", "longterm_columns"):
        WatchSetting.objects.create(agency=old, name=name, value=1)
    p.fault("columns_stale_together", f"columns:{old.pk}")
    p.fault("columns_stale_for_long", f"columns:{old.pk}")


_PLANTED = (
    _late, _links, _words, _files, _guides, _documents, _entries, _days, _asked, _reports, _columns,
)  # fmt: skip

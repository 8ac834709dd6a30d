"""Where an agency stands today: what is open, late or missing, each number with its list."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from gongkai.core.days import WorkingDays
from gongkai.web.agencies.models import Agency
from gongkai.web.disclosure.models import InformationItem
from gongkai.web.oversight.assessment.models import Assessment, Stage
from gongkai.web.oversight.assessment.models import Standing as TableStanding
from gongkai.web.oversight.rectification.due_days import IN_HAND
from gongkai.web.oversight.rectification.models import OPEN, RectificationTask, TaskState
from gongkai.web.oversight.rectification.months import asked_for, months_of, not_done
from gongkai.web.oversight.watching.families import FAMILIES, family_of
from gongkai.web.oversight.watching.models import Standing as Found
from gongkai.web.oversight.watching.models import Watch, WatchFinding
from gongkai.web.public.shell import has_columns
from gongkai.web.registers.days import working_days
from gongkai.web.reports.due import Dues
from gongkai.web.reports.models import AnnualReport, Submission
from gongkai.web.requests.models import DisclosureRequest

# How near is soon, in working days.
SOON = 5


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing: how many, what stands beside it, and the list that holds so many."""

    key: str
    label: str
    count: int | None
    address: str
    note: str = ""
    bad: bool = False

    @property
    def text(self) -> str:
        """As it is printed: a number, or the words where there is none."""
        return self.note if self.count is None else str(self.count)


@dataclass
class Office:
    """An agency and everything that is told of it now, by group."""

    agency: Agency
    groups: dict[str, list[Entry]] = field(default_factory=dict)

    def entry(self, key: str) -> Entry | None:
        """One of them."""
        return next((e for found in self.groups.values() for e in found if e.key == key), None)


# What the competent department sees side by side.
SIDE_BY_SIDE = (
    ("errors", "差错"), ("warnings", "提示"), ("items_late", "超期未公开"), ("requests_late", "办件超期"),
    ("tasks_open", "在整改"), ("tasks_late", "整改超期"), ("self_check", "上月自查"), ("report", "年度报告"),
)  # fmt: skip
# Of these a state is told, not a number.
IN_WORDS = frozenset({"self_check", "report"})


def offices(agencies: Sequence[Agency], today: date) -> list[Office]:
    """Each of ``agencies`` as it stands today, in the order given; asked of the database at once."""
    told = {agency.pk: Office(agency) for agency in agencies}
    _findings(told)
    _requests(told, today, working_days())
    _items(told, today)
    _tasks(told, today)
    _self_checks(told, today)
    _reports(told, today)
    _assessments(told)
    return list(told.values())


def _findings(told: Mapping[int, Office]) -> None:
    open_ = WatchFinding.objects.filter(agency__in=told, state=Found.OPEN).order_by()
    counts: dict[int, Counter[tuple[str, str]]] = defaultdict(Counter)
    rows = open_.values_list("agency", "rule", "severity").annotate(count=Count("pk"))
    families = family_of()
    ran = Watch.objects.exclude(ended_at=None).order_by()
    everywhere = ran.filter(agency=None).exists()
    tops = list(Agency.objects.filter(pk__in=ran.exclude(agency=None).values("agency")))
    for agency, rule, severity, count in rows:
        name = families[rule].name if rule in families else ""
        counts[agency][name, severity] += count
    for key, office in told.items():
        watched = everywhere or any(office.agency.is_under(top) for top in tops)
        entries = []
        for severity, slug, label in (
            ("error", "errors", "差错"),
            ("warning", "warnings", "提示"),
        ):
            number = sum(n for (_, s), n in counts[key].items() if s == severity)
            address = _list("watching:list", office, severity=severity)
            if not watched and not number:
                # That nobody looked does not say that nothing is wrong.
                entries.append(Entry(slug, label, None, address, "没有巡检过"))
                continue
            entries.append(
                Entry(slug, label, number, address, bad=severity == "error" and number > 0)
            )
        for family in FAMILIES:
            number = sum(n for (name, _), n in counts[key].items() if name == family.name)
            if number:
                address = _list("watching:list", office, family=family.name)
                entries.append(
                    Entry(f"family-{family.name}", f"其中：{family.label}", number, address)
                )
        office.groups["巡检发现没有改好的"] = entries


def _requests(told: Mapping[int, Office], today: date, days: WorkingDays) -> None:
    soon = days.nth_after(today, SOON).day
    of = _counted(
        DisclosureRequest.objects.filter(agency__in=told, concluded_on=None),
        requests_open=Q(),
        requests_soon=Q(due_on__gte=today, due_on__lte=soon),
        requests_late=Q(late=True) | Q(due_on__lt=today),
    )
    labels: tuple[tuple[str, str, dict[str, str]], ...] = (
        ("requests_open", "没有办结", {}),
        ("requests_soon", f"{SOON} 个工作日内到期", {"due": str(SOON)}),
        ("requests_late", "超期没有办结", {"late": "on"}),
    )
    for key, office in told.items():
        office.groups["依申请公开"] = [
            Entry(slug, label, of[slug].get(key, 0), _list("requests:board", office, **query),
                  bad=slug == "requests_late" and of[slug].get(key, 0) > 0)
            for slug, label, query in labels
        ]  # fmt: skip


def _items(told: Mapping[int, Office], today: date) -> None:
    waiting = InformationItem.objects.filter(
        agency__in=told, first_published_at=None, due_on__lt=today
    ).exclude(state="discarded")
    of = _counted(waiting, late=Q())["late"]
    for key, office in told.items():
        number = of.get(key, 0)
        address = _list("disclosure:list", office, late="on")
        entry = Entry("items_late", "超过 20 个工作日没有公开", number, address, bad=number > 0)
        office.groups["主动公开"] = [entry]


def _tasks(told: Mapping[int, Office], today: date) -> None:
    of = _counted(
        RectificationTask.objects.filter(agency__in=told, state__in=OPEN),
        open=Q(),
        late=Q(due_on__lt=today, state__in=IN_HAND),
        done=Q(state=TaskState.DONE),
    )
    for key, office in told.items():
        late = of["late"].get(key, 0)
        office.groups["整改"] = [
            Entry("tasks_open", "没有办结", of["open"].get(key, 0),
                  _list("rectification:list", office, state="open")),
            Entry("tasks_late", "超期没有改好", late,
                  _list("rectification:list", office, state="late"), bad=late > 0),
            Entry("tasks_done", "等另一人确认", of["done"].get(key, 0),
                  _list("rectification:list", office, state=TaskState.DONE)),
        ]  # fmt: skip


def _self_checks(told: Mapping[int, Office], today: date) -> None:
    month = asked_for(today)
    agencies = [one.agency for one in told.values()]
    missing = {one.agency.pk for one in not_done(agencies, month)}
    for one in months_of(agencies, [month]):
        if one.agency.pk in missing:
            state = one.check.get_state_display() if one.check else "没有开始"
            words, bad = f"{state}，到 {one.due_on}", one.due_on < today
        else:
            words, bad = "已签字" if one.check else "不用办", False
        entry = Entry("self_check", f"{month.month}月自查", None, one.address, words, bad)
        told[one.agency.pk].groups["自查"] = [entry]


def _reports(told: Mapping[int, Office], today: date) -> None:
    year = today.year - 1
    dues = Dues([year])
    begun = {
        one.agency_id: one
        for one in AnnualReport.objects.filter(agency__in=told, year=year).select_related("item")
    }
    sent: dict[int, Submission] = {}
    of_year = Submission.objects.filter(
        version__report__agency__in=told, version__report__year=year
    ).select_related("version__report")
    for one in of_year.defer("version__figures", "version__sections").order_by("pk"):
        sent[one.version.report.agency_id] = one
    for key, office in told.items():
        if not has_columns(office.agency):
            continue
        last, report = dues.of(office.agency, year).late_after, begun.get(key)
        late = False
        if key in sent:
            words = sent[key].get_state_display()
        elif report is not None and report.live_id is not None:
            words = "已公布"
        else:
            words = "在编" if report is not None else "没有开始"
            late = today > last
            words += f"，最迟 {last}"
        address = reverse("reports:report", args=[report.pk]) if report else reverse("reports:list")
        entry = Entry("report", f"{year}年度报告", None, address, words, late)
        office.groups["年度报告"] = [entry]


def _assessments(told: Mapping[int, Office]) -> None:
    found = Assessment.objects.filter(agency__in=told).exclude(
        table__standing=TableStanding.REPLACED
    )
    for one in found.select_related("table", "agency").order_by("table__year"):
        words = one.get_stage_display()
        if one.stage == Stage.TOLD and one.objection_until:
            words += f"，{one.objection_until} 前可以申诉"
        address = reverse("assessment:sheet", args=[one.pk])
        entry = Entry("assessment", f"{one.table.year}年度考核", None, address, words)
        told[one.agency_id].groups["考核"] = [entry]


def _counted(found: QuerySet[Any], **wanted: Q) -> dict[str, dict[int, int]]:
    """By name and agency, how many."""
    counts = {name: Count("pk", filter=one) if one else Count("pk") for name, one in wanted.items()}
    told: dict[str, dict[int, int]] = {name: {} for name in wanted}
    for row in found.order_by().values("agency").annotate(**counts):
        for name in wanted:
            told[name][row["agency"]] = row[name]
    return told


def _list(route: str, office: Office, **query: str) -> str:
    return f"{reverse(route)}?{urlencode({'agency': office.agency.code, **query})}"

"""Who reports to a government, and where each of them stands in a year: what is in, what is missing.

Level upon level: an agency below another government that collects reports to that one, whose
own report then counts here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from gongkai.core.catalogue import duty_of
from gongkai.web.agencies.models import Agencies, Agency, Kind

from .models import AnnualReport, ReportVersion, Submission, SubmissionState

# Of a version, what need not be read to know where it stands.
LONG = ("printed", "reading", "figures", "sections")


@dataclass(frozen=True, slots=True)
class Standing:
    """One agency: the submission that counts, or why none does."""

    agency: Agency
    word: str
    submission: Submission | None = None

    @property
    def counts(self) -> bool:
        """Whether its report is part of the region's."""
        return self.submission is not None and self.submission.state == SubmissionState.ACCEPTED


def reporting_to(government: Agency, year: int) -> list[Agency]:
    """The agencies whose reports this government collects for ``year``."""
    return list(_reporting(government, year))


def accepted(government: Agency, year: int) -> tuple[list[int], list[tuple[str, str]]]:
    """The versions that count in the region's report, and whose are missing: (name, short name)."""
    latest = {
        agency: (state, version)
        for agency, state, version in _sent(government, year).values_list(
            "version__report__agency", "state", "version"
        )
    }
    keys, missing = [], []
    for agency, *names in _reporting(government, year).values_list("pk", "name", "short_name"):
        state, version = latest.get(agency, ("", 0))
        if state == SubmissionState.ACCEPTED:
            keys.append(version)
        else:
            missing.append((names[0], names[1]))
    return keys, missing


def _reporting(government: Agency, year: int) -> Agencies:
    first, last = date(year, 1, 1), date(year, 12, 31)
    below = Agency.objects.under(government).exclude(pk=government.pk)
    collecting = below.filter(kind=Kind.GOVERNMENT, competent_departments__isnull=False)
    nearest: list[str] = []
    for path in sorted(set(collecting.order_by().values_list("path", flat=True)), key=len):
        if not any(path.startswith(above) for above in nearest):
            nearest.append(path)
    for path in nearest:
        # Whatever lies below reports there; that government's own report comes here.
        below = below.exclude(Q(path__startswith=path) & ~Q(path=path))
    kinds = [kind for kind in Kind if duty_of(kind).own_columns]
    return below.filter(kind__in=kinds).exclude(began_on__gt=last).exclude(ended_on__lt=first)


def _sent(government: Agency, year: int) -> QuerySet[Submission]:
    """What was sent to it, the latest last: a later one takes the place of an earlier."""
    return Submission.objects.filter(to=government, version__report__year=year).order_by("pk")


def standings(government: Agency, year: int) -> list[Standing]:
    """Each of them with its latest submission that was not superseded by a return."""
    latest: dict[int, Submission] = {}
    sent = _sent(government, year).select_related("version__report")
    for one in sent.defer(*(f"version__{name}" for name in LONG)):
        latest[one.version.report.agency_id] = one
    reporting = reporting_to(government, year)
    without = [agency.pk for agency in reporting if agency.pk not in latest]
    begun = set(
        AnnualReport.objects.filter(year=year, agency__in=without).values_list("agency", flat=True)
    )
    found = []
    for agency in reporting:
        submission = latest.get(agency.pk)
        if submission is not None:
            word = {
                SubmissionState.SUBMITTED.value: "等审核",
                SubmissionState.RETURNED.value: "退回在改",
                SubmissionState.ACCEPTED.value: "已收下",
            }[submission.state]
        else:
            word = "没有报送" if agency.pk in begun else "没有开始"
        found.append(Standing(agency, word, submission))
    return found


@dataclass(frozen=True, slots=True)
class Change:
    """A part that is no longer what was added up."""

    agency: Agency
    words: str


def changed_since(version: ReportVersion) -> list[Change]:
    """What became different of the parts since the aggregate was made."""
    if version.compilation is None or not version.compilation.parts:
        return []
    report = version.report
    then = {
        one.report.agency_id: one
        for one in ReportVersion.objects.filter(pk__in=version.compilation.parts)
        .select_related("report__agency")
        .defer(*LONG)
    }
    changes = []
    for one in standings(report.agency, report.year):
        old = then.pop(one.agency.pk, None)
        new = one.submission.version if one.counts and one.submission else None
        if old is None and new is not None:
            changes.append(Change(one.agency, "汇总以后收下的"))
        elif old is not None and new is None:
            changes.append(Change(one.agency, f"汇总时算了第 {old.number} 稿，现在是“{one.word}”"))
        elif old is not None and new is not None and old.pk != new.pk:
            words = f"第 {old.number} 稿改为第 {new.number} 稿"
            why = f"（{new.change_reason}）" if new.change_reason else ""
            changes.append(Change(one.agency, words + why))
    changes += [Change(one.report.agency, "不再向这里报送") for one in then.values()]
    return changes

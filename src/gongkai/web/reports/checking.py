"""What is found in a report: the core's checks, and what only the platform can see.

差错 must be mended or reasoned, 提示 should be looked at.  A finding that somebody set aside
with a reason is known again by rule, cells and values, and stays set aside.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

from django.db.models import Q

from gongkai.core.checks import check
from gongkai.core.finding import Finding, Severity
from gongkai.core.forms import edition, split
from gongkai.core.report import AnnualReport as Report
from gongkai.core.report import SectionText
from gongkai.core.rules import basis, rule, say
from gongkai.core.shared_runs import bare, share

from .filling import Filled
from .models import AnnualReport, Dismissal, ReportVersion, Way
from .parts import parts_of
from .prose import GAP

_PROSE = ("overview", "problems_and_improvements", "other_matters")
# How many neighbours' texts are compared; the nearest by place in the tree.
_MOST_NEIGHBOURS = 60


@dataclass(frozen=True, slots=True)
class Found:
    """A finding as the screen tells it.

    ``must`` is one that no reason lets through: it is a gap in our own making, not a fact.
    """

    number: int
    rule: str
    severity: Severity
    title: str
    message: str
    cells: tuple[str, ...] = ()
    basis: str = ""
    fingerprint: str = ""
    must: bool = False
    section: str = ""
    dismissal: Dismissal | None = None

    @property
    def open(self) -> bool:
        """Whether somebody still has to do something about it."""
        return self.dismissal is None and self.severity is not Severity.NOTE

    @property
    def look(self) -> str:
        """How the screen paints it."""
        if not self.open:
            return "note"
        return "bad" if self.severity is Severity.ERROR else "warn"


class Checked:
    """A version with everything that is found in it."""

    def __init__(self, filled: Filled, *, neighbours: bool = False) -> None:
        self.filled = filled
        self.version = filled.version
        self.neighbours = neighbours

    @cached_property
    def previous(self) -> Filled | None:
        """Last year's report, where the platform has a published one."""
        last = last_year(self.version.report)
        return Filled(last) if last else None

    @cached_property
    def found(self) -> list[Found]:
        """All findings, numbered: errors first, then hints, then notes."""
        set_aside = {one.fingerprint: one for one in self.version.report.dismissals.all()}
        every = [*self._ours(), *self._of_the_core()]
        order = [Severity.ERROR, Severity.WARNING, Severity.NOTE]
        every.sort(key=lambda one: (not one.must, order.index(one.severity)))
        return [
            replace(one, number=number, dismissal=set_aside.get(one.fingerprint))
            for number, one in enumerate(every, start=1)
        ]

    @property
    def errors(self) -> list[Found]:
        """Errors nobody has mended or reasoned."""
        return [one for one in self.found if one.open and one.severity is Severity.ERROR]

    @property
    def warnings(self) -> list[Found]:
        """Hints nobody has looked at."""
        return [one for one in self.found if one.open and one.severity is Severity.WARNING]

    @property
    def must_mend(self) -> list[Found]:
        """What keeps the report from being handed in, reason or not."""
        return [one for one in self.found if one.must]

    def _of_the_core(self) -> Iterator[Found]:
        previous = self.previous.report if self.previous else None
        others = _neighbours(self.version) if self.neighbours else ()
        parts = [one.report for one in parts_of(self.version)]
        for finding in check(self.filled.report, previous, others, parts):
            yield self._told(finding)

    def _told(self, finding: Finding) -> Found:
        return Found(
            number=0,
            rule=finding.rule,
            severity=finding.severity,
            title=rule(finding.rule).title.zh,
            message=say(finding),
            cells=finding.cells,
            basis=basis(finding, self.filled.form.id),
            fingerprint=_fingerprint(finding.rule, finding.cells, dict(finding.values)),
            section=_section(finding.cells, self.filled),
        )

    def _ours(self) -> Iterator[Found]:
        form = self.filled.form
        for spec, figure in self.filled.changed():
            if figure.why:
                continue
            given = "没有读出" if figure.unread else figure.found
            yield self._own(
                "changed_without_reason", Severity.ERROR, "改了数没有写理由",
                f"{spec.label}：来源 {given}，填报 {figure.typed or '空白'}。写理由，或者改回去。",
                (spec.address,), must=True,
            )  # fmt: skip
        notes = [
            (figure.note, address)
            for address, figure in self.filled.figures.items()
            if figure.source and figure.found is None and figure.typed is None
            and not figure.unread and figure.note and address not in self.filled.totals
        ]  # fmt: skip
        notes.sort(key=lambda one: one[0])
        for note, group in groupby(notes, key=lambda one: one[0]):
            cells = tuple(address for _, address in group)
            labels = dict.fromkeys(form.cells[address].row_label for address in cells)
            names = list(labels)
            listed = "、".join(names[:3]) + (f"等 {len(names)} 行" if len(names) > 3 else "")
            yield self._own(
                "no_figure", Severity.WARNING, "台账没有这个数", f"{listed}：{note}。", cells
            )
        for section in form.sections:
            gaps = GAP.findall(self.version.sections.get(section.key, ""))
            if gaps:
                yield self._own(
                    "gap_in_text", Severity.ERROR, "文字里还有没填的",
                    f"{section.heading}：还有 {len(gaps)} 处没有填：{'、'.join(gaps[:4])}。",
                    must=True, section=section.key,
                )  # fmt: skip
        compilation = self.version.compilation
        for severity, sentence in compilation.remarks if compilation else ():
            title = "汇总时要看的" if self.version.way == Way.PARTS else "台账里要看的"
            yield self._own("ledger", Severity(severity), title, sentence)

    def _own(
        self,
        name: str,
        severity: Severity,
        title: str,
        message: str,
        cells: tuple[str, ...] = (),
        *,
        must: bool = False,
        section: str = "",
    ) -> Found:
        return Found(
            number=0,
            rule=f"compile.{name}",
            severity=severity,
            title=title,
            message=message,
            cells=cells,
            fingerprint=_fingerprint(name, cells, {"message": message}),
            must=must,
            section=section or _section(cells, self.filled),
        )


def last_year(report: AnnualReport) -> ReportVersion | None:
    """What the agency reported the year before: as published here, or as received from a file."""
    return (
        ReportVersion.objects.filter(
            Q(published_at__isnull=False) | Q(received_by__isnull=False),
            report__agency=report.agency_id,
            report__year=report.year - 1,
        )
        .select_related("report__agency", "compilation")
        .order_by("-number")
        .first()
    )


def _neighbours(version: ReportVersion) -> Sequence[Report]:
    """The texts of agencies under the same government, of the same year."""
    owner = version.report
    others = (
        ReportVersion.objects.filter(
            report__year=owner.year,
            report__agency__parent=owner.agency.parent_id,
            current_of__isnull=False,
        )
        .exclude(report=owner)
        .select_related("report__agency")
        .only("sections", "report__agency__name")
        .order_by("report__agency__position", "pk")
    )
    form = edition(owner.edition)
    return [
        Report(
            edition=None,
            agency=one.report.agency.name,
            sections=tuple(
                SectionText(key, form.section(key).heading, one.sections.get(key, ""))
                for key in _PROSE
            ),
        )
        for one in others[:_MOST_NEIGHBOURS]
    ]


def _section(cells: tuple[str, ...], filled: Filled) -> str:
    """The section in whose table the first of ``cells`` stands."""
    if not cells:
        return ""
    table = split(cells[0])[0]
    if table == "requests":
        return filled.form.requests.section
    if any(block.table == table for block in filled.form.remedies.blocks):
        return filled.form.remedies.section
    return filled.form.disclosure.section


def _fingerprint(name: str, cells: tuple[str, ...], values: dict[str, object]) -> str:
    told = json.dumps([name, cells, values], ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(told.encode()).hexdigest()


def similarity_with_last_year(text: str, filled: Filled | None, key: str) -> int | None:
    """Percent of ``text`` that stands in last year's section too; None where there is none."""
    if filled is None:
        return None
    return share(bare(text), bare(filled.version.sections.get(key, "")))


def length_of(text: str) -> int:
    """Characters without white space, as the core counts them."""
    return len(re.sub(r"\s", "", text))

"""Act: add the accepted reports of its agencies up into the region's (art. 49).

Every cell is the sum of the parts or is left unread, with the parts that are missing named.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction

from gongkai.core.report.aggregate import Aggregate, Source, aggregate
from gongkai.core.report.aggregate import Part as Addend
from gongkai.core.report.aggregate import State as PartState
from gongkai.core.rules import say
from gongkai.web.agencies.models import Agency
from gongkai.web.audit.record import record
from gongkai.web.policies import Actor, Forbidden

from ..audited import subject_of
from ..figures import PARTS, Figure
from ..models import AnnualReport, Compilation, ReportVersion, Way
from ..parts import Part, parts
from ..standing import accepted
from ..versions import locked
from .begin import new_report
from .versioning import save, writable


@transaction.atomic
def add_up(actor: Actor, government: Agency, year: int) -> AnnualReport:
    """The region's report of ``year`` out of the parts accepted so far; again whenever they change."""
    who = actor.require("report.collect", government)
    keys, missing = accepted(government, year)
    if not keys:
        raise Forbidden(f"{government.short_name}{year}年度还没有收下一份报告，不能汇总。")
    report = AnnualReport.objects.filter(agency=government, year=year).first()
    report = locked(report) if report else new_report(actor, government, year, Way.PARTS)
    version = writable(actor, report)
    if version.way != Way.PARTS and (version.figures or version.reading):
        raise Forbidden(f"“{report}”已经按“{version.get_way_display()}”编制，不能再汇总。")
    added = parts(keys)
    sums = aggregate(
        [Source(part.report) for part in added],
        edition_id=report.edition,
        agency=government.name,
    )
    before = {a: f.get("found") for a, f in version.figures.items()}
    first = version.compilation is None
    _put(actor, report, version, added, sums, [name for name, _ in missing])
    after = {a: f.get("found") for a, f in version.figures.items()}
    changes = [[a, before.get(a), after[a]] for a in after if before.get(a) != after[a]]
    if not first and version.compilation is not None:
        version.compilation.changes = changes
        version.compilation.save(update_fields=["changes"])
    save(actor, version)
    record(
        "report.add_up",
        subject_of(report),
        who,
        before={} if first else {a: old for a, old, _ in changes},
        after={
            "count": len(added),
            "missing": [short_name for _, short_name in missing],
            **({} if first else {a: new for a, _, new in changes}),
        },
    )
    return report


def _put(
    actor: Actor,
    report: AnnualReport,
    version: ReportVersion,
    added: list[Part],
    sums: Aggregate,
    missing: list[str],
) -> None:
    compilation = Compilation(
        report=report,
        edition=report.edition,
        made_by=actor.person,
        parts=[part.key for part in added],
        remarks=[[one.severity.value, say(one)] for one in sums.findings],
    )
    if missing:
        listed = "、".join(missing[:8]) + (f"等 {len(missing)} 个机关" if len(missing) > 8 else "")
        compilation.remarks.append(["warning", f"没有计入：{listed}。"])
    compilation.save()
    figures: dict[str, dict[str, Any]] = {}
    for address in sums.parts:
        cell = sums.report.cells.get(address)
        old = version.figures.get(address, {})
        typed = {name: old[name] for name in ("typed", "why", "by", "at") if name in old}
        if cell is None:
            found = Figure(source=PARTS, unread=True, note=_why(sums.parts[address], added)).kept()
        else:
            found = {"found": cell.text, "source": PARTS}
        figures[address] = found | typed
    version.way, version.compilation, version.figures = Way.PARTS, compilation, figures


def _why(those: tuple[Addend, ...], added: list[Part]) -> str:
    """Which parts leave a sum open."""
    names = [
        part.short_name
        for part, one in zip(added, those, strict=True)
        if one.state is not PartState.READ
    ]
    if not names:
        return "各机关写的单位不同，不能相加"
    listed = "、".join(names[:5]) + (f"等 {len(names)} 个机关" if len(names) > 5 else "")
    return f"{listed}的这一格没有读出或者没有，合计不能算"

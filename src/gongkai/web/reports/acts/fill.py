"""Acts: type figures, give the reason, take the ledger's number back, write the prose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils import timezone

from gongkai.web.audit.record import record
from gongkai.web.policies import Actor, Forbidden

from ..audited import subject_of
from ..figures import Figure, cell_of, figure_of, same
from ..filling import Filled
from ..models import AnnualReport
from ..versions import locked, require_writer
from .versioning import save, writable

_LONGEST = 20_000


@transaction.atomic
def type_in(
    actor: Actor, report: AnnualReport, typed: Mapping[str, str], why: str = ""
) -> dict[str, str]:
    """Write figures into cells; what is no figure is told by address, and the rest is kept.

    The number of the ledger or document stays beside; ``why`` is the reason for all of them.
    """
    report = locked(report)
    who = require_writer(actor, report)
    version = writable(actor, report)
    filled = Filled(version)
    wrong: dict[str, str] = {}
    before: dict[str, str | None] = {}
    after: dict[str, str] = {}
    for address, text in typed.items():
        spec = filled.form.cells.get(address)
        if spec is None:
            raise Forbidden(f"没有“{address}”这一格。")
        text = text.strip()
        if cell_of(text, spec.kind) is None:
            wrong[address] = f"{spec.label}：“{text[:20]}”不是数。"
            continue
        old = filled.figures[address]
        new = _typed(actor, old, text, why, filled, address)
        if new != old:
            before[address], after[address] = filled.printed[address], text
            version.figures[address] = new.kept()
    if after:
        save(actor, version)
        record("report.type", subject_of(report), who, reason=why, before=before, after=after)
    return wrong


@transaction.atomic
def explain(actor: Actor, report: AnnualReport, address: str, why: str) -> AnnualReport:
    """Say why a number is not that of the ledger or the document."""
    report = locked(report)
    who = require_writer(actor, report)
    version = writable(actor, report)
    figure = figure_of(version.figures.get(address))
    if not why.strip():
        raise Forbidden("写明为什么和来源的数不同。")
    if not figure.overruled:
        raise Forbidden("这一格没有改过，不用写理由。")
    version.figures[address] = {**figure.kept(), "why": why.strip()[:300]}
    save(actor, version)
    record("report.explain", subject_of(report), who, reason=why, after={"cell": address})
    return report


@transaction.atomic
def restore(
    actor: Actor, report: AnnualReport, addresses: Iterable[str] | None = None
) -> AnnualReport:
    """Go back to what the source gave: in these cells, or in every cell that was changed."""
    report = locked(report)
    who = require_writer(actor, report)
    version = writable(actor, report)
    changed = {spec.address: figure for spec, figure in Filled(version).changed()}
    chosen = changed if addresses is None else {a: changed[a] for a in addresses if a in changed}
    for address, figure in chosen.items():
        version.figures[address] = Figure(
            found=figure.found, source=figure.source, note=figure.note, unread=figure.unread
        ).kept()
    if chosen:
        save(actor, version)
        record(
            "report.restore",
            subject_of(report),
            who,
            before={address: figure.typed for address, figure in chosen.items()},
            after={address: figure.found for address, figure in chosen.items()},
        )
    return report


@transaction.atomic
def write(actor: Actor, report: AnnualReport, sections: Mapping[str, str]) -> AnnualReport:
    """Keep the prose of sections, by their keys."""
    report = locked(report)
    who = require_writer(actor, report)
    version = writable(actor, report)
    known = {section.key for section in Filled(version).form.sections}
    before, after = {}, {}
    for key, text in sections.items():
        if key not in known:
            raise Forbidden(f"没有“{key}”这一部分。")
        if len(text) > _LONGEST:
            raise Forbidden(f"这一部分有 {len(text)} 字，最多 {_LONGEST} 字。")
        clean = "\n".join(line.rstrip() for line in text.splitlines()).strip("\n")
        if clean != version.sections.get(key, ""):
            before[key], after[key] = len(version.sections.get(key, "")), len(clean)
            version.sections[key] = clean
    if after:
        save(actor, version)
        record("report.write", subject_of(report), who, before=before, after=after)
    return report


def _typed(actor: Actor, old: Figure, text: str, why: str, filled: Filled, address: str) -> Figure:
    """The figure once ``text`` is typed over it; the same number is no change."""
    spec = filled.form.cells[address]
    given = Figure(found=old.found, source=old.source, note=old.note, unread=old.unread)
    if old.found is not None and same(text, old.found, spec.kind):
        return given
    if old.found is None and not old.unread and not text:
        return given
    if address in filled.totals and old.found is None:
        # A total typed as what its parts add up to is the sum, and follows them.
        beside = filled.sum_beside(address)
        if beside is not None and same(text, beside, spec.kind):
            return given
    if old.typed is not None and same(text, old.typed, spec.kind) and not why:
        return old
    return Figure(
        found=old.found, source=old.source, note=old.note, unread=old.unread,
        typed=text, why=why.strip()[:300] or (old.why if old.typed == text else ""),
        by=actor.person.name, at=timezone.now().isoformat(timespec="seconds"),
    )  # fmt: skip

"""Acts: make an agency, change its facts, contact block, officers, steps; undo a change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.core.catalogue import parse_template
from gongkai.core.errors import IndexTemplateError
from gongkai.web.agencies.audited import CONTACT, PLACE, STEPS, facts_of, subject_of
from gongkai.web.agencies.models import Agency, Officer
from gongkai.web.audit.models import AuditEntry
from gongkai.web.audit.record import Who, record
from gongkai.web.policies import Actor, Forbidden
from gongkai.web.publication.release import announce

# What an audit entry of these acts keeps can be put back by ``undo``.
_UNDONE = {"agency.edit_contact": CONTACT, "agency.edit": PLACE, "agency.steps": STEPS}


@transaction.atomic
def make(actor: Actor, **facts: Any) -> Agency:
    """A new agency. Below a competent department's reach only its own people make one."""
    parent: Agency | None = facts.get("parent")
    who = _who_places(actor, parent)
    agency = Agency(**facts)
    _require_sound(agency)
    agency.save()
    record("agency.make", subject_of(agency), who, after=_all_facts(agency))
    _announce(agency)
    return agency


@transaction.atomic
def edit(actor: Actor, agency: Agency, **facts: Any) -> Agency:
    """Change kind, place in the tree, index number and so on; the name by ``rename``."""
    agency = locked(agency)
    who = actor.require("agency.edit", agency)
    if "parent" in facts and facts["parent"] != agency.parent:
        _who_places(actor, facts["parent"])
    return _write(agency, who, "agency.edit", PLACE, facts)


@transaction.atomic
def edit_contact(actor: Actor, agency: Agency, **facts: Any) -> Agency:
    """Change what the guide says of the agency (art. 12): office, address, hours, functions."""
    agency = locked(agency)
    who = actor.require("agency.edit_contact", agency)
    if any(facts[name] != getattr(agency, name) for name in facts if name != "functions"):
        agency.contact_changed_on = timezone.localdate()
    return _write(agency, who, "agency.edit_contact", CONTACT, facts)


@transaction.atomic
def set_steps(actor: Actor, agency: Agency, *, section_review: bool, approval: bool) -> Agency:
    """Which steps of review there are; the secrecy review (art. 17) is no choice."""
    agency = locked(agency)
    who = actor.require("agency.steps", agency)
    steps = {"section_review": section_review, "approval": approval}
    return _write(agency, who, "agency.steps", STEPS, steps)


@transaction.atomic
def set_officers(actor: Actor, agency: Agency, officers: Iterable[Mapping[str, str]]) -> Agency:
    """The leaders (art. 20 (2)), in the order given, in place of those kept before."""
    agency = locked(agency)
    who = actor.require("agency.edit_contact", agency)
    before = _written(agency)
    agency.officers.all().delete()
    Officer.objects.bulk_create(
        Officer(
            agency=agency,
            name=officer["name"],
            post=officer["post"],
            duty=officer.get("duty", ""),
            position=position,
        )
        for position, officer in enumerate(officers)
    )
    after = _written(agency)
    record(
        "agency.officers", subject_of(agency), who,
        before={"officers": before}, after={"officers": after},
    )  # fmt: skip
    _announce(agency)
    return agency


@transaction.atomic
def undo(actor: Actor, agency: Agency, number: int) -> Agency:
    """Put back what the audit entry ``number`` changed, where nobody changed it since."""
    agency = locked(agency)
    entry = AuditEntry.objects.filter(
        pk=number, subject_kind="agency", subject=agency.code, act__in=_UNDONE
    ).first()
    if entry is None or entry.person != actor.person.username:
        raise Forbidden("只能撤销自己刚改的。")
    names = _UNDONE[entry.act]
    who = actor.require(entry.act, agency)
    if any(_plain(facts_of(agency, names)[name]) != value for name, value in entry.after.items()):
        raise Forbidden("后来又改过，不能撤销。要恢复，直接改回去。")
    return _write(agency, who, entry.act, names, _restored(entry.before), reason="撤销")


def locked(agency: Agency) -> Agency:
    """The agency as it stands now, held until the act's transaction ends."""
    held = Agency.objects.select_related("parent", "competent_for")
    return held.select_for_update(of=("self",)).get(pk=agency.pk)


def last_entry(agency: Agency, actor: Actor) -> int:
    """The number of this person's last entry about ``agency``: what ``undo`` takes."""
    mine = AuditEntry.objects.filter(
        subject_kind="agency", subject=agency.code, person=actor.person.username
    )
    return mine.values_list("number", flat=True).first() or 0


def _write(
    agency: Agency,
    who: Who,
    act: str,
    names: tuple[str, ...],
    facts: Mapping[str, Any],
    *,
    reason: str = "",
) -> Agency:
    before = facts_of(agency, names)
    for name, value in facts.items():
        if name not in names:
            raise KeyError(name)
        setattr(agency, name, value)
    _require_sound(agency)
    agency.save()
    after = facts_of(agency, names)
    if before != after:
        record(act, subject_of(agency), who, reason=reason, before=before, after=after)
        announce(
            scope=f"agency:{agency.pk}",
            before={name: _plain(value) for name, value in before.items()},
            after={name: _plain(value) for name, value in after.items()},
        )
    return agency


def _require_sound(agency: Agency) -> None:
    """Raise Forbidden for what would break the tree or the numbers."""
    if agency.pk and agency.parent and agency.parent.is_under(agency):
        raise Forbidden(f"上级不能是自己或者自己下面的{agency.parent.short_name}。")
    try:
        template = parse_template(agency.index_template)
        template.render(org=agency.code, year=2026, month=1, seq=1, category="2001")
    except IndexTemplateError as error:
        raise Forbidden(str(error)) from error


def _who_places(actor: Actor, parent: Agency | None) -> Who:
    """Who may put an agency below ``parent``; at the top only whoever reaches the region."""
    if parent is not None:
        return actor.require("agency.edit", parent)
    return actor.require("agency.edit", Agency(short_name="最上一级", path=""))


def _all_facts(agency: Agency) -> dict[str, Any]:
    return {
        "name": agency.name,
        "slug": agency.slug,
        **facts_of(agency, (*PLACE, *CONTACT, *STEPS)),
    }


def _written(agency: Agency) -> list[str]:
    return [f"{o.name} {o.post} {o.duty}".strip() for o in agency.officers.all()]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _restored(before: Mapping[str, Any]) -> dict[str, Any]:
    """Facts of an audit entry as the model wants them."""
    facts = dict(before)
    for name in ("parent", "competent_for"):
        if facts.get(name) is not None:
            facts[name] = Agency.objects.filter(code=facts[name]).first()
    if facts.get("began_on") is not None:
        facts["began_on"] = date.fromisoformat(facts["began_on"])
    return facts


def _announce(agency: Agency) -> None:
    announce(scope=f"agency:{agency.pk}")

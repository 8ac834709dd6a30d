"""Acts: rename an agency, merge it into another, end it; and take each of these back.

A publication names its issuer as it was; an agency that merged keeps its address, and its
page says where its duties went.  Whoever took them over goes on with its records (art. 10);
nothing new is begun in its name (``policies``).
"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.web.administration.agencies.acts.keep import locked
from gongkai.web.agencies.audited import subject_of
from gongkai.web.agencies.models import Agency, PastName
from gongkai.web.audit.record import record
from gongkai.web.policies import Actor, Forbidden
from gongkai.web.publication.release import announce

# Items on their way; named here since an agency knows nothing of items but that they are its.
_UNDER_WAY = ("draft", "section_review", "secrecy_review", "approval", "scheduled")


@transaction.atomic
def rename(
    actor: Actor, agency: Agency, name: str, short_name: str, last_day: date, reason: str = ""
) -> Agency:
    """A new name; the old one, borne until ``last_day``, is kept with the reason."""
    agency = locked(agency)
    who = actor.require("agency.edit", agency)
    if name == agency.name:
        raise Forbidden("新名称和现在的一样。")
    if Agency.objects.active().filter(name=name).exclude(pk=agency.pk).exists():
        raise Forbidden(f"已经有一个机关叫{name}。")
    before = {"name": agency.name, "short_name": agency.short_name}
    PastName.objects.create(agency=agency, until=last_day, reason=reason, **before)
    agency.name, agency.short_name = name, short_name
    agency.save()
    after = {"name": name, "short_name": short_name}
    record(
        "agency.rename", subject_of(agency), who, reason=reason, before=before, after=after
    )  # fmt: skip
    announce(scope=f"agency:{agency.pk}", before=before, after=after)
    return agency


@transaction.atomic
def take_back_name(actor: Actor, agency: Agency) -> Agency:
    """The undo of ``rename``: the last past name is borne again, as if it had never ended."""
    agency = locked(agency)
    who = actor.require("agency.edit", agency)
    past = agency.past_names.order_by("-pk").first()
    if past is None:
        raise Forbidden("这个机关没有改过名。")
    before = {"name": agency.name, "short_name": agency.short_name}
    agency.name, agency.short_name = past.name, past.short_name
    past.delete()
    agency.save()
    after = {"name": agency.name, "short_name": agency.short_name}
    record(
        "agency.rename", subject_of(agency), who, reason="撤销", before=before, after=after
    )  # fmt: skip
    announce(scope=f"agency:{agency.pk}", before=before, after=after)
    return agency


@transaction.atomic
def merge(actor: Actor, agency: Agency, into: Agency, day: date, reason: str) -> Agency:
    """``agency`` ends on ``day`` and ``into`` takes its duties over."""
    into = locked(into)
    if into.pk == agency.pk:
        raise Forbidden("不能并入自己。")
    if into.ended_on is not None:
        raise Forbidden(f"{into.short_name}已于 {into.ended_on} 撤销，不能并入。")
    return _close(actor, agency, into, day, reason)


@transaction.atomic
def end(actor: Actor, agency: Agency, day: date, reason: str) -> Agency:
    """``agency`` ends on ``day`` and nobody takes its duties over."""
    waiting = agency.items.filter(state__in=_UNDER_WAY).count()
    if waiting:
        raise Forbidden(
            f"{agency.short_name}还有 {waiting} 条信息在起草、审查或者等发布，"
            "先办完或者作废；有机关接着办的，用“并入”。"
        )
    return _close(actor, agency, None, day, reason)


@transaction.atomic
def revive(actor: Actor, agency: Agency) -> Agency:
    """The undo of ``merge`` and ``end``."""
    agency = locked(agency)
    who = actor.require("agency.edit", agency)
    if agency.ended_on is None:
        raise Forbidden(f"{agency.short_name}没有撤销，不用恢复。")
    if agency.parent is not None and agency.parent.ended_on is not None:
        raise Forbidden(f"上级{agency.parent.short_name}已经撤销，先改上级或者先恢复上级。")
    before = _standing(agency)
    agency.ended_on = agency.succeeded_by = None
    agency.save()
    after = _standing(agency)
    record("agency.revive", subject_of(agency), who, before=before, after=after)
    announce(scope=f"agency:{agency.pk}", before=before, after=after)
    return agency


def _close(actor: Actor, agency: Agency, into: Agency | None, day: date, reason: str) -> Agency:
    agency = locked(agency)
    who = actor.require("agency.edit", agency)
    if agency.ended_on is not None:
        raise Forbidden(f"{agency.short_name}已于 {agency.ended_on} 撤销。")
    if day > timezone.localdate():
        raise Forbidden(f"{day} 还没有到，到那天再办。")
    if not reason.strip():
        raise Forbidden("写明依据，例如机构改革的文件名和文号。")
    if agency.competent_for is not None:
        raise Forbidden(f"{agency.short_name}是主管部门，先把主管范围交给别的机关。")
    below = [child.short_name for child in agency.children.filter(ended_on=None)]
    if below:
        raise Forbidden(f"下面还有{'、'.join(below)}，先给它们改上级。")
    before = _standing(agency)
    agency.ended_on, agency.succeeded_by = day, into
    agency.save()
    act = "agency.merge" if into is not None else "agency.end"
    after = _standing(agency)
    record(act, subject_of(agency), who, reason=reason, before=before, after=after)
    announce(scope=f"agency:{agency.pk}", before=before, after=after)
    if into is not None:
        announce(scope=f"agency:{into.pk}")
    return agency


def _standing(agency: Agency) -> dict[str, str | None]:
    return {
        "ended_on": agency.ended_on.isoformat() if agency.ended_on else None,
        "succeeded_by": agency.succeeded_by.code if agency.succeeded_by else None,
    }

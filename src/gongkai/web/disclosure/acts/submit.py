"""Act: hand a draft in for review; the version is sealed, and the check is started."""

from __future__ import annotations

from django.db import transaction

from gongkai.web.audit.record import record
from gongkai.web.policies import Actor, Forbidden

from .. import screening
from ..audited import subject_of
from ..completeness import what_is_missing
from ..models import InformationItem, State, Verdict
from ..separation import missing_steps
from ..steps import locked, move, require_state, step_after, steps_of


@transaction.atomic
def submit(actor: Actor, item: InformationItem, text: str = "") -> InformationItem:
    """To the first step of review. Refused while something required is not filled in."""
    item = locked(item)
    who = actor.require("item.submit", item.agency)
    require_state(item, State.DRAFT)
    missing = what_is_missing(item)
    if missing:
        raise Forbidden("还缺：" + "；".join(missing) + "。")
    empty = missing_steps(item, steps_of(item))
    if empty:
        steps = "、".join(step.label for step in empty)
        raise Forbidden(
            f"{item.agency.short_name}人手不够：{steps}没有别的人能办（起草、各步审查要由不同的人）。"
            "请安全管理员增加任职，或者请主管部门调整审查步骤；保密审查不能省。"
        )
    first = step_after(item)
    if first is None:
        raise RuntimeError("a draft always has a secrecy review ahead")
    version = item.version
    version.sealed = True
    version.save()
    before = {"state": item.state}
    item.returned = False
    move(item, first, Verdict.SUBMITTED, actor.person, text)
    record("item.submit", subject_of(item), who, reason=text, before=before, after={"state": first})
    screening.start(version)
    return item


@transaction.atomic
def recall(actor: Actor, item: InformationItem) -> InformationItem:
    """Take a submission back while nobody has passed it yet: the undo of ``submit``."""
    item = locked(item)
    who = actor.require("item.recall", item.agency)
    require_state(item, steps_of(item)[0])
    version = item.version
    before = {"state": item.state}
    version.sealed = False
    version.save()
    move(item, State.DRAFT, Verdict.RECALLED, actor.person)
    record("item.recall", subject_of(item), who, before=before, after={"state": State.DRAFT})
    return item

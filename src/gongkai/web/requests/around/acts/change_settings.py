"""Acts: change how an agency handles requests, and its templates of letters.

A changed rule of the clock is reckoned into every request that is not concluded.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from gongkai.core.letters import check_template, default_template, letter_kind
from gongkai.web.agencies.models import Agency
from gongkai.web.audit.record import Subject, record
from gongkai.web.policies import Actor, Forbidden

from ... import clock
from ...models import DisclosureRequest, RequestSettings

_ACT = "request.settings"


@transaction.atomic
def change_settings(actor: Actor, agency: Agency, facts: Mapping[str, Any]) -> int:
    """Keep the settings; how many open requests have another due day by them."""
    who = actor.require(_ACT, agency)
    settings = _held(agency)
    before = {name: getattr(settings, name) for name in facts}
    for name, value in facts.items():
        setattr(settings, name, value)
    settings.save()
    moved = 0
    if before.get("clock_rules") != settings.clock_rules:
        moved = _reckon_anew(agency)
    after = {**{name: getattr(settings, name) for name in facts}, "moved": moved}
    record(_ACT, _subject(settings), who, before=before, after=after)
    return moved


@transaction.atomic
def change_template(actor: Actor, agency: Agency, kind: str, text: str) -> None:
    """Keep the agency's own template of a letter; "" goes back to the one that comes along."""
    who = actor.require(_ACT, agency)
    settings = _held(agency)
    text = text.replace("\r\n", "\n").strip()
    wrong = check_template(kind, text) if text else ()
    if wrong:
        raise Forbidden("模板没有保存：" + "".join(str(one) for one in wrong))
    was = settings.templates.get(kind, "")
    if text in ("", default_template(kind).strip()):
        settings.templates.pop(kind, None)
    else:
        settings.templates[kind] = text + "\n"
    settings.save()
    subject = Subject(
        "request_settings", str(settings.pk), f"{agency.short_name}：{letter_kind(kind).label}模板"
    )
    now = settings.templates.get(kind, "")
    record(_ACT, subject, who, before={"template": was}, after={"template": now})


def _held(agency: Agency) -> RequestSettings:
    RequestSettings.objects.get_or_create(agency=agency)
    return RequestSettings.objects.select_for_update().get(agency=agency)


def _reckon_anew(agency: Agency) -> int:
    moved = 0
    for case in DisclosureRequest.objects.filter(agency=agency, concluded_on=None):
        was = case.due_on
        clock.settle(case)
        moved += case.due_on != was
    return moved


def _subject(settings: RequestSettings) -> Subject:
    return Subject("request_settings", str(settings.pk), str(settings))

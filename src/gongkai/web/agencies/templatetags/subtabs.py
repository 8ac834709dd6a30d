"""The pages below “机关和人员”: agencies, people, the roster; each for those who may read it."""

from __future__ import annotations

from typing import Any

from django import template

register = template.Library()


@register.inclusion_tag("agencies/subtabs.html", takes_context=True)
def subtabs(context: dict[str, Any], tab: str) -> dict[str, Any]:
    """The tabs, with ``tab`` as the present one."""
    actor = context["actor"]
    return {
        "tab": tab,
        "may_read_agencies": actor.may_somewhere("agency.read"),
        "may_read_people": actor.may_somewhere("person.read"),
        "may_export_roster": actor.may_somewhere("roster.export"),
    }

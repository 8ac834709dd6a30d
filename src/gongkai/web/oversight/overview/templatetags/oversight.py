"""The row of places within 监督保障, for the pages of all its applications."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse

register = template.Library()

# (what a page calls itself, the address of the place, its name, the act that opens it)
TABS = (
    ("overview", "overview:home", "概况", "oversight.read"),
    ("watching", "watching:list", "巡检", "oversight.read"),
    ("rectification", "rectification:list", "整改", "oversight.read"),
    ("self_check", "rectification:self_checks", "自查", "oversight.read"),
    ("measures", "measures:home", "保障措施", "oversight.read"),
    ("concerns", "concerns:list", "关切回应", "oversight.read"),
    ("assessment", "assessment:home", "考核", "oversight.read"),
    ("briefs", "overview:briefs", "简报", "oversight.brief"),
)


@register.simple_tag(takes_context=True)
def oversight_tabs(context: dict[str, Any]) -> list[dict[str, str]]:
    """The places there are for this person."""
    found = []
    for name, route, label, act in TABS:
        if not context["actor"].may_somewhere(act):
            continue
        try:
            address = reverse(route)
        except NoReverseMatch:
            continue
        found.append({"name": name, "address": address, "label": label})
    return found

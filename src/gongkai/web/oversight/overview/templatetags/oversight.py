"""The row of places within 监督保障, for the pages of all its applications."""

from __future__ import annotations

from django import template
from django.urls import NoReverseMatch, reverse

register = template.Library()

# (what a page calls itself, the address of the place, its name)
TABS = (
    ("overview", "overview:home", "概况"),
    ("watching", "watching:list", "巡检"),
    ("rectification", "rectification:list", "整改"),
    ("self_check", "rectification:self_checks", "自查"),
    ("measures", "measures:home", "保障措施"),
    ("concerns", "concerns:list", "关切回应"),
    ("assessment", "assessment:home", "考核"),
    ("briefs", "overview:briefs", "通报"),
)


@register.simple_tag
def oversight_tabs() -> list[dict[str, str]]:
    """The places there are."""
    found = []
    for name, route, label in TABS:
        try:
            address = reverse(route)
        except NoReverseMatch:
            continue
        found.append({"name": name, "address": address, "label": label})
    return found

"""Citations as the desk prints them: the Regulation is understood, its articles are named."""

from __future__ import annotations

from collections.abc import Iterable

from django import template

from gongkai.core.law import cite

register = template.Library()

_REGULATION = cite("ogi-regulation-2019")


@register.filter
def short(citation: str) -> str:
    """第三十三条第二款, where the Regulation is meant; any other instrument with its title."""
    return citation.replace(_REGULATION, "")


@register.filter
def short_all(citations: Iterable[str]) -> str:
    """Several, in a row."""
    return "、".join(short(one) for one in citations)

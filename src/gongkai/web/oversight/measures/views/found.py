"""What screens of measures have in common: the register and line of an address, the filters."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q, QuerySet
from django.http import Http404

from gongkai.core.law import cite
from gongkai.web.policies import StaffRequest
from gongkai.web.registers.filters import Asked

from ..kinds import MEASURES
from ..register import MeasureRegister

HERE = "overview:home"
READ = "oversight.read"


def register_of(slug: str) -> MeasureRegister:
    """The register called ``slug``."""
    try:
        return MEASURES[slug]
    except KeyError:
        raise Http404 from None


def line_of(
    request: StaffRequest, register: MeasureRegister, number: int, *, removed: bool = False
) -> Any:
    """A line that may be read; with ``removed`` one that was taken out, to be put back."""
    found = register.readable(request.actor.agencies(READ), removed=removed).filter(pk=number)
    line = found.first()
    if line is None:
        raise Http404
    return line


def kept_lines(register: MeasureRegister, filters: Asked) -> QuerySet[Any]:
    """The lines that the filters leave."""
    kept = register.readable(filters.among)
    if filters.year:
        kept = register.of_year(kept, filters.year)
    for word in filters.query.split():
        found = Q()
        for field in register.model._meta.fields:
            if isinstance(field, models.CharField | models.TextField) and not field.choices:
                found |= Q(**{f"{field.name}__icontains": word})
        kept = kept.filter(found)
    return kept


def context_of(request: StaffRequest, register: MeasureRegister) -> dict[str, Any]:
    """What every screen of a register wants to know."""
    return {
        "here": HERE,
        "register": register,
        "article": cite(register.article),
        "heads": [head for head, _ in register.shown],
        "may_edit": request.actor.may_somewhere(register.policy),
    }

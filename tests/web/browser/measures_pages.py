"""Registers of measures, public appraisal and concerns, by who looks; and as the public sees them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gongkai.web.people.models import Role

from .staff_pages import StaffPage, pressed, uploaded
from .world import World

_FUTURE = "2099-01-01"
_SLUGS = ("duty-holders", "systems", "trainings", "inspections", "accountability")


def kept(name: str) -> Callable[[Any], tuple[Any, ...]]:
    """The number of one record that ``made.make_measures`` keeps."""
    return lambda world: (getattr(world.measures, name).pk,)


def slug(register: str) -> Callable[[World], tuple[Any, ...]]:
    return lambda world: (register,)


def _training(world: Any) -> tuple[Any, ...]:
    return "trainings", world.measures.training.pk


PAGES: dict[Role, tuple[StaffPage, ...]] = {
    Role.AUTHOR: (
        StaffPage("measures:home"),
        StaffPage("concerns:list"),
        StaffPage("concerns:list", query="q=无此一事"),
        StaffPage("concerns:new", act=pressed("保存", title=" ")),
        StaffPage("concerns:concern", kept("concern")),
        StaffPage("concerns:concern", kept("concern"), act=pressed("登记发布", title=" ")),
        StaffPage("concerns:concern", kept("concern"), act=pressed("办结", said=" ")),
        StaffPage("concerns:edit", kept("concern")),
    ),
    Role.DISCLOSURE_OFFICE: (
        *(StaffPage("measures:lines", slug(one)) for one in _SLUGS),
        StaffPage("measures:lines", slug("trainings"), query="q=无此一事"),
        StaffPage("measures:new", slug("systems")),
        StaffPage("measures:new", slug("duty-holders"), act=pressed("保存", name=" ")),
        StaffPage("measures:edit", _training),
        StaffPage(
            "measures:import",
            slug("trainings"),
            act=uploaded("导入", "日期,主题\n2026-03-03,条例\n三月,条例\n"),
        ),
        StaffPage("measures:complaints"),
        StaffPage("measures:appraisals"),
    ),
    Role.COMPETENT_DEPARTMENT: (
        StaffPage("measures:new", slug("inspections"), act=pressed("保存", name=" ")),
        StaffPage("measures:complaints", query="year=2001"),
        StaffPage("measures:appraisals"),
        StaffPage("measures:appraisal_new"),
        StaffPage("measures:appraisal_new", act=pressed("保存", opens_on=_FUTURE)),
        StaffPage("measures:appraisal", kept("appraisal")),
        StaffPage("measures:appraisal", kept("published")),
        StaffPage("measures:appraisal_edit", kept("appraisal")),
        StaffPage("measures:appraisal_move", lambda w: (w.measures.appraisal.pk, "close")),
        StaffPage("concerns:limits"),
        StaffPage("concerns:limits", act=pressed("记下发布权威信息的时限", hours="99")),
    ),
}
# Of nobody signed in.
PUBLIC: tuple[StaffPage, ...] = (
    StaffPage("appraisal:list"),
    StaffPage("appraisal:choose", kept("appraisal")),
    StaffPage("appraisal:choose", kept("published")),
    StaffPage("appraisal:form", lambda w: (w.measures.appraisal.pk, w.office.street.slug)),
    StaffPage(
        "appraisal:form",
        lambda w: (w.measures.appraisal.pk, w.office.street.slug),
        act=pressed("交评议", comment="只有话"),
    ),
    StaffPage("appraisal:results", kept("published")),
    StaffPage("appraisal:results", kept("appraisal"), status=404),
)
# Acts, files.
NO_PAGE = {
    "concerns:close", "concerns:export", "concerns:remove_release", "concerns:reopen",
    "measures:appraisal_comment", "measures:appraisal_export", "measures:export",
    "measures:file_paper", "measures:paper", "measures:remove",
    "measures:remove_paper", "measures:restore",
}  # fmt: skip

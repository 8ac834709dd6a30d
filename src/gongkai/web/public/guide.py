"""The guide of an agency (政府信息公开指南, art. 12) and how to ask it (arts. 27 to 42).

Both are made from what the agency's record holds, so that a telephone number changed there is
changed here; what the law wants named and the record does not hold is said to be missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gongkai.core.catalogue import parse_template
from gongkai.core.errors import IndexTemplateError
from gongkai.core.time_limits import time_limits
from gongkai.web.agencies.models import Agency
from gongkai.web.publication.models import Elsewhere

from . import links
from .agency_pages import AgencySite, column_files
from .rendered import Rendered
from .shell import About, column_name, has_columns
from .words import channel_label

# What article 12 wants named, by the agency's fields.
_WANTED = (
    ("disclosure_office", "工作机构"),
    ("address", "办公地址"),
    ("office_hours", "办公时间"),
    ("phone", "联系电话"),
    ("fax", "传真"),
    ("mailbox", "互联网联系方式"),
)
_INDEX_FIELDS = {
    "org": "机关代码",
    "category": "信息类别代码",
    "year": "年份",
    "month": "月份",
    "seq": "流水号",
}


@dataclass(frozen=True, slots=True)
class IndexScheme:
    """How index numbers are made: the parts in their order, and one that follows it."""

    parts: str
    example: str


def guide(path: str, agency: Agency) -> Rendered | None:
    """政府信息公开指南."""
    if not has_columns(agency):
        return None
    name = column_name("guide")
    return AgencySite(agency).page(
        path,
        "guide.html",
        title=f"{name}_{agency.name}",
        crumbs=[(agency.short_name, links.agency_home(agency.slug)), (name, None)],
        column="guide",
        about=About(
            column=name,
            column_type=name,
            description=f"{agency.name}政府信息的分类、编排体系、获取方式和工作机构",
            keywords=(name, agency.short_name),
        ),
        index_scheme=index_scheme(agency),
        channels=channels_used(agency),
        missing=missing_contact(agency),
        limits=time_limits(),
        **_competent(agency),
        files=column_files(agency, "guide"),
    )


def request(path: str, agency: Agency) -> Rendered | None:
    """依申请公开: whom to ask, in which ways, by which rules."""
    if not has_columns(agency):
        return None
    name = column_name("request")
    return AgencySite(agency).page(
        path,
        "request.html",
        title=f"{name}_{agency.name}",
        crumbs=[(agency.short_name, links.agency_home(agency.slug)), (name, None)],
        column="request",
        about=About(
            column=name,
            column_type=name,
            description=f"怎样向{agency.name}申请公开政府信息",
            keywords=(name, agency.short_name),
        ),
        missing=missing_contact(agency),
        limits=time_limits(),
        online=links.ask_of(agency.slug) if accepts_online(agency) else "",
        paper_form=f"{links.ask_of(agency.slug)}form.docx",
        **_competent(agency),
        files=column_files(agency, "request"),
    )


def accepts_online(agency: Agency) -> bool:
    """Whether it takes requests on this platform; it does unless its settings say otherwise."""
    chosen = getattr(agency, "request_settings", None)
    return chosen is None or bool(chosen.accepts_online)


def index_scheme(agency: Agency) -> IndexScheme | None:
    """How the agency numbers its information; None where its template cannot be read."""
    try:
        template = parse_template(agency.index_template)
        example = template.render(org=agency.code, seq=38, year=2026, month=10, category="0700")
    except IndexTemplateError:
        return None
    parts = "".join(
        words + (f"〔{_INDEX_FIELDS[field]}〕" if field else "") for words, field in template.pieces
    )
    return IndexScheme(parts, example)


def channels_used(agency: Agency) -> list[str]:
    """Where else this agency has in fact released information (art. 23)."""
    found = (
        Elsewhere.objects.filter(publication__agency=agency)
        .order_by("channel")
        .values_list("channel", flat=True)
        .distinct()
    )
    return [channel_label(channel) for channel in found]


def missing_contact(agency: Agency) -> list[str]:
    """What article 12 wants named and the agency's record does not hold."""
    return [label for field, label in _WANTED if not getattr(agency, field)]


def competent_of(agency: Agency) -> Agency | None:
    """The competent department over ``agency``: the nearest above it (arts. 3, 51)."""
    above = [int(number) for number in agency.path.split("/") if number]
    return (
        Agency.objects.active()
        .filter(competent_for__in=above)
        .exclude(pk=agency.pk)
        .order_by("-competent_for__path")
        .first()
    )


def _competent(agency: Agency) -> dict[str, Any]:
    found = competent_of(agency)
    return {"competent": found, "competent_path": links.agency_home(found.slug) if found else ""}

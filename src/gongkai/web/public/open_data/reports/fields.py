"""What a row of a report and a row of a figure hold, and what it means."""

from __future__ import annotations

from functools import lru_cache
from operator import attrgetter
from typing import Any

from gongkai.core.forms import Kind, editions
from gongkai.web.agencies.models import Kind as AgencyKind
from gongkai.web.publication.models import Came, ReadingState

from ...shell import permalink
from ..fields import (
    ADDRESS,
    LATER,
    MAYBE_NUMBER,
    MAYBE_TEXT,
    MOMENT,
    NUMBER,
    TEXT,
    TEXTS,
    Field,
    Schema,
    one_of,
    said,
)
from . import rows
from .cells import addresses, labels, sections

_AMOUNT: Schema = {"type": ["number", "null"]}
_YES: Schema = {"type": "boolean"}
_KINDS = {kind.value: kind.label for kind in AgencyKind}


@lru_cache(maxsize=1)
def figure_fields() -> tuple[Field, ...]:
    """A cell of a published report: the names of ``rows.Figure``."""
    told: dict[str, tuple[str, Schema]] = {
        "number": ("这份报告的编号，不变（见信息）", NUMBER),
        "agency": ("机关的网址名（见机关）", TEXT),
        "agency_code": ("机关代码", TEXT),
        "agency_name": ("机关全称", TEXT),
        "agency_kind": (f"机关类别：{said(_KINDS)}", _choice(_KINDS)),
        "year": ("报告的年度", NUMBER),
        "edition": ("格式版本", _choice(editions())),
        "section": (f"表在报告的哪一部分：{said(sections())}", _choice(sections())),
        "cell": ("格的地址，不变（见数据字典）", TEXT),
        "row_label": ("行，按表上的字", TEXT),
        "column_label": ("列，按表上的字", TEXT),
        "unit": ("这一格里印着的金额单位；没有印的是空，不推断", MAYBE_TEXT),
        "value": ("数值，金额不四舍五入；空白、横线、没有读出的都没有数值", _AMOUNT),
        "text": ("印着的字；空白是空字，没有读出的没有", MAYBE_TEXT),
        "state": (f"这一格是什么：{said(rows.STATES)}", _choice(rows.STATES)),
        "address": ("报告的网址，不变", ADDRESS),
        "published_at": ("报告首次公布的时间", MOMENT),
        "version": ("报告第几次公开的稿；更正一次加一", NUMBER),
    }
    return tuple(Field(name, *told[name], attrgetter(name)) for name in rows.Figure._fields)


@lru_cache(maxsize=1)
def report_fields() -> tuple[Field, ...]:
    """A published report (``rows.Read``), without its figures."""
    states = {state.value: state.label for state in ReadingState}
    came = {one.value: one.label for one in Came if one.value}
    return (
        Field("number", "编号，不变（见信息）", NUMBER, lambda r: r.row.pk),
        Field("agency", "机关的网址名（见机关）", TEXT, lambda r: r.row.agency.slug),
        Field("agency_code", "机关代码", TEXT, lambda r: r.row.agency.code),
        Field("agency_name", "机关全称", TEXT, lambda r: r.row.agency.name),
        Field(
            "agency_kind", f"机关类别：{said(_KINDS)}", _choice(_KINDS), lambda r: r.row.agency.kind
        ),
        Field("year", "报告的年度；看不出的是空", MAYBE_NUMBER, lambda r: r.row.year),
        Field(
            "edition",
            "格式版本；没有按统一格式填表、还没有读的是空",
            one_of(*editions()),
            lambda r: r.row.edition,
        ),
        Field("title", "标题", TEXT, lambda r: r.row.publication.title),
        Field("address", "网址，不变", ADDRESS, lambda r: permalink(r.row.publication.path)),
        Field("published_at", "首次公布的时间", MOMENT, lambda r: r.row.publication.published_at),
        Field("updated_at", "更正的时间", LATER, lambda r: r.row.publication.updated_at),
        Field(
            "version", "第几次公开的稿；更正一次加一", NUMBER, lambda r: r.row.publication.version
        ),
        Field(
            "holds",
            "一个机关一个年度公开过几份的，以这份为准；“数字”一表只收这份",
            _YES,
            lambda r: r.row.holds,
        ),
        Field("state", f"数字读出来没有：{said(states)}", _choice(states), lambda r: r.row.state),
        Field("came", f"数字怎么来的：{said(came)}", one_of(*came), lambda r: r.row.came),
        Field("blanks", "空白的格", TEXTS, lambda r: r.states["blank"]),
        Field("dashes", "横线的格", TEXTS, lambda r: r.states["dash"]),
        Field("unread", "没有读出的格", TEXTS, lambda r: r.states["unread"]),
        Field("units", "印着单位的格：地址=单位", TEXTS, lambda r: r.units),
    )


@lru_cache(maxsize=1)
def wide_fields() -> tuple[Field, ...]:
    """A report with every cell there is as a field of its own: the files, a line a report."""
    kinds = {Kind.COUNT: MAYBE_NUMBER, Kind.CHANGE: MAYBE_NUMBER, Kind.AMOUNT: _AMOUNT}
    return (
        *report_fields(),
        *(
            Field(address, labels()[address], kinds[kind], lambda report: None)
            for address, kind in addresses().items()
        ),
    )


def wide_values(read: rows.Read) -> tuple[Any, ...]:
    """The values of ``wide_fields``."""
    about = (field.of(read) for field in report_fields())
    return (*about, *read.values())


def _choice(values: Any) -> Schema:
    return {"type": "string", "enum": list(values)}

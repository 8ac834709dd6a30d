"""What each kind of row holds, what it means, and where it comes from: the data dictionary."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.utils import timezone

from gongkai.core.bodies import plain_text, render_body
from gongkai.core.catalogue import genres, themes
from gongkai.web.agencies.models import Agency, Kind
from gongkai.web.publication.models import Publication, Tie, Validity
from gongkai.web.registers.models import StandardEntry

from .. import links
from ..shell import permalink
from ..words import KINDS, place_label

# Where ``resources`` puts the public items that cover a catalogue entry.
COVERING = "public_numbers"

# A spreadsheet takes a cell that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

_TYPES = {
    "string": "文字",
    "integer": "整数",
    "number": "数",
    "boolean": "是否",
    "array": "一列",
    "object": "对象",
}
_FORMATS = {"date": "日期", "date-time": "时间", "uri": "网址"}

Schema = Mapping[str, Any]
TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "integer"}
DAY: Schema = {"type": ["string", "null"], "format": "date"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
LATER: Schema = {"type": ["string", "null"], "format": "date-time"}
ADDRESS: Schema = {"type": "string", "format": "uri"}
TEXTS: Schema = {"type": "array", "items": TEXT}
NUMBERS: Schema = {"type": "array", "items": NUMBER}
MAYBE_TEXT: Schema = {"type": ["string", "null"]}
MAYBE_NUMBER: Schema = {"type": ["integer", "null"]}


@dataclass(frozen=True)
class Field:
    """One field: its name, what it means, what it may be, how it is got."""

    name: str
    label: str
    schema: Schema
    of: Callable[[Any], Any]


def row_of(fields: tuple[Field, ...], thing: Any) -> dict[str, Any]:
    """A row as JSON has it."""
    return {field.name: plain(field.of(thing)) for field in fields}


def one_of(*values: str) -> Schema:
    """A text out of a list; "" where nothing is told."""
    return {"type": "string", "enum": [*values, ""]}


def plain(value: Any) -> Any:
    """A value as JSON and CSV have it: moments and days as text."""
    if isinstance(value, datetime):
        return _moment(value)
    return value.isoformat() if isinstance(value, date) else value


@lru_cache(maxsize=1024)
def _moment(value: datetime) -> str:
    return timezone.localtime(value).isoformat(timespec="seconds")


def csv_cell(value: Any) -> str:
    """A plain value as a cell of a CSV: several in one, nothing that a spreadsheet computes."""
    if isinstance(value, list):
        value = "；".join(map(str, value))
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) else value
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return ""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _files(item: Publication) -> list[dict[str, Any]]:
    return [
        {
            "name": file.name,
            "address": permalink(file.path),
            "media_type": file.media_type,
            "size": file.size,
            "sha256": file.digest,
            "description": file.description,
        }
        for file in item.files.all()
    ]


def _relations(item: Publication) -> list[dict[str, Any]]:
    outward = [(tie.tie, True, tie.right) for tie in item.ties.select_related("right")]
    inward = [(tie.tie, False, tie.left) for tie in item.tied_by.select_related("left")]
    return [
        {
            "tie": tie,
            "outward": out,
            "number": other.number,
            "title": other.title,
            "address": permalink(other.path),
        }
        for tie, out, other in (*outward, *inward)
    ]


def _elsewhere(item: Publication) -> list[dict[str, Any]]:
    return [
        {
            "channel": other.channel,
            "where": other.where,
            "released_on": other.released_on.isoformat(),
            "link": other.link,
        }
        for other in item.elsewhere.all()
    ]


def _body(item: Publication) -> str:
    known = {file.reference or file.name: file.path for file in item.files.all()}

    def place(reference: str) -> str:
        return permalink(known[reference]) if reference in known else ""

    return render_body(item.body_html, place)


def _object(**properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


@lru_cache(maxsize=1)
def item_fields() -> tuple[Field, ...]:
    """A published item as lists have it."""
    return (
        Field("number", "编号，不变", NUMBER, lambda i: i.number),
        Field("address", "网址，不变", ADDRESS, lambda i: permalink(i.path)),
        Field("title", "标题", TEXT, lambda i: i.title),
        Field("agency", "机关的网址名（见机关）", TEXT, lambda i: i.agency.slug),
        Field("agency_name", "机关全称", TEXT, lambda i: i.agency.name),
        Field("issuer", "发文机关", TEXT, lambda i: i.issuer),
        Field("source", "来源", TEXT, lambda i: i.source),
        Field("index_number", "索引号", TEXT, lambda i: i.index_number),
        Field("document_number", "发文字号", TEXT, lambda i: i.document_number),
        Field("column", "栏目的代码（见栏目）", TEXT, lambda i: i.column),
        Field("statutory", "法定项目的代码（见栏目）", TEXT, lambda i: i.statutory),
        Field(
            "place", "栏目或者法定项目的名称", TEXT, lambda i: place_label(i.column, i.statutory)
        ),
        Field("kind", f"种类：{said(KINDS)}", one_of(*KINDS), lambda i: i.kind),
        Field("genre", "体裁的代码", TEXT, lambda i: i.genre),
        Field("theme", "主题分类的代码", TEXT, lambda i: i.theme),
        Field("keywords", "关键词", TEXTS, lambda i: i.keywords),
        Field("summary", "内容概述", TEXT, lambda i: i.summary),
        Field("made_on", "成文日期", DAY, lambda i: i.made_on),
        Field("published_at", "首次发布的时间，不变", MOMENT, lambda i: i.published_at),
        Field("updated_at", "更新的时间", LATER, lambda i: i.updated_at),
        Field("effective_on", "施行日期", DAY, lambda i: i.effective_on),
        Field("expires_on", "有效期至", DAY, lambda i: i.expires_on),
        Field(
            "validity",
            f"有效性，只有行政规范性文件有：{said({v.value: v.label for v in Validity if v.value})}",
            one_of(*(v.value for v in Validity if v.value)),
            lambda i: i.validity,
        ),
        Field("version", "第几次公开的稿", NUMBER, lambda i: i.version),
    )


@lru_cache(maxsize=1)
def whole_item_fields() -> tuple[Field, ...]:
    """A published item with its text, files and ties."""
    ties = {tie.value: tie.label for tie in Tie}
    file = _object(
        name=TEXT, address=ADDRESS, media_type=TEXT, size=NUMBER, sha256=TEXT, description=TEXT
    )
    relation = _object(
        tie={"type": "string", "enum": list(ties)},
        outward={"type": "boolean"},
        number=NUMBER,
        title=TEXT,
        address=ADDRESS,
    )
    release = _object(channel=TEXT, where=TEXT, released_on=DAY, link=TEXT)
    return (
        *item_fields(),
        Field("validity_note", "有效性的依据", TEXT, lambda i: i.validity_note),
        Field("body_html", "正文（HTML）", TEXT, _body),
        Field("text", "正文（纯文字）", TEXT, lambda i: plain_text(i.body_html)),
        Field(
            "files",
            "附件和正文图片：文件名、网址、类型、字节数、SHA-256 校验码、说明",
            {"type": "array", "items": file},
            _files,
        ),
        Field(
            "relations",
            f"相关联的信息：关系（{said(ties)}），outward 为真的是本条对另一条",
            {"type": "array", "items": relation},
            _relations,
        ),
        Field(
            "elsewhere",
            "还在哪里公开过：渠道、去处、日期、链接",
            {"type": "array", "items": release},
            _elsewhere,
        ),
        Field(
            "former_address",
            "在原网站的网址：从原网站迁来的才有，发布时间是在那里的",
            MAYBE_TEXT,
            lambda i: i.facts.get("former_address"),
        ),
    )


@lru_cache(maxsize=1)
def agency_fields() -> tuple[Field, ...]:
    """An agency and how to reach it."""
    kinds = {kind.value: kind.label for kind in Kind}
    return (
        Field("slug", "网址名，不变", TEXT, lambda a: a.slug),
        Field("code", "机关代码", TEXT, lambda a: a.code),
        Field("name", "全称", TEXT, lambda a: a.name),
        Field("short_name", "简称", TEXT, lambda a: a.short_name),
        Field("kind", f"类别：{said(kinds)}", one_of(*kinds), lambda a: a.kind),
        Field("parent", "上级的网址名", MAYBE_TEXT, lambda a: a.parent.slug if a.parent else None),
        Field("unified_code", "统一社会信用代码", TEXT, lambda a: a.unified_code),
        Field("address", "首页网址", ADDRESS, lambda a: permalink(links.agency_home(a.slug))),
        Field("disclosure_office", "公开工作机构", TEXT, lambda a: a.disclosure_office),
        Field("office_address", "办公地址", TEXT, lambda a: a.address),
        Field("postcode", "邮政编码", TEXT, lambda a: a.postcode),
        Field("phone", "联系电话", TEXT, lambda a: a.phone),
        Field("fax", "传真", TEXT, lambda a: a.fax),
        Field("mailbox", "电子邮箱", TEXT, lambda a: a.mailbox),
        Field("office_hours", "办公时间", TEXT, lambda a: a.office_hours),
        Field("ended_on", "撤销日期", DAY, lambda a: a.ended_on),
        Field(
            "succeeded_by",
            "并入的机关的网址名",
            MAYBE_TEXT,
            lambda a: a.succeeded_by.slug if a.succeeded_by else None,
        ),
    )


@lru_cache(maxsize=1)
def column_fields() -> tuple[Field, ...]:
    """A column or a statutory item."""
    return (
        Field("code", "代码", TEXT, lambda c: c.code),
        Field("name", "名称", TEXT, lambda c: c.name),
        Field("parent", "属于哪个栏目", MAYBE_TEXT, lambda c: c.parent),
        Field("text", "条例的原文", TEXT, lambda c: c.text),
        Field("basis", "依据", TEXTS, lambda c: c.basis),
    )


@lru_cache(maxsize=1)
def entry_fields() -> tuple[Field, ...]:
    """An entry of the standard catalogue of grassroots disclosure."""
    return (
        Field("number", "编号", NUMBER, lambda e: e.pk),
        Field("agency", "机关的网址名", TEXT, lambda e: e.agency.slug),
        Field("domain", "领域", TEXT, lambda e: e.domain),
        Field("serial", "序号", TEXT, lambda e: e.serial),
        Field("first_matter", "一级事项", TEXT, lambda e: e.first_matter),
        Field("second_matter", "二级事项", TEXT, lambda e: e.second_matter),
        Field("content", "公开内容（要素）", TEXT, lambda e: e.content),
        Field("basis", "公开依据", TEXT, lambda e: e.basis),
        Field("time_limit", "公开时限", TEXT, lambda e: e.time_limit),
        Field("body", "公开主体", TEXT, lambda e: e.body),
        Field("channels", "公开渠道和载体", TEXTS, lambda e: e.channels),
        Field("audience", "公开对象", TEXT, lambda e: e.audience),
        Field("way", "公开方式", TEXT, lambda e: e.way),
        Field("level", "公开层级", TEXT, lambda e: e.level),
        Field("fresh_days", "更新周期（天）", MAYBE_NUMBER, lambda e: e.fresh_days),
        Field("items", "已经公开的信息的编号", NUMBERS, covering),
    )


def covering(entry: StandardEntry) -> list[int]:
    """The public items that cover an entry, as ``resources`` looked them up for all at once."""
    found: list[int] = getattr(entry, COVERING)
    return found


def term_lists() -> dict[str, dict[str, str]]:
    """The lists of codes that items use, by field: for the page that explains the data."""
    return {
        "genre": {term.id: term.label for term in genres().terms},
        "theme": {term.id: term.label for term in themes().terms},
    }


def said(labels: Mapping[str, str]) -> str:
    """What the codes of a field mean."""
    return "、".join(f"{code} {label}" for code, label in labels.items())


def agency_queryset() -> Any:
    """Agencies with what their fields need."""
    return Agency.objects.select_related("parent", "succeeded_by").order_by("pk")


def told_type(field: Field) -> dict[str, Any]:
    """A field with its type in words, for the pages."""
    schema = field.schema
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    kind = _FORMATS.get(schema.get("format", ""), _TYPES[kinds[0]])
    return {"name": field.name, "label": field.label, "type": kind, "nullable": "null" in kinds}

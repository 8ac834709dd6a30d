"""What the files are: a data package (Frictionless) for programs, the dictionary as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from gongkai.core.forms import editions
from gongkai.core.law import cite
from gongkai.web.publication.models import SiteSettings

from ... import links
from ...shell import permalink
from ..fields import Field, csv_cell
from . import kept, writing
from .cells import Word, dictionary

PLACE = "open-data/annual-reports/"
INDEX = links.index_of(PLACE)
PACKAGE, DICTIONARY, COLUMNS = (
    f"{PLACE}{name}" for name in ("datapackage.json", "dictionary.csv", "columns.csv")
)
# The schemas by the names of their files: which table, and whether a cell holds several as a list.
SCHEMAS = {
    f"{PLACE}schema-figures.json": (kept.FIGURES, False),
    f"{PLACE}schema-reports.json": (kept.REPORTS, False),
    f"{PLACE}schema-reports-lists.json": (kept.REPORTS, True),
}
LABELS = {kept.FIGURES: "数字，一格一行", kept.REPORTS: "报告，一份一行，每格一列"}
_KEYS = {kept.FIGURES: ["number", "cell"], kept.REPORTS: ["number"]}


def package() -> dict[str, Any]:
    """The data package: every file with its size, its digest and what its columns mean."""
    region = SiteSettings.current().region_name
    sets = kept.available().values()
    return {
        "name": "annual-reports",
        "title": f"{region}政府信息公开年度报告的数字",
        "description": source_note(),
        "homepage": permalink(INDEX),
        "keywords": ["政府信息公开", "年度报告", "政府信息公开条例"],
        "sources": [{"title": f"{region}各机关公开的年度报告", "path": permalink(links.ANNUAL)}],
        "resources": [_resource(one, file) for one in sets for file in one.files],
    }


def schema(path: str) -> dict[str, Any]:
    """The table schema at ``path``: what every column is called, holds and means."""
    table, lists = SCHEMAS[path]
    return {
        "fields": [_type(field, lists) for field in kept.TABLES[table]()],
        "missingValues": [""],
        "primaryKey": _KEYS[table],
    }


def source_note() -> str:
    """Where the figures come from and what they are, in the words of the page."""
    forms = "、".join(cite(form.instrument) for form in editions().values())
    return (
        f"数字取自各机关公开的政府信息公开年度报告，格式见{forms}。按报告印着的收，不改、不补、"
        "不推断：空白不是零，横线不是零，没有读出的不是空白。撤回的报告不在里面；更正过的是"
        "更正后的。用的时候写明来源和取得的日期。"
    )


def dictionary_csv() -> bytes:
    """Every cell of both editions."""
    heads = ("版本", "格的地址", "部分", "部分名称", "行", "列", "数的是什么", "表上的单位", "借用")
    fields = zip(Word._fields, heads, strict=True)
    head = [f"{name}（{label}）" for name, label in fields]
    return _csv([head, *dictionary()])


def columns_csv() -> bytes:
    """Every column of both tables."""
    lines = [["table（表）", "column（列）", "type（类型）", "label（意思）"]]
    for table, fields in kept.TABLES.items():
        lines += [[table, f.name, str(_type(f, False)["type"]), f.label] for f in fields()]
    return _csv(lines)


def _resource(one: kept.KeptSet, file: kept.KeptFile) -> dict[str, Any]:
    media_type = writing.MEDIA_TYPES[file.form].partition(";")[0]
    years = f"{one.year}年度" if one.year else "各年度"
    told: dict[str, Any] = {
        "name": f"{file.table}-{one.name}-{file.form}",
        "path": file.path,
        "title": f"{years}{LABELS[file.table]}",
        "format": file.form,
        "mediatype": media_type,
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
        "rows": file.rows,
        "modified": one.made_at.isoformat(timespec="seconds"),
        "schema": _schema_of(file),
    }
    if file.form in ("csv", "json"):
        told["encoding"] = "utf-8"
    if file.form == "json":
        told["dialect"] = {"property": file.table}
    return told


def _schema_of(file: kept.KeptFile) -> str:
    """The name of the schema of a file; a CSV and a workbook know no lists."""
    lists = file.table == kept.REPORTS and file.form not in ("csv", "xlsx")
    path = next(p for p, told in SCHEMAS.items() if told == (file.table, lists))
    return path.removeprefix(PLACE)


def _type(field: Field, lists: bool) -> dict[str, Any]:
    """A field as a table schema describes it."""
    kinds = field.schema["type"]
    kind = kinds[0] if isinstance(kinds, list) else kinds
    told: dict[str, Any] = {"name": field.name, "title": field.label, "type": kind}
    if field.schema.get("format") == "date-time":
        told |= {"type": "datetime", "format": "any"}
    elif field.schema.get("format") == "uri":
        told["format"] = "uri"
    elif kind == "array" and not lists:
        told["type"] = "string"
    if "enum" in field.schema:
        told["constraints"] = {"enum": [value for value in field.schema["enum"] if value]}
    return told


def _csv(lines: Iterable[Sequence[Any]]) -> bytes:
    written = io.StringIO()
    csv.writer(written).writerows([csv_cell(value) for value in line] for line in lines)
    return b"\xef\xbb\xbf" + written.getvalue().encode()

"""The description of the open data (OpenAPI 3.1), made of what the answers are made of."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from django.conf import settings

from gongkai.web.publication.models import SiteSettings

from .asking import Parameter, Resource, parameters_of
from .fields import Field, whole_item_fields
from .reports import kept, writing
from .reports.description import LABELS
from .reports.fields import wide_fields
from .resources import RESOURCES

BASE = "api/v1/"
_NAMES = {
    "items": "Item",
    "agencies": "Agency",
    "columns": "Column",
    "catalogue": "CatalogueEntry",
    "reports": "Report",
    "figures": "Figure",
    "rates": "Rate",
}
_WHOLE = "WholeItem"
_WIDE = "WideReport"
_CONDITIONAL = "带着上次的 ETag（If-None-Match）来问，没有变的答 304，没有正文。"


def document() -> dict[str, Any]:
    """The whole description."""
    site = SiteSettings.current()
    paths: dict[str, Any] = {}
    for resource in RESOURCES.values():
        paths[f"/{resource.name}.json"] = {"get": _listing(resource, "json")}
        paths[f"/{resource.name}.csv"] = {"get": _listing(resource, "csv")}
    paths["/items/{number}.json"] = {"get": _one_item()}
    for table in kept.TABLES:
        for form in writing.forms():
            paths[f"/agencies/{{agency}}/{table}.{form}"] = {"get": _of_agency(table, form)}
    paths["/openapi.json"] = {
        "get": {
            "operationId": "openapi",
            "summary": "本说明",
            "responses": {"200": _answer("本说明", {"type": "object"})},
        }
    }
    schemas = {_NAMES[r.name]: _schema(r.label, r.fields()) for r in RESOURCES.values()}
    schemas[_WIDE] = _schema("一份报告和它的全部数字", wide_fields())
    schemas[_WHOLE] = _schema("一条信息的全部", whole_item_fields())
    schemas["Problems"] = {
        "type": "object",
        "description": "没有办成的原因",
        "properties": {"problems": {"type": "array", "items": {"type": "string"}}},
        "required": ["problems"],
        "additionalProperties": False,
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{site.region_name}政府信息公开：开放数据",
            "version": version("gongkai"),
            "description": "已经公开的全部内容。不用登记，不限次数；" + _CONDITIONAL,
        },
        "servers": [{"url": f"{settings.ORIGIN}{settings.MOUNT}{BASE}".rstrip("/")}],
        "paths": paths,
        "components": {"schemas": schemas},
    }


def _listing(resource: Resource, form: str) -> dict[str, Any]:
    row = _reference(_NAMES[resource.name])
    if form == "json":
        page = {
            "type": "object",
            "properties": {
                resource.name: {"type": "array", "items": row},
                "next": {
                    "type": ["string", "null"],
                    "format": "uri",
                    "description": "下一页的网址；最后一页是 null",
                },
            },
            "required": [resource.name, "next"],
            "additionalProperties": False,
        }
        answer = _answer(resource.label, page)
    else:
        answer = {
            "description": "UTF-8（带 BOM），第一行是字段名；一格里有几个值的用分号隔开。",
            "headers": {
                "Link": {
                    "description": "下一页的网址，rel=next；最后一页没有",
                    "schema": {"type": "string"},
                }
            },
            "content": {"text/csv": {"schema": {"type": "string"}}},
        }
    return {
        "operationId": f"{resource.name}_{form}",
        "summary": f"{resource.label}（{form.upper()}）",
        "parameters": [_parameter(parameter) for parameter in parameters_of(resource)],
        "responses": {
            "200": answer,
            "304": {"description": "没有变"},
            "400": _answer("问的有错", _reference("Problems")),
        },
    }


def _one_item() -> dict[str, Any]:
    number = {"type": "integer", "minimum": 1}
    return {
        "operationId": "item",
        "summary": "一条信息的全部：正文、附件、关联",
        "parameters": [
            {
                "name": "number",
                "in": "path",
                "required": True,
                "schema": number,
                "description": "编号",
            }
        ],
        "responses": {
            "200": _answer("这条信息", _reference(_WHOLE)),
            "304": {"description": "没有变"},
            "404": _answer("没有这条信息", _reference("Problems")),
            "410": _answer("已经撤回", _reference("Problems")),
        },
    }


def _of_agency(table: str, form: str) -> dict[str, Any]:
    label = f"一个机关各年度的全部{LABELS[table]}（{form.upper()}）"
    media_type = writing.MEDIA_TYPES[form].partition(";")[0]
    schema: dict[str, Any] = {"type": "string"}
    if form == "json":
        row = _reference(_NAMES[table] if table == kept.FIGURES else _WIDE)
        schema = {
            "type": "object",
            "properties": {table: {"type": "array", "items": row}},
            "required": [table],
            "additionalProperties": False,
        }
    return {
        "operationId": f"agency_{table}_{form}",
        "summary": label,
        "parameters": [
            {
                "name": "agency",
                "in": "path",
                "required": True,
                "schema": {"type": "string"},
                "description": "机关的网址名",
            }
        ],
        "responses": {
            "200": {"description": label, "content": {media_type: {"schema": schema}}},
            "304": {"description": "没有变"},
            "404": _answer("没有这个机关", _reference("Problems")),
        },
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    said: dict[str, Any] = {
        "name": parameter.name,
        "in": "query",
        "description": parameter.label,
        "schema": dict(parameter.schema),
    }
    if parameter.repeated:
        said["schema"] = {"type": "array", "items": dict(parameter.schema)}
        said |= {"style": "form", "explode": True}
    return said


def _schema(label: str, fields: tuple[Field, ...]) -> dict[str, Any]:
    return {
        "type": "object",
        "description": label,
        "properties": {f.name: {**f.schema, "description": f.label} for f in fields},
        "required": [field.name for field in fields],
        "additionalProperties": False,
    }


def _answer(label: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": label, "content": {"application/json": {"schema": schema}}}


def _reference(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}

"""开放数据: the page that tells people what the data hold and how they are asked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gongkai.web.publication.models import Change

from ..rendered import Rendered
from ..shell import PLATFORM, About, compose
from .asking import AT_MOST, parameters_of
from .fields import Field, term_lists, whole_item_fields
from .openapi import BASE
from .resources import RESOURCES

PATH = "open-data.html"
_NAME = "开放数据"
_TYPES = {"string": "文字", "integer": "整数", "boolean": "是否", "array": "一列", "object": "对象"}
_FORMATS = {"date": "日期", "date-time": "时间", "uri": "网址"}


def paths() -> Iterator[str]:
    """The one page."""
    yield PATH


def render(path: str) -> Rendered | None:
    """The page; None for any other."""
    return written() if path == PATH else None


def written() -> Rendered:
    """The page."""
    resources = [
        {
            "name": resource.name,
            "label": resource.label,
            "parameters": parameters_of(resource),
            "fields": [_told(field) for field in resource.fields()],
        }
        for resource in RESOURCES.values()
    ]
    listed = {field.name for field in RESOURCES["items"].fields()}
    return compose(
        PATH,
        "open_data.html",
        title=_NAME,
        crumbs=[(_NAME, None)],
        about=About(
            column=_NAME, column_type=PLATFORM, description="已公开信息的 JSON、CSV 和订阅"
        ),
        base=BASE,
        most=AT_MOST,
        resources=resources,
        whole=[_told(field) for field in whole_item_fields() if field.name not in listed],
        terms=[
            ({"genre": "体裁", "theme": "主题分类"}[name], name, list(terms.items()))
            for name, terms in term_lists().items()
        ],
    )


def touched(change: Change) -> set[str]:
    """Only what every page shows is shown here."""
    return {PATH} if change.scope == "site" else set()


def _told(field: Field) -> dict[str, Any]:
    """A field with its type in words."""
    schema = field.schema
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    kind = _FORMATS.get(schema.get("format", ""), _TYPES[kinds[0]])
    return {"name": field.name, "label": field.label, "type": kind, "nullable": "null" in kinds}

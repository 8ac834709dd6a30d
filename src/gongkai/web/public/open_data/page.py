"""开放数据: the page that tells people what the data hold and how they are asked for."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.web.publication.models import Change

from ..rendered import Rendered
from ..shell import PLATFORM, About, compose
from .asking import AT_MOST, parameters_of
from .fields import term_lists, told_type, whole_item_fields
from .openapi import BASE
from .reports.description import INDEX
from .resources import RESOURCES

PATH = "open-data.html"
_NAME = "开放数据"


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
            "fields": [told_type(field) for field in resource.fields()],
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
        reports=INDEX,
        most=AT_MOST,
        resources=resources,
        whole=[told_type(field) for field in whole_item_fields() if field.name not in listed],
        terms=[
            ({"genre": "体裁", "theme": "主题分类"}[name], name, list(terms.items()))
            for name, terms in term_lists().items()
        ],
    )


def touched(change: Change) -> set[str]:
    """Only what every page shows is shown here."""
    return {PATH} if change.scope == "site" else set()

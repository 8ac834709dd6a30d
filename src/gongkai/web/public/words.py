"""What the lists of the catalogue call things; what a list does not know is shown as it is."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from gongkai.core.catalogue import TermList, channels, genres, statutory_items, themes

from . import shell

# 种类 of a publication in words, as search and the open data call them.
KINDS: Mapping[str, str] = {
    "plain": "一般信息",
    "normative_document": "行政规范性文件",
    "interpretation": "政策解读",
    "concern_response": "回应关切",
    "budget": "预算",
    "final_accounts": "决算",
    "power_list": "权责清单",
    "system_rule": "政府信息公开制度",
    "annual_report": "政府信息公开年报",
}


@lru_cache(maxsize=8)
def _labels(name: str) -> Mapping[str, str]:
    lists: Mapping[str, TermList] = {
        "genre": genres(),
        "theme": themes(),
        "channel": channels(),
    }
    return {term.id: term.label for term in lists[name].terms}


def genre_label(genre: str) -> str:
    """体裁 in words."""
    return _labels("genre").get(genre, genre)


def theme_label(theme: str) -> str:
    """主题分类 in words."""
    return _labels("theme").get(theme, theme)


def theme_ids() -> tuple[str, ...]:
    """Every theme that has a page, in the order of the list."""
    return tuple(_labels("theme"))


def channel_label(channel: str) -> str:
    """A channel of release in words."""
    return _labels("channel").get(channel, channel)


@lru_cache(maxsize=1)
def statutory_labels() -> Mapping[str, str]:
    """The short name of every statutory item by its code."""
    return {item.code: item.label for item in statutory_items()}


def place_label(column: str, statutory: str) -> str:
    """Where an item stands, as one name: the statutory item, or the column."""
    return statutory_labels().get(statutory, "") or shell.column_name(column)

"""What a letter can be told: every fact by name, with its Chinese label and its type.

The facts are data (``facts.toml``): a person who changes a template writes either
the name or the label of a fact.  ``ask`` says what is to be written, and is said
again where the fact is missing.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files

from ..errors import LetterError


class FactType(StrEnum):
    """What kind of value a fact is."""

    TEXT = "text"
    DATE = "date"
    COUNT = "count"
    YUAN = "yuan"
    LIST = "list"
    ADDRESS = "address"
    CHOICE = "choice"
    FLAG = "flag"
    ROWS = "rows"
    DOCUMENT_NUMBER = "document_number"
    IDENTITY = "identity"

    @property
    def label(self) -> str:
        return _TYPE_LABELS[self]


_TYPE_LABELS = {
    FactType.TEXT: "文字",
    FactType.DATE: "日期",
    FactType.COUNT: "数",
    FactType.YUAN: "金额（元）",
    FactType.LIST: "逐项",
    FactType.ADDRESS: "地址",
    FactType.CHOICE: "选项",
    FactType.FLAG: "是或者否",
    FactType.ROWS: "表格",
    FactType.DOCUMENT_NUMBER: "文号",
    FactType.IDENTITY: "证件号码",
}


@dataclass(frozen=True)
class FactKind:
    """One fact.  ``columns`` and ``widths`` are those of a table, ``over`` what a number past
    its bounds is told."""

    id: str
    label: str
    type: FactType
    ask: str
    choices: Mapping[str, str] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    widths: tuple[int, ...] = ()
    least: int | None = None
    most: int | None = None
    over: str = ""


@lru_cache(maxsize=1)
def fact_kinds() -> Mapping[str, FactKind]:
    """Every fact by name."""
    text = (files(__package__) / "facts.toml").read_text(encoding="utf-8")
    found = {}
    for name, data in tomllib.loads(text).items():
        try:
            found[name] = FactKind(
                id=name,
                label=data["label"],
                type=FactType(data["type"]),
                ask=data["ask"],
                choices=data.get("choices", {}),
                columns=tuple(data.get("columns", ())),
                widths=tuple(data.get("widths", ())),
                least=data.get("least"),
                most=data.get("most"),
                over=data.get("over", ""),
            )
        except (KeyError, ValueError) as error:
            raise LetterError(f"facts.toml, {name}: {error!r}") from error
    return found


def fact_kind(name: str) -> FactKind:
    """The fact called ``name``; LetterError where there is none."""
    try:
        return fact_kinds()[name]
    except KeyError:
        raise LetterError(f"facts.toml: there is no {name!r}") from None


@lru_cache(maxsize=1)
def names_by_label() -> Mapping[str, str]:
    """The name of each fact by its Chinese label."""
    return {kind.label: name for name, kind in fact_kinds().items()}

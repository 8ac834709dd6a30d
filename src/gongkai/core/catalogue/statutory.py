"""What every agency must publish unasked (法定主动公开内容): articles 20 and 21.

``20-1`` to ``20-15`` are the items of article 20, for every agency.  ``21-A`` is
what article 21 adds for governments of districted cities and counties and their
departments, ``21-B`` what it adds for townships.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from ..law import cite
from .load import Data, by_name, entry, made, read_data

_FILE = "statutory.toml"
_NUMERALS = "一二三四五六七八九"


@dataclass(frozen=True)
class StatutoryItem:
    """One item: the Regulation's words (``text``) and the column's short name (``label``).

    ``topics`` are the subjects that article 21 lists; ``agencies`` whom it names.
    """

    code: str
    label: str
    text: str
    basis: str
    agencies: str = ""
    topics: tuple[str, ...] = ()

    @property
    def article(self) -> int:
        return int(self.code.partition("-")[0])

    @property
    def ordinal(self) -> str:
        """``（七）``, as the Regulation numbers its items; "" for article 21, which does not."""
        number = self.code.partition("-")[2]
        return f"（{_chinese(int(number))}）" if number.isdigit() else ""

    @property
    def heading(self) -> str:
        """``（七）财政预算、决算``."""
        return self.ordinal + self.label

    @property
    def place(self) -> str:
        """``第二十条第（七）项``."""
        return f"第二十条第{self.ordinal}项" if self.ordinal else "第二十一条"

    @property
    def citation(self) -> str:
        return cite(self.basis)


def statutory_items() -> tuple[StatutoryItem, ...]:
    """Every item, in the Regulation's order."""
    return tuple(_items().values())


def statutory_item(code: str) -> StatutoryItem:
    """The item ``code`` (``"20-7"``, ``"21-B"``); CatalogueError where there is none."""
    return entry(_FILE, _items(), code)


@lru_cache(maxsize=1)
def _items() -> Mapping[str, StatutoryItem]:
    return by_name(_FILE, made(_FILE, read_data(_FILE)["item"], _item), lambda i: i.code)


def _item(data: Data) -> StatutoryItem:
    return StatutoryItem(
        code=data["code"],
        label=data["label"],
        text=data["text"],
        basis=data["basis"],
        agencies=data.get("agencies", ""),
        topics=tuple(data.get("topics", ())),
    )


def _chinese(number: int) -> str:
    """1 to 19 in Chinese."""
    tens, ones = divmod(number, 10)
    return "十" * tens + (_NUMERALS[ones - 1] if ones else "")

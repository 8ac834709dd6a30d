"""索引号: how the index numbers of an agency's information are made.

Article 12 asks for an index and leaves its form open; there is no national rule.
Each agency has a template, such as ``{org}/{year}-{seq:05d}``:

====================  =====================================================
``{org}``             the agency's code or unified social credit code
``{category}``        the code of the category of information
``{year}``            the year, four digits
``{month}``           the month, two digits
``{seq}``             the running number; ``{seq:05d}`` fills it up to five
====================  =====================================================

A number once given belongs to its item for ever; the caller keeps the counters,
one for each value of :attr:`IndexTemplate.counts_within`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from string import Formatter

from ..errors import IndexTemplateError

_WIDTHS = {"org": 0, "category": 0, "year": 4, "month": 2, "seq": 0}  # 0: of any width
_SEQUENCE = re.compile(r"(?:0([1-9])d?)?")
_NAMED = "、".join(f"{{{name}}}" for name in _WIDTHS)
# Index numbers are read aloud, typed into searches and stand in feeds: no spaces, no quotes.
_LITERAL = re.compile(r"[0-9A-Za-z\u4e00-\u9fff/\-_.()（）〔〕]*")
_SEPARATOR = re.compile(r"[^0-9A-Za-z\u4e00-\u9fff]")
_ORGAN = re.compile(r"[0-9A-Za-z\u4e00-\u9fff][0-9A-Za-z\u4e00-\u9fff\-_.]*")
# No separators here: else the codes A-1 and B would make the same number as A and 1-B.
_CATEGORY = re.compile(r"[0-9A-Za-z\u4e00-\u9fff]+")


@dataclass(frozen=True)
class IndexTemplate:
    """A template that was found sound: its text and its pieces, words before each field."""

    text: str
    pieces: tuple[tuple[str, str], ...]
    sequence_width: int

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(field for _, field in self.pieces if field)

    @property
    def counts_within(self) -> tuple[str, ...]:
        """The fields that together have one running number: all but the number itself."""
        return tuple(field for field in self.fields if field != "seq")

    def render(
        self, *, org: str, seq: int, year: int, month: int | None = None, category: str = ""
    ) -> str:
        """The index number; IndexTemplateError where the template needs what is not given."""
        if seq < 1:
            raise IndexTemplateError(f"流水号 {seq} 不对，应从 1 起。")
        values = {
            "org": _value("机关代码", org, _ORGAN, "汉字、字母、数字和 - _ ."),
            "seq": f"{seq:0{self.sequence_width}d}",
            "year": _between("年份", year, 1000, 9999, 4),
        }
        if "month" in self.fields:
            values["month"] = _between("月份", month, 1, 12, 2)
        if "category" in self.fields:
            values["category"] = _value("信息类别代码", category, _CATEGORY, "汉字、字母、数字")
        return "".join(words + (values[field] if field else "") for words, field in self.pieces)


def parse_template(text: str) -> IndexTemplate:
    """``text`` as a template; IndexTemplateError says in Chinese what is wrong with it."""
    pieces: list[tuple[str, str]] = []
    width = 1
    try:
        parsed = list(Formatter().parse(text))
    except ValueError as error:
        raise IndexTemplateError(f"索引号格式“{text}”的大括号不成对。") from error
    for words, field, spec, conversion in parsed:
        if not _LITERAL.fullmatch(words):
            raise IndexTemplateError(
                f"索引号格式里的“{words}”不能用，只能用汉字、字母、数字和 / - _ . ( ) 〔 〕。"
            )
        if field is None:
            pieces.append((words, ""))
            continue
        if field not in _WIDTHS:
            raise IndexTemplateError(f"索引号格式里的 {{{field}}} 认不出来，可以用 {_NAMED}。")
        if field in (used for _, used in pieces):
            raise IndexTemplateError(f"索引号格式里 {{{field}}} 写了两次。")
        found = _SEQUENCE.fullmatch(spec or "") if field == "seq" else None
        if conversion or (spec and not found):
            raise IndexTemplateError(
                f"索引号格式里 {{{field}}} 的写法不对，只有流水号可以定位数，如 {{seq:05d}}。"
            )
        if found and found[1]:
            width = int(found[1])
        pieces.append((words, field))
    template = IndexTemplate(text, tuple(pieces), width)
    _refuse_ambiguity(template)
    return template


def _refuse_ambiguity(template: IndexTemplate) -> None:
    """Refuse what could give two items one number."""
    for field, why in (
        ("seq", "没有流水号 {seq}，每条信息的索引号会相同"),
        ("org", "没有机关代码 {org}，不同机关的索引号会相同"),
    ):
        if field not in template.fields:
            raise IndexTemplateError(f"索引号格式“{template.text}”{why}。")
    if "month" in template.fields and "year" not in template.fields:
        raise IndexTemplateError("索引号格式有 {month} 没有 {year}，各年的索引号会相同。")
    free = ""  # a field of any width, with no separator after it yet
    for words, field in template.pieces:
        if _SEPARATOR.search(words):
            free = ""
        if field and not _WIDTHS[field]:
            if free:
                raise IndexTemplateError(
                    f"索引号格式里 {{{free}}} 和 {{{field}}} 之间要有分隔，如 - 或 /。"
                )
            free = field


def _value(label: str, value: str, allowed: re.Pattern[str], said: str) -> str:
    if not value:
        raise IndexTemplateError(f"没有填{label}。")
    if not allowed.fullmatch(value):
        raise IndexTemplateError(f"{label}“{value}”不能用，只能用{said}。")
    return value


def _between(label: str, value: int | None, least: int, most: int, width: int) -> str:
    if value is None:
        raise IndexTemplateError(f"没有给{label}。")
    if not least <= value <= most:
        raise IndexTemplateError(f"{label} {value} 不对。")
    return f"{value:0{width}d}"

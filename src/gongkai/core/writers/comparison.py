"""Two reports side by side as a page: what changed first, then the prose, section by section."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from lxml.etree import _Element

from ..report import AnnualReport, Cell
from ..report.compare import ComparedCell, ComparedSection, Comparison, Status
from .outline import UNREAD, title_of
from .page import element, facts, page

_Say = Callable[..., str]
_WORDS: dict[str, tuple[str, str]] = {
    "title": ("对比", "Comparison"),
    "left": ("甲", "A"),
    "right": ("乙", "B"),
    "counts": (
        "共 {all} 格，不同 {changed} 格，未读 {unread} 格",
        "{all} cells, {changed} changed, {unread} unread",
    ),
    "only": ("只有甲有 {left} 格，只有乙有 {right} 格", "{left} only in A, {right} only in B"),
    "cells": ("不同的格", "Cells that differ"),
    "none": ("每一格都相同。", "Every cell is the same."),
    "cell": ("项目", "Cell"),
    "difference": ("增减", "Difference"),
    "status": ("结果", "Result"),
    "sections": ("文字部分", "Prose"),
    "section": ("部分", "Section"),
    "length": ("{n} 字", "{n} characters"),
    "similarity": ("相同文字", "Same wording"),
    "empty": ("无文字", "empty"),
    "blank": ("空白", "blank"),
    "absent": ("没有这一格", "no such cell"),
    Status.SAME: ("相同", "same"),
    Status.CHANGED: ("不同", "changed"),
    Status.ONLY_LEFT: ("只有甲有", "only in A"),
    Status.ONLY_RIGHT: ("只有乙有", "only in B"),
    Status.UNREAD: ("未读", "unread"),
}  # fmt: skip


def render(
    comparison: Comparison, language: str = "zh", files: tuple[str, str] | None = None
) -> bytes:
    """``comparison`` as the bytes of a page in ``language``; ``files`` are the names of the two."""

    def say(name: str, **values: object) -> str:
        return _WORDS[name][language == "en"].format(**values)

    names = _names(comparison)
    title = f"{say('title')}：{names[0]} / {names[1]}"
    changed = comparison.count(Status.CHANGED)
    only = comparison.count(Status.ONLY_LEFT), comparison.count(Status.ONLY_RIGHT)
    counts = say(
        "counts",
        all=len(comparison.cells),
        changed=changed,
        unread=comparison.count(Status.UNREAD),
    )
    if any(only):
        counts += ("; " if language == "en" else "；") + say("only", left=only[0], right=only[1])
    told = [title_of(comparison.left), title_of(comparison.right)]
    if files:
        told = [f"{title}  {file}" for title, file in zip(told, files, strict=True)]
    rows = [_row(c, say) for c in comparison.changes]
    heads = [say(n) for n in ("cell", "left", "right", "difference", "status")]
    cells = _table(say("cells"), heads, rows) if rows else element("p", say("none"))
    sections = [_section(s, say) for s in comparison.sections]
    section_heads = [say(n) for n in ("section", "left", "right", "similarity")]
    main = element(
        "main",
        element("h1", title),
        facts(
            [
                (say("left"), told[0]),
                (say("right"), told[1]),
                (say("title"), counts),
            ]
        ),
        element("h2", say("cells")),
        cells,
        element("h2", say("sections")),
        _table(say("sections"), section_heads, sections) if sections else None,
        class_="gk-main gk-stack",
        id="main",
    )
    return page(
        title, element("div", main, class_="gk-wrap gk-stack gk-stack--5"), language=language
    )


def _names(comparison: Comparison) -> tuple[str, str]:
    """What tells the two apart: the years of one agency, or two agencies."""
    one, two = comparison.left, comparison.right

    def name(report: AnnualReport) -> str:
        year = f"{report.year}年" if report.year else ""
        return f"{report.agency or ''}{year}" or title_of(report)

    return name(one), name(two)


def _row(cell: ComparedCell, say: _Say) -> list[str]:
    return [
        cell.label,
        _printed(cell, cell.left, Status.ONLY_RIGHT, say),
        _printed(cell, cell.right, Status.ONLY_LEFT, say),
        _signed(cell.difference),
        say(cell.status),
    ]


def _printed(cell: ComparedCell, side: Cell | None, absent: Status, say: _Say) -> str:
    if side is None:
        return say("absent") if cell.status is absent else UNREAD
    return side.text or say("blank")


def _signed(difference: int | Decimal | None) -> str:
    if difference is None:
        return ""
    return f"+{difference}" if difference > 0 else str(difference)


def _section(section: ComparedSection, say: _Say) -> list[str]:
    def length(text: str) -> str:
        return say("length", n=len("".join(text.split()))) if text else say("empty")

    share = section.similarity
    return [
        section.title,
        length(section.left),
        length(section.right),
        "" if share is None else f"{share * 100:.1f}%",
    ]


def _table(caption: str, heads: list[str], rows: list[list[str]]) -> _Element:
    styles = [None, *["gk-num"] * (len(heads) - 2), None]
    cells = zip(heads, styles, strict=True)
    head = element(
        "tr", *(element("th", words, scope="col", class_=style) for words, style in cells)
    )
    body = element("tbody")
    for label, *values in rows:
        line = element("tr", element("th", label, scope="row"))
        *figures, result = values
        line.extend(element("td", words, class_="gk-num") for words in figures)
        line.append(element("td", result, class_="gk-no"))
        body.append(line)
    table = element(
        "table",
        element("caption", caption, class_="gk-sr"),
        element("thead", head),
        body,
        class_="gk-table",
    )
    return element("div", table, class_="gk-scroll", role="region", aria_label=caption, tabindex=0)

"""Markdown's own signs, and the HTML that Markdown may hold."""

from __future__ import annotations

import html
import re

_HEADING = re.compile(r"\s{0,3}(?:#{1,6}|={1,6})\s+(?=[^\s#=])")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>", re.DOTALL)
_OPEN_TAG = re.compile(r"<[A-Za-z/][^<>]*$")
_TABLE = re.compile(r"<(/?)table\b", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def heading(line: str) -> str:
    """The words of a heading marked with ``#`` (or AsciiDoc's ``=``), or ``""``."""
    found = _HEADING.match(line)
    if not found:
        return ""
    words = line[found.end() :].rstrip(" \t#=")
    mark = words.rfind("{")
    # {#anchor} or {.class}, which pandoc and PHP's Markdown put behind the words.
    if words.endswith("}") and words[mark + 1] in "#.":
        words = words[:mark].rstrip()
    return words


def opens_table(line: str) -> bool:
    """Whether an HTML table begins on ``line``."""
    return line.lstrip()[:6].lower() == "<table"


def end_of_table(lines: list[str], at: int) -> int:
    """The line behind the HTML table that begins at ``lines[at]``."""
    depth = 0
    for end in range(at, len(lines)):
        for tag in _TABLE.finditer(lines[end]):
            depth += -1 if tag[1] else 1
        if depth <= 0:
            return end + 1
    return len(lines)


def without_tags(text: str) -> str:
    """``text`` as it is shown: no tags, entities and escapes resolved."""
    shown = _TAG.sub("", _LINE_BREAK.sub("\n", text))
    return html.unescape(_ESCAPED.sub(r"\1", shown))


def goes_on(text: str) -> bool:
    """Whether ``text`` ends within a tag, which the next line goes on with."""
    return _OPEN_TAG.search(text) is not None

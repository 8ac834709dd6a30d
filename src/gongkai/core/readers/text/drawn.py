"""Tables drawn with characters: columns under rules of dashes, or cells within borders.

Columns are told by where their rule or border stands in print, two places for a
Chinese character.  What does not fit its drawing is no table and stays as it is.
"""

from __future__ import annotations

import itertools
import re
from typing import NamedTuple

from .width import cut, printed_width

_DASHES = re.compile(r"\s*(?:-{2,}|={2,})(?:\s+(?:-{2,}|={2,}))+\s*")
_ONE_RULE = re.compile(r"\s*-{10,}\s*")
_RUN = re.compile(r"-+|=+")
_BORDER = re.compile(r"\s*\+(?:[-=:]+\+)+\s*")
_BOX = str.maketrans({
    **dict.fromkeys("│┃║｜", "|"), **dict.fromkeys("─━═", "-"),
    **dict.fromkeys("┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛╔╦╗╠╬╣╚╩╝╭╮╰╯┠┨┯┷┿╂", "+"),
})  # fmt: skip
# Rows of a table drawn under rules; more is another document's line of dashes.
_MOST_ROWS = 400

Row = list[tuple[str, int]]


class Drawn(NamedTuple):
    """Rows of cells with the lines they begin on, and the line behind the table."""

    rows: list[Row]
    end: int


def plain(line: str) -> str:
    """``line`` with the characters boxes are drawn with as ``|``, ``-`` and ``+``."""
    return line.translate(_BOX)


def drawn(lines: list[str], at: int) -> Drawn | None:
    """The table whose first line is ``lines[at]``, or None where none is drawn there."""
    line = plain(lines[at])
    if _BORDER.fullmatch(line):
        return _bordered(lines, at)
    if _DASHES.fullmatch(line):
        return _under_rules(lines, at, at)
    if _ONE_RULE.fullmatch(line):
        for rule in range(at + 1, min(at + 8, len(lines))):
            if _DASHES.fullmatch(lines[rule]):
                return _under_rules(lines, at, rule)
    elif line.strip() and at + 1 < len(lines) and _DASHES.fullmatch(lines[at + 1]):
        return _headed(lines, at)
    return None


# ── columns under rules ───────────────────────────────────────


def _under_rules(lines: list[str], opening: int, rule: int) -> Drawn | None:
    """Rows between ``opening`` and a line like it; apart by blank lines where they may be long."""
    if rule + 1 >= len(lines) or _DASHES.fullmatch(lines[rule + 1]):
        return None
    edges = [printed_width(lines[rule][: run.start()]) for run in _RUN.finditer(lines[rule])][1:]
    end = _closing(lines, opening, rule)
    if end is None:
        return None
    inside = [at for at in range(opening + 1, end) if at != rule]
    body = [at for at in inside if not _DASHES.fullmatch(lines[at])]
    apart = any(not lines[at].strip() for at in body)
    rows: list[Row] = []
    fresh = True
    for at in body:
        if not lines[at].strip():
            fresh = True
            continue
        cells = [(cell.strip(), at + 1) for cell in cut(lines[at].rstrip(), edges)]
        if apart and not fresh:
            rows[-1] = [
                (f"{above}\n{below}".strip(), first)
                for (above, first), (below, _) in zip(rows[-1], cells, strict=True)
            ]
        else:
            rows.append(cells)
        fresh = False
    return Drawn(rows, end + 1) if rows else None


def _closing(lines: list[str], opening: int, rule: int) -> int | None:
    """The last line like ``opening`` before the table ends."""
    mark = lines[opening].strip()
    last = None
    for at in range(rule + 1, min(rule + _MOST_ROWS, len(lines))):
        if lines[at].strip() == mark:
            last = at
            if at + 1 >= len(lines) or not lines[at + 1].strip():
                return at
        elif last is not None and _DASHES.fullmatch(lines[at]):
            return last
    return last


def _headed(lines: list[str], at: int) -> Drawn | None:
    """Heads above a rule, a row a line below it, an empty line at the end."""
    edges = [printed_width(lines[at + 1][: r.start()]) for r in _RUN.finditer(lines[at + 1])][1:]
    end = at + 2
    while end < len(lines) and lines[end].strip():
        end += 1
    rows = [
        [(cell.strip(), row + 1) for cell in cut(lines[row].rstrip(), edges)]
        for row in (at, *range(at + 2, end))
        if not _DASHES.fullmatch(lines[row])
    ]
    return Drawn(rows, end)


# ── cells within borders ──────────────────────────────────────


def _bordered(lines: list[str], at: int) -> Drawn | None:
    """Rows between full borders; a cell's words may take several lines."""
    if at + 1 >= len(lines) or not plain(lines[at + 1]).lstrip().startswith("|"):
        return None
    border = plain(lines[at]).rstrip()
    wide = printed_width(border)
    end = at
    while end < len(lines) and plain(lines[end]).lstrip()[:1] in ("+", "|"):
        if printed_width(plain(lines[end]).rstrip()) != wide:
            return None
        end += 1
    inner = [plain(line).rstrip() for line in lines[at:end]]
    rules = [n for n, line in enumerate(inner) if _BORDER.fullmatch(line)]
    crossings = {m.start() for n in rules for m in re.finditer(r"\+", inner[n])}
    edges = sorted(crossings)
    rows: list[Row] = []
    for above, below in itertools.pairwise(rules):
        block = inner[above + 1 : below]
        if not block:
            continue
        walls = [e for e in edges if all(_stands(line, e) for line in block)]
        pieces = [[p[1:].strip() for p in cut(line, walls)[1:-1]] for line in block]
        rows.append(
            [
                ("\n".join(filter(None, words)), at + above + 2)
                for words in zip(*pieces, strict=True)
            ]
        )
    return Drawn(rows, end) if rows else None


def _stands(line: str, place: int) -> bool:
    """Whether a border stands in ``line`` at a printed column."""
    at = 0
    for character in line:
        if at >= place:
            return at == place and character in "|+"
        at += 2 if ord(character) > 0x2E7F else 1
    return False

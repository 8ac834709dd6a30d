"""The body with the findings marked in it, or with something else in their places.

A mark is a link to its finding with the finding's number: ``<a class="gk-spot"
href="#find3">… <sup>3</sup></a>``.  Words are marked exactly where they stand,
also where they run through bold print or the end of a link; the text itself is
not changed by a single character.  Since a link cannot stand in a link, a link
that holds a mark is shown without its address.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from html import escape
from itertools import accumulate
from typing import NamedTuple

from lxml import etree

from ..personal_numbers import personal_numbers
from .page_text import text_with_places
from .placed_text import PlacedText, Run

_MASK = "***"


class Mark(NamedTuple):
    """A stretch of the text, the number of its finding, and whether that is only a warning."""

    start: int
    end: int
    number: int
    warning: bool = False


def mark(body_html: str, marks: Iterable[Mark | tuple[int, int, int]]) -> str:
    """The body with every stretch marked; what lies outside the text is left out."""
    placed = text_with_places(body_html)
    starts = [run.start for run in placed.runs]
    told = [Mark(*given) for given in marks]
    told = [m for m in told if 0 <= m.start <= m.end <= len(placed.text)]
    told.sort(key=lambda m: (m.end - m.start, m.number))
    _unlink(placed, _Stretches((m.start, m.end) for m in told).touch)
    within: dict[int, list[Mark]] = defaultdict(list)
    ending: dict[int, list[Mark]] = defaultdict(list)
    for one in told:
        for at in _runs(placed, starts, one.start, one.end):
            within[at].append(one)
        # A link without words is marked where it stands, behind what comes before it.
        ending[bisect_left(starts, one.end + (one.start == one.end)) - 1].append(one)
    # From the last to the first: what follows a picture is written before its mark is.
    for at in sorted({*within, *ending} - {-1}, reverse=True):
        run = placed.runs[at]
        _set(run, _pieces(run, within[at], ending[at]))
    for one in ending[-1]:
        placed.root.append(_sign(one))
    return _written(placed)


def mark_title(title: str, marks: Iterable[Mark | tuple[int, int, int]]) -> str:
    """A title with its findings marked, as html."""
    return mark(escape(title, quote=False), marks)


def replace(body_html: str, instead: Iterable[tuple[int, int, str]]) -> str:
    """The body with other words in each stretch: a number masked, a word spelt right."""
    placed = text_with_places(body_html)
    starts = [run.start for run in placed.runs]
    within: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    free = 0
    # Where stretches overlap, the one that begins first stands.
    for start, end, words in sorted(instead):
        if free <= start < end <= len(placed.text):
            free = end
            for at in _runs(placed, starts, start, end):
                if placed.runs[at].slot != "picture":
                    within[at].append((start, end, words))
                    # Words that run through several nodes are all put into the first.
                    words = ""
    for at, here in within.items():
        _set(placed.runs[at], [_replaced(placed.runs[at], here)])
    return _written(placed)


def _replaced(run: Run, here: Sequence[tuple[int, int, str]]) -> str:
    source, at, pieces = _source(run), run.start, []
    for start, end, words in here:
        pieces.append(source[at - run.start : max(start, at) - run.start])
        pieces.append(words)
        at = min(end, run.end)
    return "".join((*pieces, source[at - run.start :]))


def mask(body_html: str, stretches: Iterable[tuple[int, int]]) -> str:
    """The body with each stretch masked: a number of a person as usual, other words with stars."""
    text = text_with_places(body_html).text
    return replace(body_html, [(start, end, _masked(text[start:end])) for start, end in stretches])


def unlink(body_html: str, stretches: Iterable[tuple[int, int]]) -> str:
    """The body with the links at these stretches taken away and their words kept."""
    placed = text_with_places(body_html)
    wanted = set(stretches)
    _unlink(placed, lambda start, end: (start, end) in wanted)
    return _written(placed)


class _Stretches:
    """Stretches of the text, to be asked whether any of them touches another."""

    def __init__(self, stretches: Iterable[tuple[int, int]]) -> None:
        told = sorted(stretches)
        self._points = [start for start, end in told if start == end]
        self._starts = [start for start, end in told if start < end]
        # The farthest end of all that begin no later.
        self._reach = list(accumulate((end for start, end in told if start < end), max))

    def touch(self, start: int, end: int) -> bool:
        """Whether one lies over this stretch, or stands without words in it or beside it."""
        point = bisect_left(self._points, start)
        if point < len(self._points) and self._points[point] <= end:
            return True
        at = bisect_left(self._starts, end) - 1
        return at >= 0 and self._reach[at] > start


def _masked(words: str) -> str:
    numbers = personal_numbers(words)
    return numbers[0].masked if len(numbers) == 1 and len(words) < 30 else _MASK


def _unlink(placed: PlacedText, wanted: Callable[[int, int], bool]) -> None:
    for node, start, end in placed.elements:
        if node.tag == "a" and wanted(start, end):
            for name in ("href", "target", "rel", "download"):
                if name in node.attrib:
                    del node.attrib[name]
            node.tag = "span"


def _runs(placed: PlacedText, starts: Sequence[int], start: int, end: int) -> range:
    """The numbers of the runs that a stretch runs through."""
    if start >= end or not starts:
        return range(0)
    first = max(bisect_right(starts, start) - 1, 0)
    if placed.runs[first].end <= start:
        first += 1
    return range(first, bisect_left(starts, end))


def _pieces(run: Run, here: Sequence[Mark], ending: Sequence[Mark]) -> list[str | etree._Element]:
    """A run cut where marks begin and end; of marks over one another the shortest shows."""
    bounds = {run.start, run.end}
    for one in here:
        bounds |= {max(one.start, run.start), min(one.end, run.end)}
    behind = {one.number: min(max(one.end, run.start), run.end) for one in ending}
    cuts = sorted(bounds | set(behind.values()))
    source = "" if run.slot == "picture" else _source(run)
    pieces: list[str | etree._Element] = []
    signed: set[int] = set()
    for start, end in zip(cuts, [*cuts[1:], run.end], strict=True):
        for one in ending:
            if behind[one.number] == start and one.number not in signed:
                _close(pieces, one)
                signed.add(one.number)
        words = source[start - run.start : end - run.start]
        over = [m for m in here if m.start <= start and end <= m.end and start < end]
        if over and run.slot != "picture":
            shown = min(over, key=lambda m: (m.end - m.start, m.number))
            pieces.append(_link(shown, words))
        elif words:
            pieces.append(words)
    return pieces


def _close(pieces: list[str | etree._Element], one: Mark) -> None:
    """The number of a mark behind its last word: within its link, where that is its own."""
    last = pieces[-1] if pieces else None
    if (
        isinstance(last, etree._Element)
        and last.get("href") == f"#find{one.number}"
        and not len(last)
    ):
        last.append(_number(one))
    else:
        pieces.append(_sign(one))


def _link(one: Mark, words: str = "") -> etree._Element:
    link = etree.Element("a")
    link.set("class", "gk-spot gk-spot--warn" if one.warning else "gk-spot")
    link.set("href", f"#find{one.number}")
    link.text = words
    return link


def _sign(one: Mark) -> etree._Element:
    link = _link(one)
    link.append(_number(one))
    return link


def _number(one: Mark) -> etree._Element:
    number = etree.Element("sup")
    number.text = str(one.number)
    return number


def _source(run: Run) -> str:
    words = run.node.text if run.slot == "text" else run.node.tail
    return words or ""


def _set(run: Run, pieces: Sequence[str | etree._Element]) -> None:
    """Put text and marks where the run's text was."""
    node, at = run.node, 0
    parent = node if run.slot == "text" else node.getparent()
    if parent is None:
        return
    if run.slot == "text":
        node.text = ""
    else:
        at = parent.index(node) + 1
        if run.slot == "tail":
            node.tail = ""
    before: etree._Element | None = None
    for piece in pieces:
        if isinstance(piece, str):
            if before is not None:
                before.tail = (before.tail or "") + piece
            elif run.slot == "text":
                node.text = (node.text or "") + piece
            else:
                node.tail = (node.tail or "") + piece
        else:
            if before is None and run.slot == "picture":
                # What follows the picture follows its mark.
                piece.tail, node.tail = node.tail, ""
            parent.insert(at, piece)
            before, at = piece, at + 1


def _written(placed: PlacedText) -> str:
    written = etree.tostring(placed.root, method="html", encoding="unicode")
    return written[written.index(">") + 1 : written.rindex("</")]

"""What holds for words because of the elements round them: marks, a link, a place.

Elements and styles say the same things (``<b>``, ``font-weight: bold``); where they differ the
style is what a screen shows.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from lxml.etree import _Element

from .addresses import link_to
from .content import NO_MARKS
from .looks import PLAIN, Look

_MARKS = {"b": "strong", "strong": "strong", "u": "u", "s": "s", "strike": "s", "del": "s",
          "sup": "sup", "sub": "sub"}  # fmt: skip
_RAISED = frozenset({"sup", "sub"})


@dataclass(frozen=True, slots=True)
class Around:
    """What holds for the words of an element because of the elements round it.

    ``inner`` is set within cells and list items, where nothing stands anywhere of its own.
    """

    marks: frozenset[str] = NO_MARKS
    href: str = ""
    tag: str = "p"
    place: str = ""
    indent: float = 0.0
    preserved: bool = False
    signs: str = ""
    bullet: int = 0
    inner: bool = False


def looking(around: Around, look: Look) -> Around:
    """``around`` with what an element's styles say over it."""
    if look is PLAIN:
        return around
    marks = set(around.marks)
    told = (("strong", look.bold), ("u", None if around.href else look.underlined))
    for mark, on in (*told, ("s", look.struck)):
        if on is not None:
            (marks.add if on else marks.discard)(mark)
    if look.raised is not None:
        marks -= _RAISED
        marks |= {look.raised} if look.raised else set()
    return replace(
        around,
        marks=frozenset(marks),
        place=around.place if look.place is None else look.place,
        preserved=around.preserved if look.preserved is None else look.preserved,
        signs=around.signs if look.signs is None else look.signs,
    )


def marking(element: _Element, tag: str, look: Look, around: Around) -> Around:
    """``around`` with what an inline element says by its name, where no style says otherwise."""
    if tag == "a":
        href = link_to(element.get("href"))
        return replace(around, href=href, marks=around.marks - {"u"}) if href else around
    if tag == "font":
        face = element.get("face", "").lower()
        return replace(around, signs=face) if face.startswith("wingdings") else around
    mark = _MARKS.get(tag)
    told = {"strong": look.bold, "u": look.underlined, "s": look.struck}
    if mark is None or told.get(mark) is not None:
        return around
    marks = around.marks - _RAISED if mark in _RAISED else around.marks
    return replace(around, marks=marks | {mark})

"""The numbers and bullets that Word writes into html before the items of its lists.

Word pastes a list as paragraphs, each with its mark in a part of its own (``mso-list:Ignore``)
followed by a row of spaces.  A number is kept as it is printed; a bullet tells a list item.
"""

from __future__ import annotations

from lxml.etree import _Element

from .looks import Look, Sheet

_WHITE = " \xa0\u3000\t\r\n"
_LONGEST_BULLET = 2
# After these a number needs no space.
_CLOSING = "、．。）》〉】"


def take_marker(paragraph: _Element, look: Look, sheet: Sheet) -> int:
    """Tidy the mark of ``paragraph``; the level of its list where the mark is a bullet, else 0."""
    for part in paragraph.iter("span"):
        if sheet.look(part, "span").is_number:
            mark = "".join(map(str, part.itertext())).strip(_WHITE)
            bullet = _is_bullet(mark, part, sheet)
            part.text = "" if bullet else spaced(mark)
            part[:] = []
            return look.list_level if bullet else 0
    return 0


def spaced(number: str) -> str:
    """A number with the gap that follows it in a line of text."""
    return number if not number or number[-1] in _CLOSING else number + " "


def _is_bullet(mark: str, part: _Element, sheet: Sheet) -> bool:
    if not mark or len(mark) > _LONGEST_BULLET:
        return False
    if not mark.isalnum():
        return not any(sign.isalnum() for sign in mark) and mark[-1] not in _CLOSING
    # "l", "n", "Ø" and "o" are bullets in a font of signs alone.
    spans = [part, *part.iter("span"), *part.iterancestors("span")]
    return mark == "o" or any(sheet.look(span, "span").signs for span in spans)

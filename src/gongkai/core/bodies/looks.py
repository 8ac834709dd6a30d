"""What the styles of pasted html say that is more than looks.

Bold, raised, lowered, underlined and struck-out text, where a paragraph stands, how far it is
indented, and Word's own notes (``mso-list`` and its like).  Style sheets are heard as far as
Word, WPS and Excel write them: rules for one class or one kind of element.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from lxml.etree import _Element

_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SELECTOR = re.compile(r"([a-z][a-z0-9]*|)(?:\.([\w-]+))?", re.IGNORECASE)
_TELLING = re.compile(
    r"font|text-|vertical-align|display|mso-|list-style|white-space", re.IGNORECASE
)
_LEVEL = re.compile(r"level(\d)")
_LENGTH = re.compile(r"(-?[\d.]+)(pt|px|em|cm|mm|in)?")
_EMS = {"pt": 1 / 16, "px": 1 / 21, "em": 1.0, "cm": 28.35 / 16, "mm": 2.835 / 16, "in": 4.5}
_BOLD = frozenset({"bold", "bolder", "600", "700", "800", "900"})
_BLOCKS = frozenset({"block", "flex", "grid", "table", "list-item", "flow-root"})
_PLACES = {"center": "gk-center", "-webkit-center": "gk-center", "right": "gk-sign",
           "end": "gk-sign", "-webkit-right": "gk-sign"}  # fmt: skip
# Boxes and ticks that forms draw with a font of signs.
_SIGNS = {
    "wingdings": dict(zip("¨oqþxýûüln", "□□□☑☒☒✗√●■", strict=True)),
    "wingdings 2": dict(zip("£*RST\x50", "□□☑☒☒√", strict=True)),
}


@dataclass(frozen=True, slots=True)
class Look:
    """What is declared of one element; None where nothing is.

    ``list_level`` is the level of a paragraph that Word keeps as a list item, ``is_number``
    marks the number Word prints before it; ``word_part`` is a part of Word's own
    (``comment-list``…), ``signs`` the font of signs that the words are printed in.
    """

    bold: bool | None = None
    raised: str | None = None
    underlined: bool | None = None
    struck: bool | None = None
    place: str | None = None
    indent: float = 0.0
    block: bool | None = None
    preserved: bool | None = None
    counted: str = ""
    outline: int = 0
    list_level: int = 0
    is_number: bool = False
    word_part: str = ""
    signs: str | None = None


PLAIN = Look()


@dataclass(slots=True)
class Sheet:
    """The style sheets of one piece of html."""

    rules: dict[tuple[str, str], str] = field(default_factory=dict)
    _seen: dict[tuple[str, str, str], Look] = field(default_factory=dict)

    def look(self, element: _Element, tag: str) -> Look:
        """What the sheets and the element's own style say of it."""
        style, name = element.get("style", ""), element.get("class", "")
        if not style and not name and not self.rules:
            return PLAIN
        key = (tag, name, style)
        known = self._seen.get(key)
        if known is None:
            said = [self.rules.get((tag, ""), "")]
            for one in name.split():
                said += [self.rules.get(("", one), ""), self.rules.get((tag, one), "")]
            known = self._seen[key] = declared(";".join([*said, style]))
        return known


def sheet_of(styles: list[str]) -> Sheet:
    """The rules of the style sheets ``styles``."""
    sheet = Sheet()
    for text in styles:
        for selectors, declarations in _RULE.findall(_COMMENT.sub("", text)):
            if not _TELLING.search(declarations):
                continue
            for selector in selectors.split(","):
                found = _SELECTOR.fullmatch(selector.strip())
                if found and (found[1] or found[2]):
                    key = (found[1].lower(), found[2] or "")
                    sheet.rules[key] = sheet.rules.get(key, "") + ";" + declarations
    return sheet


@lru_cache(maxsize=4096)
def declared(style: str) -> Look:
    """What the declarations ``style`` say."""
    if not _TELLING.search(style):
        return PLAIN
    values: dict[str, str] = {}
    for declaration in style.split(";"):
        name, colon, value = declaration.partition(":")
        if colon:
            values[name.strip().lower()] = value.partition("!")[0].strip().lower()
    get = values.get
    line = get("text-decoration", "") + " " + get("text-decoration-line", "")
    decorated = bool(line.strip())
    marked = get("mso-list", "")
    level = _LEVEL.search(marked)
    display = get("display")
    outline = get("mso-outline-level", "")
    return Look(
        bold=_bold(get("font-weight"), get("font", "")),
        raised={"super": "sup", "sub": "sub", "baseline": ""}.get(get("vertical-align", "-")),
        underlined=("underline" in line or None) if decorated else _on(get("text-underline")),
        struck=("line-through" in line or None) if decorated else _on(get("text-line-through")),
        place=_PLACES.get(get("text-align", "-"), "" if "text-align" in values else None),
        indent=_indent(values),
        block=None if display is None else display in _BLOCKS,
        preserved=get("white-space", "").startswith("pre") if "white-space" in values else None,
        counted=get("list-style-type", "") or get("list-style", ""),
        outline=int(outline) if outline.isdigit() else 0,
        list_level=int(level[1]) if level else 0,
        is_number=marked == "ignore",
        word_part=get("mso-element", "") or get("mso-special-character", ""),
        signs=_signs(values),
    )


def in_signs(words: str, font: str) -> str:
    """``words`` as they show in a font of signs, as far as forms use it."""
    signs = _SIGNS.get(font, {})
    return "".join([signs.get(_plain_code(word), word) for word in words])


def _plain_code(word: str) -> str:
    """A character of the private area that such fonts use, as the code it stands for."""
    return chr(ord(word) & 0xFF) if "\uf000" <= word <= "\uf0ff" else word


def _bold(weight: str | None, font: str) -> bool | None:
    if weight is not None:
        return weight in _BOLD
    return True if any(word in _BOLD for word in font.split()) else None


def _on(value: str | None) -> bool | None:
    return None if value is None else value not in ("", "none")


def _indent(values: dict[str, str]) -> float:
    """How far the first line begins from the edge, in characters."""
    counted = values.get("mso-char-indent-count", "")
    if _LENGTH.fullmatch(counted):
        first = float(counted) if counted.count(".") < 2 else 0.0
    else:
        first = _ems(values.get("text-indent", ""))
    return first + _ems(values.get("margin-left", "")) + _ems(values.get("padding-left", ""))


def _ems(length: str) -> float:
    found = _LENGTH.fullmatch(length)
    if not found or found[1].count(".") > 1 or found[1] in (".", "-", "-."):
        return 0.0
    return float(found[1]) * _EMS.get(found[2] or "px", 0.0)


def _signs(values: dict[str, str]) -> str | None:
    font = values.get("mso-symbol-font-family") or values.get("font-family")
    if font is None:
        return None
    first = font.split(",")[0].strip().strip("\"'")
    return first if first in _SIGNS or first == "symbol" else ""

"""White space in a body: what a program adds to place words goes, what it means stays.

Indents typed as spaces go (the style sheet indents); a line that stands far to the right is a
signature; a line break followed by an indent, or by another break, is the end of a paragraph.
Blanks to be filled in, which are underlined spaces, stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from .content import (
    CENTRED,
    FLUSH,
    HEADINGS,
    SIGNED,
    Block,
    Break,
    Inline,
    Paragraph,
    Text,
    says_something,
    words_of,
)

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef]")
# Widths in ems of what people type to push words to the right.
_WIDTHS = {"\u3000": 1.0, "\u2003": 1.0, "\xa0": 0.5, "\u2002": 0.5}
_PUSHING = (
    "\u3000\xa0 \t\r\n\f\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f"
)
# A run that needs no more than its end trimmed.
_WORKLESS = re.compile(rf"(?![{_PUSHING}])(?:[^\t\r\n\f\xa0 ]| (?! ))*")
# Stands for a picture among characters.
_OBJECT = "\ufffc"
# So far to the right stands nothing but a signature and its date.
FAR_RIGHT = 8.0
LONGEST_SIGNATURE = 40
# Whom a document is sent to (主送机关): the first line, ending in a colon.
_ADDRESSED = re.compile(r"各|局|政府|办|委|单位|部门|公司|学校|院|街道|乡|镇|社区|同志|企业")
_LONGEST_ADDRESS = 200
_FIRST = 8
# An indent of this width after a line break begins a paragraph.
_INDENT = 1.5
# What is longer is a paragraph that somebody gave the look of a heading.
_LONGEST_HEADING = 120


def tidy(paragraph: Paragraph) -> list[Paragraph]:
    """``paragraph`` without the white space that only placed it; several where it held several."""
    made: list[Paragraph] = []
    lines: list[list[Inline]] = []
    tag, place, pushed = paragraph.tag, paragraph.place, 0.0

    def end() -> None:
        if lines:
            made.append(_paragraph(paragraph, tag, place, _joined(lines), pushed))
            lines.clear()

    after_blank = False
    for raw in _lines(paragraph.content):
        line, indent = _tidy_line(raw)
        if not says_something(line):
            after_blank = True
            continue
        if not lines:
            pushed = indent
        elif tag == "p" and (after_blank or indent >= _INDENT):
            end()
            pushed = indent
        lines.append(line)
        after_blank = False
    end()
    return made


def _paragraph(
    source: Paragraph, tag: str, place: str, content: list[Inline], pushed: float
) -> Paragraph:
    length = len(words_of(content))
    if tag in HEADINGS:
        if length > _LONGEST_HEADING or not any(isinstance(p, Text) for p in content):
            tag = "p"
        else:
            content = merged(without_mark(content, "strong"))
            place = place if place == CENTRED else ""
    if tag == "p" and not place and pushed >= FAR_RIGHT and length <= LONGEST_SIGNATURE:
        place = SIGNED
    return Paragraph(content, tag, place, source.bullet)


def without_mark(content: Sequence[Inline], mark: str) -> list[Inline]:
    """``content`` with ``mark`` taken off."""
    gone = {mark}
    return [replace(part, marks=part.marks - gone) if part.marks else part for part in content]


def merged(content: Sequence[Inline]) -> list[Inline]:
    """``content`` with neighbouring runs of the same marks and link made one."""
    made: list[Inline] = []
    words: list[str] = []
    for part in content:
        last = made[-1] if made else None
        if (
            isinstance(part, Text)
            and isinstance(last, Text)
            and part.marks == last.marks
            and part.href == last.href
        ):
            words.append(part.words)
            continue
        _close(made, words)
        made.append(part)
        words = [part.words] if isinstance(part, Text) else []
    _close(made, words)
    return made


def _close(made: list[Inline], words: list[str]) -> None:
    """Put together the words of the run that is the last of ``made``."""
    last = made[-1] if made else None
    if len(words) > 1 and isinstance(last, Text):
        made[-1] = replace(last, words="".join(words))


def _lines(content: Sequence[Inline]) -> Iterator[list[Inline]]:
    line: list[Inline] = []
    for part in content:
        if isinstance(part, Break):
            yield line
            line = []
        else:
            line.append(part)
    yield line


def _joined(lines: list[list[Inline]]) -> list[Inline]:
    content = list(lines[0])
    for line in lines[1:]:
        content.append(Break())
        content.extend(line)
    return content


def _tidy_line(line: list[Inline]) -> tuple[list[Inline], float]:
    """A line with its spaces collapsed and its edges bare, and how far it was pushed in."""
    line = merged(_seen(line))
    if len(line) == 1 and isinstance(line[0], Text) and _WORKLESS.fullmatch(line[0].words):
        words = line[0].words.rstrip(_PUSHING)
        return [line[0] if words == line[0].words else replace(line[0], words=words)], 0.0
    line, indent = _bare(line)
    line = _bare(line[::-1], at_end=True)[0][::-1]
    line = _collapsed([_loose(part) for part in line])
    return merged([part for part in line if not isinstance(part, Text) or part.words]), indent


def _seen(line: list[Inline]) -> list[Inline]:
    """``line`` without what cannot be seen."""
    made: list[Inline] = []
    for part in line:
        if isinstance(part, Text) and not part.words.isprintable():
            part = replace(part, words=_INVISIBLE.sub("", part.words))
        if not isinstance(part, Text) or part.words:
            made.append(part)
    return made


def _loose(part: Inline) -> Inline:
    """A run whose fixed spaces are ordinary ones, unless they are a blank to be filled in."""
    if isinstance(part, Text) and "\xa0" in part.words and not _is_blank_to_fill(part):
        return replace(part, words=part.words.replace("\xa0", " "))
    return part


def _is_blank_to_fill(part: Text) -> bool:
    return "u" in part.marks and "\xa0\xa0" in part.words


def _bare(line: list[Inline], at_end: bool = False) -> tuple[list[Inline], float]:
    """``line`` (turned round for its end) without the spaces it begins with, and their width."""
    width = 0.0
    for at, part in enumerate(line):
        if not isinstance(part, Text) or _is_blank_to_fill(part):
            return line[at:], width
        words = part.words.rstrip(_PUSHING) if at_end else part.words.lstrip(_PUSHING)
        gone = part.words[len(words) :] if at_end else part.words[: len(part.words) - len(words)]
        width += sum(_WIDTHS.get(space, 0.0) for space in gone)
        if words:
            return [replace(part, words=words), *line[at + 1 :]], width
    return [], width


def _collapsed(line: list[Inline]) -> list[Inline]:
    """White space collapsed across runs, the breaks of the source between Chinese gone."""
    made: list[Inline] = []
    before = " "
    for at, part in enumerate(line):
        if not isinstance(part, Text):
            made.append(part)
            before = _OBJECT
            continue
        words, end = "", 0
        for space in _SPACE.finditer(part.words):
            words += part.words[end : space.start()]
            end = space.end()
            last = words[-1:] or before
            following = part.words[end : end + 1] or _first_of(line, at + 1)
            broken = "\n" in space[0] and _WIDE.match(last) and _WIDE.match(following)
            if following and not broken and last not in " \xa0":
                words += " "
        words += part.words[end:]
        before = words[-1:] or before
        made.append(replace(part, words=words))
    return made


def _first_of(line: list[Inline], at: int) -> str:
    """The first character from the part ``at`` on; "" at the end of the line."""
    for part in line[at:]:
        if not isinstance(part, Text):
            return _OBJECT
        if part.words:
            return part.words[0]
    return ""


def addressed(blocks: list[Block]) -> list[Block]:
    """``blocks``, the line that names whom the document is sent to standing at the edge."""
    for block in blocks[:_FIRST]:
        if isinstance(block, Paragraph) and block.tag == "p" and not block.place:
            words = words_of(block.content)
            if (
                words.endswith(("：", ":"))
                and len(words) <= _LONGEST_ADDRESS
                and not re.search("[。；]", words)
                and _ADDRESSED.search(words)
            ):
                block.place = FLUSH
            break
    return blocks

"""Whether two names are of one agency, and which name a signature gives."""

from __future__ import annotations

import re

_NOT_NAME = re.compile(r"\s|（[^（）]*）|\([^()]*\)")
# 青石区 and 青石区人民政府, 莲花街道 and 莲花街道办事处 are one agency each.
_BODY = re.compile(r"(?<=.)(?:人民)?政府$|(?<=街道)办事处$")
_LINE = re.compile(r"[\u4e00-\u9fff]{2,40}(?:局|委员会|厅|街道办事处|街道|[乡镇]人民政府|中心)")
_GOVERNMENT = re.compile(r"政府(?:办公[室厅])?$|[省市县区旗州]$")


def same(one: str, other: str) -> bool:
    """Whether the names are of one agency, the place before it left out or not."""
    a, b = _bare(one), _bare(other)
    return a.endswith(b) or b.endswith(a)


def signatory(text: str) -> str:
    """The agency that a signature names on a line of its own; ``""`` where none is plain."""
    names = [m.group() for m in map(_LINE.fullmatch, _lines(text)) if m]
    return names[0] if len(names) == 1 else ""


def apart(agency: str, signed: str) -> bool:
    """Whether ``signed`` is without doubt another agency than ``agency``.

    Short names (发改委) and renamings that only add words are none, nor is an
    office of the agency; a government's report may be signed by its office.
    """
    a, b = _bare(agency), _bare(signed)
    if _GOVERNMENT.search(_NOT_NAME.sub("", agency)) or not _LINE.fullmatch(
        _NOT_NAME.sub("", agency)
    ):
        return False
    return not (_within(a, b) or _within(b, a))


def _bare(name: str) -> str:
    bare = _NOT_NAME.sub("", name).replace("管理委员会", "管委会")
    return _BODY.sub("", bare)


def _lines(text: str) -> list[str]:
    return [_NOT_NAME.sub("", line) for line in text.splitlines()]


def _within(short: str, long: str) -> bool:
    """Whether the letters of ``short`` stand in ``long`` in their order: 发改委, 发展和改革委员会."""
    letters = iter(long)
    return all(letter in letters for letter in short)

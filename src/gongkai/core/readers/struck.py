"""Text struck out by hand: it counts as deleted, but no figure may come of what is left."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..finding import Finding
from ..rules import find

# What a cell with nothing but a figure may say.
_FIGURE = re.compile(r"约?[\d\s.,，．+\-−—－/%％()（）]*[件万元个人次]{0,2}\s*")
# More is no figure, whatever it is made of.
_LONGEST_FIGURE = 40
# Struck words told one by one.
_MOST_NAMED = 10


def is_doubtful(struck: str, left: str) -> bool:
    """Whether striking out leaves a cell nobody can be sure of: no figure, or half of one.

    Labels and prose are as sure without the words struck out as they were with them.
    """
    if not left.strip():
        return bool(struck.strip()) and _is_figure(struck)
    return any(sign.isdigit() for sign in struck) and _is_figure(left)


def _is_figure(words: str) -> bool:
    return len(words) <= _LONGEST_FIGURE and bool(_FIGURE.fullmatch(words))


def struck_text(struck: Sequence[str]) -> Finding:
    """The note that says what was left out, ``struck`` piece by piece."""
    told = dict.fromkeys("".join(words.split()) for words in struck)
    return find("document.struck_text", count=len(struck), printed=list(told)[:_MOST_NAMED])

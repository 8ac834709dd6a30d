"""How much of one text stands in another: the measure of copied wording (雷同).

The share is that of characters which stand in a run of at least eight that the
other text has too.  Years, digits and punctuation do not count unless asked
for, so a text with only its year changed is still a copy; short boilerplate is
not looked at.
"""

from __future__ import annotations

import re

RUN = 8
LEAST = 80

_NOT_WORDS = re.compile(r"[\W\d_]+")
_NOT_SIGNS = re.compile(r"[\W_]+")


def bare(text: str, digits: bool = False) -> str:
    """The words of a text without spaces and punctuation, and without digits unless asked for."""
    return (_NOT_SIGNS if digits else _NOT_WORDS).sub("", text)


def share(here: str, there: str) -> int:
    """Percent of ``here`` that stands in runs which ``there`` has too; 0 for short texts.

    Both are texts made :func:`bare`.
    """
    if len(here) < LEAST or len(there) < RUN:
        return 0
    runs = {there[i : i + RUN] for i in range(len(there) - RUN + 1)}
    shared = counted = 0
    for i in range(len(here) - RUN + 1):
        if here[i : i + RUN] in runs:
            shared += i + RUN - max(i, counted)
            counted = i + RUN
    return shared * 100 // len(here)

"""A label of table three that is worded as no edition words it: which row is meant?

Answered only where one row stands out: by the same beginning, or by likeness
together with the ordinal.  Otherwise no row is named and nothing is guessed.
"""

from __future__ import annotations

from difflib import SequenceMatcher

from ...forms.label import label_key, ordinal
from .vocabulary import Vocabulary

_ENOUGH = 0.82
_ENOUGH_WITH_ORDINAL = 0.55
_LEAD = 0.12


def nearest_row(text: str, group: str, words: Vocabulary) -> str:
    """The row of table three that ``text`` most plainly means, or ``""``."""
    key = label_key(text)
    if len(key) < 2:
        return ""
    number = ordinal(text)
    scores: dict[str, float] = {}
    for known, rows in words.requests_rows.items():
        for row in rows:
            if group and "." in row and not row.startswith(group + "."):
                continue
            score = SequenceMatcher(None, key, known, autojunk=False).ratio()
            if len(key) >= 4 and (
                known.startswith(key) or (key.startswith(known) and len(known) >= 4)
            ):
                score = max(score, 0.9)
            same = bool(number) and number == words.ordinals.get(row)
            if score < (_ENOUGH_WITH_ORDINAL if same else _ENOUGH):
                continue
            scores[row] = max(scores.get(row, 0.0), score + (0.1 if same else 0.0))
    if not scores:
        return ""
    ranked = sorted(scores.items(), key=lambda item: -item[1])
    if len(ranked) > 1 and ranked[0][1] - ranked[1][1] < _LEAD:
        return ""
    return ranked[0][0]

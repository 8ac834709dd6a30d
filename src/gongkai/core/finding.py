"""What a reader or a check has to say of somebody's document.

A finding is a value, gathered and returned, never raised: one run reports
everything.  It names its rule; the sentence, the cure and the legal basis come
from the rule (:mod:`gongkai.core.rules`), so that they are written once, in
both languages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """差错 must be mended or reasoned; 提示 should be looked at; 说明 is only said."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found.

    ``cells`` are addresses (see :mod:`gongkai.core.forms.address`); ``values``
    hold every fact that the rule's sentence names: numbers, labels, texts.
    """

    rule: str
    severity: Severity
    cells: tuple[str, ...] = ()
    values: Mapping[str, object] = field(default_factory=dict)

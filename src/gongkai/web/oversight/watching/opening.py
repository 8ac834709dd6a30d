"""Open public files in a process apart: nothing here knows the database."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from gongkai.core.errors import UnreadableDocument
from gongkai.core.finding import Finding
from gongkai.core.readers.document import Budget
from gongkai.core.rules import say
from gongkai.core.screening.hidden_data import LIMITS, Kind, attachment_kind, look_into
from gongkai.core.screening.hidden_data.kind import refusal
from gongkai.core.screening.hidden_data.look import shown_in

UNOPENABLE = "unopenable"
# What a file shows of persons; whether it is one beyond doubt.
IN_FILES = {
    "attachment.identity_number": ("身份证号码", True),
    "attachment.bank_card": ("银行卡号", True),
    "attachment.old_identity_number": ("像 15 位旧身份证号码的", False),
    "attachment.mobile_number": ("手机号码", False),
}
# Why a file is one that nobody can open; other kinds of file than ours may open well.
_UNOPENABLE = frozenset({"attachment.empty", "attachment.damaged", "attachment.encrypted"})


@dataclass(frozen=True)
class Told:
    """What a file says of itself."""

    trouble: str = ""
    why: str = ""
    found: list[dict[str, Any]] = field(default_factory=list)


def open_all(files: Sequence[tuple[bytes, str]]) -> list[Told]:
    """Open each; done in a process apart."""
    return [_open(data, name) for data, name in files]


def _open(data: bytes, name: str) -> Told:
    kind = attachment_kind(data, name)
    if isinstance(kind, Finding):
        return Told(UNOPENABLE, say(kind)) if kind.rule in _UNOPENABLE else Told()
    why = _damaged(kind, data, name)
    if why:
        return Told(UNOPENABLE, why)
    found = [
        {
            "rule": one.rule,
            "place": one.place,
            "quote": one.quote,
            "fingerprint": one.fingerprint,
        }
        for one in look_into(data, name)
        if one.rule in IN_FILES
    ]
    return Told(found=found)


def _damaged(kind: Kind, data: bytes, name: str) -> str:
    """Why an office file does not open, in words; "" where it does, or nobody can tell."""
    if kind not in (Kind.DOCX, Kind.XLSX):
        return ""
    try:
        deque(shown_in(kind, data, Budget(LIMITS)), maxlen=0)
    except UnreadableDocument as refused:
        return say(refusal(refused, name)) if refused.rule == "input.damaged" else ""
    return ""

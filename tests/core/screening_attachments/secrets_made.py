"""What the documents of these tests hide, and how to look for it in what comes out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

import pikepdf

from gongkai.core.screening.hidden_data import Hidden

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def identity_number(first: str = "11010119900307123") -> str:
    """An invented identity number with the right check digit."""
    total = sum(int(digit) * weight for digit, weight in zip(first, _WEIGHTS, strict=True))
    return first + "10X98765432"[total % 11]


def card_number(first: str = "622202000000000123") -> str:
    """An invented card number with the right check digit (Luhn)."""
    total = 0
    for place, digit in enumerate(reversed(first)):
        worth = int(digit) * (2 if place % 2 == 0 else 1)
        total += worth - 9 if worth > 9 else worth
    return first + str(-total % 10)


IDENTITY = identity_number()
MOBILE = "13800001234"
CARD = card_number()


def rules(found: Iterable[Hidden]) -> set[str]:
    return {one.rule for one in found}


def only(found: Iterable[Hidden], rule: str) -> Hidden:
    """The one finding of ``rule``."""
    told = [one for one in found if one.rule == rule]
    assert len(told) == 1, [one.rule for one in told]
    return told[0]


def unpacked(data: bytes) -> bytes:
    """Everything in an office file or a pdf, inflated, one after the other."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return b"\n".join(name.encode() + archive.read(name) for name in archive.namelist())
    parts = [data]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for each in pdf.objects:
            if isinstance(each, pikepdf.Stream):
                picture = each.get("/Subtype") == "/Image"
                parts.append(each.read_raw_bytes() if picture else each.read_bytes())
            parts.append(each.unparse(resolved=True))
    return b"\n".join(parts)


def nowhere(secret: str, data: bytes) -> bool:
    """Whether ``secret`` stands in no byte of ``data``, packed or not, in any usual coding."""
    everything = data + unpacked(data)
    codings = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")
    forms = {secret.encode(coding) for coding in codings}
    forms |= {secret.encode("utf-16-be").hex().encode(), secret.encode("utf-8").hex().encode()}
    return not any(form in everything or form.upper() in everything for form in forms)

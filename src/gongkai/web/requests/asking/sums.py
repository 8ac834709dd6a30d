"""The challenge against floods: a sum in Chinese words, asked only where much is submitted.

A sum, and not work for the browser to prove: it needs no script, no strength of machine (old
telephones, 政务自助机) and can be read out; it keeps away what fills in every form of the web,
and the limits of ``tries`` bound the rest.  Nobody is asked at his first requests.

The question is signed, holds for the draft it was asked for and for an hour.
"""

from __future__ import annotations

import secrets

from django.core import signing

from gongkai.core.personal_numbers import plain

_DIGITS = "零一二三四五六七八九十"
_SALT = "gongkai.asking.sum"
_SECONDS = 3600


def ask(draft: str) -> tuple[str, str]:
    """A question in words, and its token; ``draft`` names what it is asked for."""
    first, second = 1 + secrets.randbelow(9), 1 + secrets.randbelow(9)
    token = signing.dumps([first, second, draft], salt=_SALT)
    return f"{_DIGITS[first]}加{_DIGITS[second]}等于几？", token


def right(answer: str, token: str, draft: str) -> bool:
    """Whether ``answer``, in digits or in words, answers the question of ``token``."""
    try:
        first, second, asked_for = signing.loads(token, salt=_SALT, max_age=_SECONDS)
    except signing.BadSignature:
        return False
    return bool(asked_for == draft and _number(answer) == first + second)


def _number(said: str) -> int | None:
    said = "".join(plain(said).split())
    if said.isdecimal():
        return int(said) if len(said) <= 3 else None
    tens, ten, ones = said.partition("十")
    if any(word not in _DIGITS for word in tens + ones) or len(tens) > 1 or len(ones) > 1:
        return None
    if not ten:
        return _DIGITS.index(tens) if tens else None
    return (_DIGITS.index(tens) if tens else 1) * 10 + (_DIGITS.index(ones) if ones else 0)

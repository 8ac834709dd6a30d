"""Sealing: what identifies a requester is kept encrypted, its key outside the database.

AES-256-GCM, the keys from ``settings.IDENTITY_KEYS`` (the last one seals, all unseal).  A fingerprint (HMAC-SHA256 under
a key derived from the first) lets the same person be found again without unsealing anybody.

Law on Protection of Personal Information, arts. 9, 51: measures that keep it safe.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

if TYPE_CHECKING:
    _TextField = models.TextField[str, str]
else:
    _TextField = models.TextField

_NONCE = 12
_MARK = b"gk1"


class Unsealable(Exception):
    """No key here opens this: the key file is another installation's, or bytes were changed."""


def seal(data: bytes) -> bytes:
    """``data`` encrypted: mark, key's name, nonce, ciphertext with its tag."""
    key = _keys()[-1]
    nonce = secrets.token_bytes(_NONCE)
    head = _MARK + _name_of(key)
    return head + nonce + AESGCM(key).encrypt(nonce, data, head)


def unseal(data: bytes) -> bytes:
    """What was sealed; raises Unsealable."""
    head = data[: len(_MARK) + 4]
    nonce = data[len(head) : len(head) + _NONCE]
    for key in _keys():
        if head == _MARK + _name_of(key):
            try:
                return AESGCM(key).decrypt(nonce, data[len(head) + _NONCE :], head)
            except InvalidTag as error:
                raise Unsealable("the sealed bytes were changed") from error
    raise Unsealable("no key of this installation opens it")


def fingerprint(text: str) -> str:
    """The same for the same text, and tells nothing of it without the key; "" for ""."""
    plain = "".join(text.split()).upper()
    if not plain:
        return ""
    return hmac.new(_fingerprint_key(), plain.encode(), hashlib.sha256).hexdigest()


class SealedTextField(_TextField):
    """Text that the database holds only sealed; empty stays empty."""

    def from_db_value(self, value: str | None, *_: Any) -> str | None:
        """Unsealed as it is read."""
        return unseal(base64.b64decode(value)).decode() if value else value

    def get_prep_value(self, value: Any) -> Any:
        """Sealed as it is written; a lookup by a sealed column never matches."""
        text = super().get_prep_value(value)
        return base64.b64encode(seal(text.encode())).decode() if text else text


@lru_cache(maxsize=1)
def _keys() -> tuple[bytes, ...]:
    lines = settings.IDENTITY_KEYS.replace(",", "\n").split()
    keys = tuple(base64.b64decode(line) for line in lines)
    if not keys or any(len(key) != 32 for key in keys):
        raise Unsealable("each identity key is 32 bytes in base64")
    return keys


def _name_of(key: bytes) -> bytes:
    return hashlib.sha256(b"gongkai identity key" + key).digest()[:4]


def _fingerprint_key() -> bytes:
    return hmac.new(_keys()[0], b"gongkai fingerprint", hashlib.sha256).digest()

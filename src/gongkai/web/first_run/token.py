"""The word that opens the first-run page: shown in the terminal, kept only as its digest."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from django.conf import settings


def make() -> str:
    """A new word; an earlier one opens nothing any more."""
    token = secrets.token_urlsafe(24)
    path = _path()
    draft = path.with_name(path.name + ".draft")
    draft.write_text(_digest(token), encoding="ascii")
    draft.chmod(0o600)
    os.replace(draft, path)
    return token


def exists() -> bool:
    """Whether a first run was begun and not ended."""
    return _path().exists()


def digest() -> str:
    """The digest of the word in force; empty where none is."""
    try:
        return _path().read_text(encoding="ascii")
    except FileNotFoundError:
        return ""


def opens(token: str) -> bool:
    """Whether ``token`` is the word in force."""
    kept = digest()
    return bool(kept) and hmac.compare_digest(kept, _digest(token))


def discard() -> None:
    """Nothing opens the page any more."""
    _path().unlink(missing_ok=True)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _path() -> Path:
    return Path(settings.DATA) / "first-run.token"

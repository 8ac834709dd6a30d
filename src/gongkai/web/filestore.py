"""The file store: bytes under their digest, private, written once, never changed.

Originals and redacted copies alike live here; a copy becomes public only by being written
into the site's folder (``public/bake.py``) or sent by the view that asks ``PublishedFile``.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings


def path_of(digest: str) -> Path:
    """Where the bytes of ``digest`` (64 hexadecimal digits) are kept."""
    if len(digest) != 64 or not digest.isalnum():
        raise ValueError(f"not a digest: {digest!r}")
    return Path(settings.FILES) / digest[:2] / digest


def put(data: bytes) -> str:
    """Keep ``data`` and return its SHA-256; whole or not at all, also when power fails."""
    digest = hashlib.sha256(data).hexdigest()
    path = path_of(digest)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as draft:
            draft.write(data)
            draft.flush()
            os.fsync(draft.fileno())
        os.replace(draft.name, path)
    return digest


def read(digest: str) -> bytes:
    """The bytes; raises FileNotFoundError where the store has lost them."""
    return path_of(digest).read_bytes()

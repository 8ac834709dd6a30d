"""The key that signs sessions: made once for an installation, kept in its data folder."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def secret_key_of(data: Path) -> str:
    """The key in ``data/secret.key``, made at the first call; readable by its owner only."""
    path = data / "secret.key"
    try:
        return path.read_text(encoding="ascii")
    except FileNotFoundError:
        data.mkdir(parents=True, exist_ok=True)
    # Written whole under another name, then linked: of two processes that start at once,
    # the second finds the first one's key and never half of it.
    draft = path.with_name(f".secret.key.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(48))
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_text(encoding="ascii")

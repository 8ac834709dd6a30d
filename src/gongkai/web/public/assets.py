"""The stylesheets and the script of the public pages: where they stand and from which file."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

from .host import STYLESHEET

FOLDER = "assets/"
_OURS = {
    "gongkai.css": "gongkai/gongkai.css",
    "public.css": "public.css",
    "public.js": "public.js",
}


def asset_paths() -> Iterator[str]:
    """The address of every asset there is."""
    for name in _OURS:
        yield FOLDER + name
    if source_of(FOLDER + STYLESHEET) is not None:
        yield FOLDER + STYLESHEET


def source_of(path: str) -> Path | None:
    """The file whose bytes are sent for the asset at ``path``; None where there is no such."""
    name = path.removeprefix(FOLDER)
    if name == STYLESHEET:
        folder: Path | None = settings.HOST_FILES
        found = folder / STYLESHEET if folder else None
        return found if found and found.is_file() else None
    known = finders.find(_OURS[name]) if name in _OURS else None
    return Path(known) if known else None


def media_type_of(path: str) -> str:
    """What the asset at ``path`` is."""
    return f"{mimetypes.guess_type(path)[0]}; charset=utf-8"

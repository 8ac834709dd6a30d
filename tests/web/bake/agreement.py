"""Whether a folder holds exactly what the database says: each page rendered anew and compared."""

from __future__ import annotations

import gzip
from pathlib import Path

from gongkai.web.public import bake_sources
from gongkai.web.public.bake_files import Stored
from gongkai.web.public.bake_site import COMPRESSED, GONE, is_text


def differences(folder: Path) -> list[str]:
    """Every file that is missing, too much or otherwise than it should be; none when all agree."""
    wanted: dict[str, bytes] = {}
    for path in bake_sources.paths():
        made = bake_sources.render(path)
        assert made is not None, path
        if isinstance(made, Stored):
            wanted[path] = made.file.read_bytes()
            continue
        wanted[path] = made.body
        if is_text(made.media_type):
            wanted[path + COMPRESSED] = made.body
        if made.status == 410:
            wanted[path + GONE] = b""
    there = {
        str(path.relative_to(folder)): _content(path)
        for path in folder.rglob("*")
        if path.is_file()
    }
    names = wanted.keys() | there.keys()
    return sorted(name for name in names if wanted.get(name) != there.get(name))


def _content(path: Path) -> bytes:
    data = path.read_bytes()
    compressed = path.suffix == COMPRESSED and "files" not in path.parts[-3:-1]
    return gzip.decompress(data) if compressed else data

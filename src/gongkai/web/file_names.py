"""Names of files as they may stand in an address, in an archive, in a folder."""

from __future__ import annotations

import re

# What no file system, address or archive takes in a name.
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|#%&+;=\u200b-\u200f\u202a-\u202e]')


def clean_name(name: str) -> str:
    """A name fit for an address and for every file system; the ending is kept."""
    name = _NOT_IN_NAMES.sub("_", name.replace("\\", "/").rsplit("/", 1)[-1]).strip(" .")
    stem, dot, ending = name.rpartition(".")
    if not dot:
        stem, ending = ending, ""
    # 255 bytes are the most a file system takes; a Chinese character is three, and the
    # baker adds an ending of its own.
    while len(stem.encode()) > 180:
        stem = stem[:-1]
    return f"{stem or '附件'}{dot}{ending}"[:200]


def free_name(name: str, taken: set[str]) -> str:
    """``name``, or the like where it is among ``taken``."""
    stem, dot, ending = name.rpartition(".")
    if not dot:
        stem, ending = ending, ""
    number, free = 2, name
    while free in taken:
        free = f"{stem}（{number}）{dot}{ending}"
        number += 1
    return free

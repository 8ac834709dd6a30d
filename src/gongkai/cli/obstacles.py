"""Why the machine could not write a file, in the language of the run: its own words are English."""

from __future__ import annotations

import errno

from .words import Words

_REASONS = {
    errno.EISDIR: "common.is_folder",
    errno.ENOENT: "common.no_such_folder",
    errno.EEXIST: "common.not_a_folder",
    errno.ENOTDIR: "common.not_a_folder",
    errno.EACCES: "common.not_permitted",
    errno.EPERM: "common.not_permitted",
    errno.EROFS: "common.read_only",
    errno.ENOSPC: "common.disk_full",
    errno.EDQUOT: "common.disk_full",
    errno.ENAMETOOLONG: "common.name_too_long",
}


def why(error: OSError, words: Words) -> str:
    """The reason of ``error``; one of a kind not known here by its number."""
    key = _REASONS.get(error.errno or 0, "common.other_reason")
    return words(key, number=error.errno)

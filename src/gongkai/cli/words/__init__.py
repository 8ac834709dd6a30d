"""Every word the command says, in Chinese and in English, as data.

One file a command (``read.toml`` holds ``read.help`` …) and ``common.toml`` for
what they share.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

LANGUAGES = ("zh", "en")


class Words:
    """The words of one language: ``words("check.counts", errors=2)``."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, key: str, **values: object) -> str:
        """The words called ``key`` with ``values`` filled in; KeyError where there are none."""
        return catalogue()[key][self.language].format_map(values)


@lru_cache(maxsize=1)
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """``{"read.help": {"zh": …, "en": …}, …}``."""
    found: dict[str, Mapping[str, str]] = {}
    for item in sorted(files(__name__).iterdir(), key=lambda i: i.name):
        if item.name.endswith(".toml"):
            family = item.name.removesuffix(".toml")
            for name, said in tomllib.loads(item.read_text(encoding="utf-8")).items():
                found[f"{family}.{name}"] = said
    return found

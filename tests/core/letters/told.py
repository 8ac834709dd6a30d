"""The facts of one made-up request, from which every letter can be written."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from gongkai.core.letters import Letter, LetterDocument, LetterSettings, render

CASES = Path(__file__).parents[2] / "cases" / "letters"
FACTS: dict[str, Any] = tomllib.loads((CASES / "facts.toml").read_text(encoding="utf-8"))


def written(kind: str, template: str | None = None, **changed: Any) -> LetterDocument:
    """The letter of this kind with the facts, some changed; a fact set to None is left out."""
    settings = changed.pop("settings", LetterSettings())
    drawn = render(Letter(kind, {**FACTS, **changed}, template, settings))
    assert isinstance(drawn, LetterDocument), drawn.sentences
    return drawn


def lacking(kind: str, template: str | None = None, **changed: Any) -> dict[str, str]:
    """What keeps the letter from being written, by fact."""
    drawn = render(Letter(kind, {**FACTS, **changed}, template))
    if isinstance(drawn, LetterDocument):
        return {}
    return {lack.fact: lack.sentence for lack in drawn.lacks}

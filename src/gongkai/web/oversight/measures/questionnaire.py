"""What an appraisal asks: the questions one begins with, and the scale of the answers."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

MOST_QUESTIONS = 10
# From best to worst; who does not know is not counted in a share.
SCALE: Mapping[str, str] = {
    "5": "满意",
    "4": "比较满意",
    "3": "一般",
    "2": "不太满意",
    "1": "不满意",
    "unknown": "不了解",
}
SATISFIED = ("5", "4")
UNKNOWN = "unknown"
# As it is printed beside every share.
DEFINITION = "满意率 = 选“满意”“比较满意”的份数 ÷ 答了这一题的份数（选“不了解”的不算）"


@dataclass(frozen=True)
class Questionnaire:
    """What a new appraisal begins with; below ``few`` answers no share is told."""

    title: str
    introduction: str
    free_question: str
    questions: tuple[str, ...]
    few: int


@lru_cache(maxsize=1)
def questionnaire() -> Questionnaire:
    """The questionnaire that comes along."""
    text = (files(__package__) / "questions.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    return Questionnaire(
        title=data["title"],
        introduction=data["introduction"],
        free_question=data["free_question"],
        questions=tuple(data["questions"]),
        few=data["few"],
    )


def keyed(texts: list[str]) -> list[dict[str, str]]:
    """Questions as an appraisal keeps them."""
    return [{"key": f"q{place}", "text": text} for place, text in enumerate(texts, start=1)]

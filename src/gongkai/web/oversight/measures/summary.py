"""What the answers of an appraisal add up to: counts and shares, with what is too few to tell."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from gongkai.web.agencies.models import Agency

from .models import Appraisal, AppraisalComment, CommentStanding
from .questionnaire import SATISFIED, SCALE, UNKNOWN, questionnaire


@dataclass(frozen=True)
class Rated:
    """One question of one agency, or of all: how often each answer was chosen."""

    text: str
    counts: Mapping[str, int]

    @property
    def told(self) -> list[tuple[str, int]]:
        """(label, count) from best to worst."""
        return [(label, self.counts.get(value, 0)) for value, label in SCALE.items()]

    @property
    def answered(self) -> int:
        """How many chose anything."""
        return sum(self.counts.values())

    @property
    def base(self) -> int:
        """Of how many a share is told: who answered and knew."""
        return self.answered - self.counts.get(UNKNOWN, 0)

    @property
    def satisfied(self) -> int:
        return sum(self.counts.get(value, 0) for value in SATISFIED)

    @property
    def share(self) -> str:
        """满意率 with its parts; without a share where there are few."""
        if not self.base:
            return "没有人答"
        if self.base < questionnaire().few:
            return f"份数少，不算比例（{self.base} 份）"
        return f"{100 * self.satisfied / self.base:.1f}%（{self.satisfied}/{self.base}）"


@dataclass(frozen=True)
class OfAgency:
    """What was answered about one agency."""

    agency: Agency
    answers: int
    rated: list[Rated]
    comments: list[str]


@dataclass(frozen=True)
class Summary:
    """An appraisal as a whole and by agency."""

    answers: int
    rated: list[Rated]
    by_agency: list[OfAgency]
    few: int


def summary_of(appraisal: Appraisal, agencies: list[Agency] | None = None) -> Summary:
    """The result so far; of ``agencies`` alone where given.  Comments are those to be shown."""
    found = appraisal.answers.order_by()
    if agencies is not None:
        found = found.filter(agency__in=agencies)
    counts: dict[int, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    every: dict[str, Counter[str]] = defaultdict(Counter)
    answers: Counter[int] = Counter()
    for agency, ratings in found.values_list("agency_id", "ratings").iterator():
        answers[agency] += 1
        for key, value in ratings.items():
            counts[agency][key][value] += 1
            every[key][value] += 1
    comments: dict[int, list[str]] = defaultdict(list)
    shown = AppraisalComment.objects.filter(
        answer__appraisal=appraisal, standing=CommentStanding.SHOWN
    )
    for comment in shown.select_related("answer"):
        comments[comment.answer.agency_id].append(comment.text)
    known = {a.pk: a for a in Agency.objects.filter(pk__in=answers)}
    ordered = sorted(known.values(), key=lambda a: (a.position, a.code))
    return Summary(
        answers=sum(answers.values()),
        rated=_rated(appraisal, every),
        by_agency=[
            OfAgency(a, answers[a.pk], _rated(appraisal, counts[a.pk]), comments[a.pk])
            for a in ordered
        ],
        few=questionnaire().few,
    )


def _rated(appraisal: Appraisal, counts: Mapping[str, Mapping[str, int]]) -> list[Rated]:
    return [Rated(q["text"], dict(counts.get(q["key"], {}))) for q in appraisal.questions]

"""The questions of the law in their order, which lead to an outcome or to an act that comes first.

Articles 2, 10, 14-17, 29, 30, 32, 34-39.  The questions are data (``questions.toml``).
One walk settles one piece of information; a request with several pieces is walked
for each.  The guide proposes and never decides: who handles the request answers, and
may choose otherwise with reasons.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from ..errors import HandlingError
from ..law import cite
from .load import Data, made, read_data
from .outcomes import Outcome, outcome_of, required
from .requirements import Requirement, circumstance

_FILE = "questions.toml"
FIRST_QUESTION = "clear"
# From here on it is asked of each piece of information by itself.
FIRST_OF_A_PIECE = "state_secret"
# The outcome is the ground that was chosen on the way.
_THE_GROUND = "ground"


@dataclass(frozen=True)
class Answer:
    """One answer, and where it leads: to a question, an outcome, or what must come first."""

    id: str
    label: str
    then: str = ""
    outcome: str = ""
    first: str = ""
    says: str = ""
    circumstance: str = ""
    ground: Outcome | None = None
    note: str = ""


@dataclass(frozen=True)
class Question:
    """One question of the law; ``help`` is for who answers it."""

    id: str
    asks: str
    help: str
    basis: tuple[str, ...]
    answers: tuple[Answer, ...]

    @property
    def citations(self) -> tuple[str, ...]:
        return tuple(cite(reference) for reference in self.basis)

    def answer(self, wanted: str) -> Answer:
        """The answer called ``wanted``; HandlingError where there is none."""
        for answer in self.answers:
            if answer.id == wanted:
                return answer
        raise HandlingError(f"{_FILE}, {self.id}: there is no answer {wanted!r}")


@dataclass(frozen=True)
class Proposal:
    """Where the answers lead: an outcome, with what follows from the answers for the file.

    ``path`` are the questions answered on the way; answers to others were passed over.
    """

    outcome: Outcome
    circumstances: tuple[str, ...]
    withheld_under: tuple[Outcome, ...]
    notes: tuple[str, ...]
    path: tuple[str, ...]

    @property
    def required(self) -> tuple[Requirement, ...]:
        return required(self.outcome, self.circumstances, self.withheld_under)


@dataclass(frozen=True)
class First:
    """What must be done before the questions go on: an act of the clock, or a task."""

    act: str
    says: str
    basis: tuple[str, ...]
    path: tuple[str, ...]


def questions() -> tuple[Question, ...]:
    """Every question in the order of the law."""
    return tuple(_questions().values())


def next_question(
    answers: Mapping[str, str], start: str = FIRST_QUESTION
) -> Question | Proposal | First:
    """The next question not yet answered, or where the answers lead.

    ``answers`` are ids of answers by question.  HandlingError for an answer that the
    question does not have.
    """
    asked = _questions()[start]
    path: list[str] = []
    circumstances: list[str] = []
    notes: list[str] = []
    ground: Outcome | None = None
    while asked.id in answers:
        given = asked.answer(answers[asked.id])
        path.append(asked.id)
        ground = given.ground or ground
        circumstances += [given.circumstance] if given.circumstance else []
        notes += [given.note] if given.note else []
        if given.first:
            return First(given.first, given.says, asked.basis, tuple(path))
        if given.outcome:
            return _proposal(given.outcome, circumstances, ground, notes, path)
        asked = _questions()[given.then]
    return asked


def _proposal(
    named: str,
    circumstances: list[str],
    ground: Outcome | None,
    notes: list[str],
    path: list[str],
) -> Proposal:
    outcome = Outcome(ground if named == _THE_GROUND and ground else named)
    partly = outcome is Outcome.PARTLY_DISCLOSED and ground is not None
    return Proposal(
        outcome=outcome,
        circumstances=tuple(circumstances),
        withheld_under=(ground,) if partly and ground else (),
        notes=tuple(notes),
        path=tuple(path),
    )


@lru_cache(maxsize=1)
def _questions() -> Mapping[str, Question]:
    found = made(_FILE, read_data(_FILE), _question)
    for question in found.values():
        for answer in question.answers:
            leads = [bool(answer.then), bool(answer.outcome), bool(answer.first)]
            if sum(leads) != 1 or (answer.then and answer.then not in found):
                raise HandlingError(f"{_FILE}, {question.id}, {answer.id}: leads nowhere")
    return found


def _question(name: str, data: Data) -> Question:
    return Question(
        id=name,
        asks=data["asks"],
        help=data["help"],
        basis=tuple(data["basis"]),
        answers=tuple(_answer(a) for a in data["answers"]),
    )


def _answer(data: Data) -> Answer:
    ground, outcome, case = (data.get(k, "") for k in ("ground", "outcome", "circumstance"))
    if ground and not outcome_of(ground).withheld:
        raise ValueError(f"{ground} is no ground")
    return Answer(
        id=data["id"],
        label=data["label"],
        then=data.get("then", ""),
        outcome=outcome if outcome in ("", _THE_GROUND) else Outcome(outcome).value,
        first=data.get("first", ""),
        says=data.get("says", ""),
        circumstance=circumstance(case).id if case else "",
        ground=Outcome(ground) if ground else None,
        note=data.get("note", ""),
    )

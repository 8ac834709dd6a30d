"""Every exception the core raises.

    GongkaiError
    ├── EditionError        an edition of the form contradicts itself
    ├── UnknownEdition      no edition of that name, or none for that year
    ├── UnknownRule         no rule of that id
    ├── ArrangementError    a year's holidays are not written so that days can be counted
    ├── CatalogueError      the catalogue contradicts itself, or has no such entry
    ├── HandlingError       the data of handling contradict themselves, or have no such entry
    ├── HistoryError        what is told of a request cannot be reckoned with at all
    ├── LetterError         the data of letters contradict themselves, or have no such entry
    ├── IndexTemplateError  a template makes no index numbers, or not of what it was given
    ├── UnreadableDocument  a file that cannot be read at all, with its cure
    ├── UnwritableDocument  a report that cannot be written in the form asked for
    └── NotRedacted         an attachment of which no clean copy can be made

What is wrong *inside* a readable document is never an exception but a finding
(see :mod:`gongkai.core.finding`).
"""

from __future__ import annotations


class GongkaiError(Exception):
    """Anything Gongkai refuses to go on with."""


class EditionError(GongkaiError):
    """An edition of the form contradicts itself; says which file and where."""


class UnknownEdition(GongkaiError):
    """There is no edition of that name, or none that governs that year."""


class UnknownRule(GongkaiError):
    """There is no rule of that id."""


class ArrangementError(GongkaiError):
    """A year's holidays are not written so that days can be counted; says what is wrong."""


class CatalogueError(GongkaiError):
    """The catalogue contradicts itself, or has no entry of that name; says which and where."""


class HandlingError(GongkaiError):
    """The data of handling contradict themselves, or have no such entry; says which and where."""


class HistoryError(GongkaiError):
    """What is told of a request cannot be reckoned with at all; says in Chinese what is wrong."""


class LetterError(GongkaiError):
    """The data of letters contradict themselves, or have no such entry; says which and where."""


class IndexTemplateError(GongkaiError):
    """A template makes no index numbers, or not of what it was given; says why."""


class UnreadableDocument(GongkaiError):
    """A file that cannot be read at all.

    ``rule`` names the reason (a rule of the ``input`` family, e.g.
    ``input.empty``); ``values`` are the facts its sentence needs.
    """

    def __init__(self, rule: str, **values: object) -> None:
        super().__init__(rule)
        self.rule = rule
        self.values = values

    def __reduce__(self) -> tuple[object, ...]:
        # Crosses process boundaries when many files are read at once.
        return (_unreadable, (self.rule, self.values))


def _unreadable(rule: str, values: dict[str, object]) -> UnreadableDocument:
    return UnreadableDocument(rule, **values)


class UnwritableDocument(GongkaiError):
    """A report that cannot be written in the form asked for; says why."""


class NotRedacted(GongkaiError):
    """An attachment of which no clean copy can be made; says why, in Chinese.

    Also raised where a copy was made and something of what was to go is still in
    it: such a copy is never handed out.
    """

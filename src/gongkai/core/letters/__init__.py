"""The letters of disclosure on request: what each must carry, and how it is written.

Read in this order: ``kinds`` (which letters there are), ``fact_kinds`` and ``facts``
(what they are told), ``template`` (their texts, which an agency may change),
``remedy_notice`` (reconsideration and litigation), ``render`` (all of it made into a
``document``).  The writers make a document into Word or PDF.
"""

from .document import (
    Block,
    Cell,
    LetterDocument,
    PageBreak,
    Paragraph,
    Place,
    Signature,
    Table,
    attachment_lines,
)
from .fact_kinds import FactKind, FactType, fact_kind, fact_kinds
from .facts import Lack, gather
from .kinds import (
    Addressee,
    LetterKind,
    Need,
    Signatory,
    kind_for_outcome,
    letter_kind,
    letter_kinds,
)
from .remedy_notice import NoSuitNotice, RemedyNotice, Venue, remedy_notice
from .render import Letter, LetterSettings, Unready, render
from .template import TemplateFinding, check_template, default_template

__all__ = [
    "Addressee",
    "Block",
    "Cell",
    "FactKind",
    "FactType",
    "Lack",
    "Letter",
    "LetterDocument",
    "LetterKind",
    "LetterSettings",
    "Need",
    "NoSuitNotice",
    "PageBreak",
    "Paragraph",
    "Place",
    "RemedyNotice",
    "Signatory",
    "Signature",
    "Table",
    "TemplateFinding",
    "Unready",
    "Venue",
    "attachment_lines",
    "check_template",
    "default_template",
    "fact_kind",
    "fact_kinds",
    "gather",
    "kind_for_outcome",
    "letter_kind",
    "letter_kinds",
    "remedy_notice",
    "render",
]

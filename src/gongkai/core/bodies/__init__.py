"""The body (正文) of an item of information: taken in, cleaned, compared, shown.

``sanitise`` makes pasted html fit to be stored, ``from_docx`` imports a Word file, ``text``
gives plain text, ``compare`` says what changed, ``display`` writes the public page,
``references`` lists what a body points to.  Read ``content`` first: the blocks that all of
them share.
"""

from .compare import Comparison, compare_bodies
from .display import render_body
from .facts import LABELS, Fact, FactKind
from .from_docx import body_from_docx
from .imported import Imported
from .references import ImageFile, with_attachments
from .sanitise import Cleaned, clean
from .text import headings, plain_text, summary

__all__ = [
    "LABELS",
    "Cleaned",
    "Comparison",
    "Fact",
    "FactKind",
    "ImageFile",
    "Imported",
    "body_from_docx",
    "clean",
    "compare_bodies",
    "headings",
    "plain_text",
    "render_body",
    "summary",
    "with_attachments",
]

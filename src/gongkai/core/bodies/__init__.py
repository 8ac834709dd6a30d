"""The body (正文) of an item of information: taken in, cleaned, compared, shown.

``sanitise`` makes pasted html fit to be stored, ``from_docx`` imports a Word file,
``from_html`` a file of html, ``text`` gives plain text, ``compare`` says what changed, ``display`` writes the public page,
``references`` lists what a body points to.  Read ``content`` first: the blocks that all of
them share.
"""

from .compare import Change, Comparison, Shown, compare_bodies
from .display import render_body
from .facts import LABELS, Fact, FactKind
from .from_docx import body_from_docx
from .from_html import body_from_html_file
from .imported import Imported
from .outline import Heading
from .references import ImageFile, Link, images, links, take_embedded, with_attachments
from .sanitise import Cleaned, clean
from .text import headings, plain_text, summary

__all__ = [
    "LABELS",
    "Change",
    "Cleaned",
    "Comparison",
    "Fact",
    "FactKind",
    "Heading",
    "ImageFile",
    "Imported",
    "Link",
    "Shown",
    "body_from_docx",
    "body_from_html_file",
    "clean",
    "compare_bodies",
    "headings",
    "images",
    "links",
    "plain_text",
    "render_body",
    "summary",
    "take_embedded",
    "with_attachments",
]

"""What is looked at before anything goes public: the text of an item, and its attachments.

``screen`` looks at title and body, ``mark`` shows on the page where its findings
stand, ``mask``, ``replace`` and ``unlink`` change the body as the reviewer answers.
The lists of words come from ``word_list``.  Attachments are looked into by
``hidden_data`` and copied clean by ``redaction``.
"""

from .body import links_of, screen
from .likeness import Published, fingerprint, worth_comparing
from .links import Visit
from .marking import Mark, mark, mark_title, mask, replace, unlink
from .page_text import text_with_places
from .spotted import Part, Span, Spotted
from .word_list import Refused, Word, WordKind, WordList, default_list, parse_csv, parse_toml

__all__ = [
    "Mark",
    "Part",
    "Published",
    "Refused",
    "Span",
    "Spotted",
    "Visit",
    "Word",
    "WordKind",
    "WordList",
    "default_list",
    "fingerprint",
    "links_of",
    "mark",
    "mark_title",
    "mask",
    "parse_csv",
    "parse_toml",
    "replace",
    "screen",
    "text_with_places",
    "unlink",
    "worth_comparing",
]

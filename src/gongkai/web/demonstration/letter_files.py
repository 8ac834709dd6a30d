"""Letters as Word and PDF files, many at once: nothing here knows the database.

A process apart imports this module and no more, so that it starts without the platform.
"""

from __future__ import annotations

from gongkai.core.letters import LetterDocument
from gongkai.core.writers import letter_docx, letter_pdf


def letter_files(documents: list[LetterDocument]) -> list[tuple[bytes, bytes]]:
    """Each document as docx and as pdf, in their order."""
    return [(letter_docx.render(one), letter_pdf.render(one)) for one in documents]

"""Letters and sheets as PDF, in the typefaces that the installation holds.

仿宋 and 小标宋, which GB/T 9704 asks for, may not be given away with a program: an agency puts
its own into ``settings.FONTS``.
"""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from gongkai.core.letters import LetterDocument
from gongkai.core.writers import letter_pdf


def typeset(document: LetterDocument) -> bytes:
    """The document as PDF."""
    return letter_pdf.render(document, folder())


def without_glyphs(text: str) -> str:
    """The characters of ``text`` that no typeface here has: they would be printed as boxes."""
    return letter_pdf.without_glyphs(text, folder())


def folder() -> Path | None:
    """Where the installation's own typefaces are; None where it has none."""
    fonts = Path(settings.FONTS)
    return fonts if fonts.is_dir() else None

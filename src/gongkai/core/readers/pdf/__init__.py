"""PDF with a text layer, read with PDFium: its tables by their rules, its prose by its lines."""

from __future__ import annotations

from .reader import parse

__all__ = ["parse"]

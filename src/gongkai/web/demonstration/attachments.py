"""The files of the region's items, made by their recipes and kept like those people attach."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cryptography.hazmat.primitives import hashes

from gongkai.core.finding import Finding
from gongkai.core.rules import say
from gongkai.core.screening.hidden_data import attachment_kind
from gongkai.web import filestore
from gongkai.web.apart import apart
from gongkai.web.disclosure.models import StoredFile

from .pdf_file import pdf_files
from .picture_file import picture_file
from .sheet_file import sheet_file
from .word_file import word_file

Recipe = Mapping[str, Any]


class NotSuchFile(ValueError):
    """A recipe makes a file that the platform would not let in."""


class Files:
    """Makes files; the PDFs of ``recipes`` are set all at once."""

    def __init__(self, recipes: Sequence[Recipe]) -> None:
        papers = [recipe for recipe in recipes if recipe["kind"] == "pdf"]
        # In a process apart: Typst leaves threads behind, and the one that loads is about to
        # be forked into web and worker, where its threads would be missing.
        made = apart(pdf_files, papers) if papers else []
        self._papers = {id(paper): data for paper, data in zip(papers, made, strict=True)}

    def stored(self, recipe: Recipe, author: str) -> StoredFile:
        """The file of ``recipe`` in the file store; ``author`` is who commented in it."""
        data = self._made(recipe, author)
        # Looked at here, unlike what comes from outside: these bytes are our own.
        kind = attachment_kind(data, recipe["name"])
        if isinstance(kind, Finding):
            raise NotSuchFile(f"{recipe['name']}: {say(kind)}")
        sm3 = hashes.Hash(hashes.SM3())
        sm3.update(data)
        facts = {
            "sm3": sm3.finalize().hex(),
            "size": len(data),
            "media_type": kind.media_type,
        }
        file, _ = StoredFile.objects.get_or_create(digest=filestore.put(data), defaults=facts)
        return file

    def _made(self, recipe: Recipe, author: str) -> bytes:
        match recipe["kind"]:
            case "docx":
                return word_file(recipe, author)
            case "xlsx":
                return sheet_file(recipe, author)
            case "pdf":
                return self._papers[id(recipe)]
            case "png":
                return picture_file(recipe["boxes"])
            case other:
                raise NotSuchFile(f"{recipe['name']}: no recipe for {other!r}")

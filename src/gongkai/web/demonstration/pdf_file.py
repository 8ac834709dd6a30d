"""A PDF of a light text, set by Typst with the fonts that come along."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any

import pylopdf_fonts_zh_cn
import typst

from gongkai.core.bodies.content import SIGNED, Block, Listing, Paragraph, Table, words_of

from .light_text import blocks_of


def pdf_files(recipes: Sequence[Mapping[str, Any]]) -> list[bytes]:
    """The files that ``recipes`` tell of, in their order."""
    return [pdf_file(recipe) for recipe in recipes]


def pdf_file(recipe: Mapping[str, Any]) -> bytes:
    """The file that ``recipe`` tells of; ``hidden_text`` stands in it where no eye sees it."""
    paper = {
        "title": recipe["name"].rpartition(".")[0],
        "author": recipe.get("author", ""),
        "parts": list(_parts(blocks_of(recipe["text"]))),
        "unseen": recipe.get("hidden_text", ""),
    }
    made: bytes = typst.compile(
        _template(),
        format="pdf",
        font_paths=_fonts(),
        sys_inputs={"paper": json.dumps(paper, ensure_ascii=False)},
        timestamp=0,
    )
    return made


def _parts(blocks: Sequence[Block]) -> Iterator[dict[str, Any]]:
    for block in blocks:
        if isinstance(block, Table):
            rows = [[_words(cell.content) for cell in row.cells] for row in block.rows]
            yield {
                "kind": "table",
                "caption": words_of(block.caption),
                "columns": len(rows[0]),
                "head": rows[0],
                "cells": [cell for row in rows[1:] for cell in row],
            }
        elif isinstance(block, Listing):
            yield from ({"kind": "item", "text": _words(item)} for item in block.items)
        elif isinstance(block, Paragraph) and block.tag != "p":
            yield {"kind": "heading", "level": int(block.tag[1]) - 1, "text": _words([block])}
        elif isinstance(block, Paragraph):
            kind = "signature" if block.place == SIGNED else "prose"
            yield {"kind": kind, "text": _words([block])}


def _words(blocks: Sequence[Block]) -> str:
    return "".join(words_of(block.content) for block in blocks if isinstance(block, Paragraph))


@lru_cache(maxsize=1)
def _template() -> bytes:
    return (files("gongkai.web.demonstration") / "paper.typ").read_bytes()


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(pylopdf_fonts_zh_cn.serif_path().parent)],
    )

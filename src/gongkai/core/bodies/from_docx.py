"""A Word file imported whole as a body: title, html, pictures, and what it says of itself.

Nothing of the file's properties comes along (author, company, times): they are never read.
What is not in the body although it was in the file is said in ``dropped``.
"""

from __future__ import annotations

import re
from collections import Counter

from lxml import etree

from ..errors import UnreadableDocument
from ..readers.document import Budget, Limits
from ..readers.docx import names as n
from ..readers.kind import kind_of
from ..readers.package import Package
from .content import CENTRED, Block, Paragraph, Text, words_of
from .facts import document_number, find_facts, is_head
from .imported import Imported
from .markup import render
from .sanitise import secured
from .spacing import addressed, tidy
from .word.notes import notes_of, texts_of
from .word.runs import Relations
from .word.walk import Printed, WordWalk, tidied

_MAIN = "word/document.xml"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_SAID = {
    "inserted": "修订痕迹：新增 {} 处，按接受处理",
    "deleted": "修订痕迹：删除 {} 处，按接受处理",
    "moved": "修订痕迹：移动 {} 处，按接受处理",
    "comment": "批注 {} 处",
    "hidden": "隐藏文字 {} 处",
    "contents": "目录",
    "furniture": "页眉、页脚",
    "picture": "图片 {} 张：格式浏览器不能显示，或不在文件里",
    "chart": "图表、图形 {} 个：请另存为图片上传",
    "formula": "公式 {} 处：只留文字",
}
# A title stands among the first lines, and is no longer than this.
_FIRST = 15
_LONGEST_TITLE = 150
_TITLE_STYLES = frozenset({"title", "标题"})
_NO_TITLE = re.compile(
    r"[。；，：]$|^附件?\s*\d*$|^[（(].*[)）]$|^[\d\s.〇一二三四五六七八九十年月日—-]+$"
)


def body_from_docx(data: bytes, limits: Limits | None = None) -> Imported:
    """The body in a Word file.  UnreadableDocument where it is none, or damaged or encrypted."""
    budget = Budget(limits or Limits())
    kind = kind_of(data)
    if kind != "docx":
        raise UnreadableDocument("input.unsupported_kind", kind=kind)
    package = Package(data, budget, "docx")
    main = package.main_part(_MAIN)
    root = package.xml(main)
    body = None if root is None else root.find(n.BODY)
    if body is None:
        raise package.damaged()
    notes = notes_of(package, body, package.related(main, "/settings"))
    walk = WordWalk(package, main, budget, notes)
    printed = walk.blocks(body, _relations(package, main))
    title = _take_title(printed)
    blocks = addressed(tidied(printed))
    facts = find_facts(blocks)
    for note_kind in ("footnote", "endnote"):
        part = package.related(main, f"/{note_kind}s")
        texts = texts_of(package, part, note_kind)
        relations = _relations(package, part) if part and texts else Relations({}, {})
        for note in [one for one in notes.referred if one.kind == note_kind]:
            if note.id in texts:
                said = tidied(walk.blocks(texts[note.id], relations))
                blocks.extend(_marked(said, note.mark))
    walk.left.update(_unseen(package, main, body))
    dropped = tuple(said.format(walk.left[k]) for k, said in _SAID.items() if walk.left[k])
    return Imported(title, secured(render(blocks)), tuple(walk.pictures.files), facts, dropped)


def _relations(package: Package, part: str) -> Relations:
    """What ``part`` relates to, within the file and outside."""
    folder, _, name = part.rpartition("/")
    root = package.xml(f"{folder}/_rels/{name}.rels")
    outside = {} if root is None else {
        relation.get("Id", ""): relation.get("Target", "")
        for relation in root.iter(_RELATIONSHIP)
        if relation.get("TargetMode") == "External"
    }  # fmt: skip
    return Relations({key: target for key, _, target in package.relations(part)}, outside)


def _marked(blocks: list[Block], mark: str) -> list[Block]:
    """A note with its mark before it."""
    first = blocks[0] if blocks else None
    if mark and isinstance(first, Paragraph):
        first.content = [Text(f"{mark} "), *first.content]
    return blocks


def _unseen(package: Package, main: str, body: etree._Element) -> Counter[str]:
    """What of the file is no part of the text: traces of changes, comments, page furniture."""
    left: Counter[str] = Counter()
    for tag, kind in (("ins", "inserted"), ("del", "deleted"), ("moveFrom", "moved")):
        left[kind] = sum(len(element) > 0 for element in body.iter(n.W + tag))
    left["comment"] = sum(1 for _ in body.iter(n.W + "commentReference"))
    for _, kind, part in package.relations(main):
        if kind in ("/header", "/footer"):
            root = package.xml(part)
            words = "" if root is None else "".join(t.text or "" for t in root.iter(n.T))
            if re.search(r"[^\W\d_]", words.replace("第", "").replace("页", "").replace("共", "")):
                left["furniture"] = 1
    return left


def _take_title(blocks: list[Block]) -> str | None:
    """The title, taken out of ``blocks``: by its style, else the first large centred lines."""
    styled = [
        b for b in blocks if isinstance(b, Printed) and b.style in _TITLE_STYLES and _said(b)
    ][:1]
    first = styled[0] if styled else _large(blocks)
    if first is None:
        return None
    at = next(i for i, block in enumerate(blocks) if block is first)
    taken = [first]
    for block in blocks[at + 1 :]:
        # A long title is set over several lines, each a paragraph.
        goes_on = (
            isinstance(block, Printed)
            and block.style == first.style
            and block.size == first.size
            and block.place == first.place == CENTRED
            and not _NO_TITLE.search(_said(block))
            and document_number(_said(block)) is None
        )
        if not goes_on or not isinstance(block, Printed):
            break
        taken.append(block)
    title = "".join(_said(block) for block in taken)
    if len(title) > _LONGEST_TITLE:
        return None
    del blocks[at : at + len(taken)]
    return title


def _said(block: Paragraph) -> str:
    words = " ".join(words_of(part.content) for part in tidy(block))
    return re.sub(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])", "", words.replace("\n", "")).strip()


def _large(blocks: list[Block]) -> Printed | None:
    """The first centred paragraph of larger letters than most of the text has."""
    sizes: Counter[int] = Counter()
    for block in blocks:
        if isinstance(block, Printed):
            sizes[block.size] += len(words_of(block.content))
    usual = sizes.most_common(1)[0][0] if sizes else 0
    seen = 0
    for block in blocks:
        if not isinstance(block, Printed):
            continue
        words = _said(block)
        seen += bool(words)
        if seen > _FIRST:
            break
        if block.place != CENTRED or len(words) < 4 or _NO_TITLE.search(words):
            continue
        if document_number(words) is not None or is_head(words):
            continue
        bold = all("strong" in p.marks for p in block.content if isinstance(p, Text))
        if block.size > usual or (block.size == usual and bold) or block.tag == "h2":
            return block
    return None

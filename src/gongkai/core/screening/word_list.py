"""Lists of words that a region keeps: forbidden, misspelt, to be used with care, outdated.

A list comes as TOML (``[[word]]`` with ``word``, ``kind`` …) or as CSV with a
line of headings (词、类别、改为、理由、例外), as a spreadsheet saves it.  What cannot be
used is refused line by line with its reason; the rest of the list is taken.

``unless`` are phrases in which the word is no mistake: 发布署 for 布署 in
发布署名文章.  A ``…`` behind the word stands for any words of the same sentence.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files


class WordKind(StrEnum):
    """Why a word is on a list."""

    FORBIDDEN = "forbidden"
    MISSPELT = "misspelt"
    SENSITIVE = "sensitive"
    OUTDATED = "outdated"

    @property
    def zh(self) -> str:
        """As it is written in a list."""
        return _KINDS[self]


_KINDS = {
    WordKind.FORBIDDEN: "禁用",
    WordKind.MISSPELT: "错别字",
    WordKind.SENSITIVE: "慎用",
    WordKind.OUTDATED: "过时",
}
_KIND_SAID = {
    **{kind.value: kind for kind in WordKind},
    **{zh: kind for kind, zh in _KINDS.items()},
    "禁用词": WordKind.FORBIDDEN,
    "错字": WordKind.MISSPELT,
    "易错词": WordKind.MISSPELT,
    "敏感": WordKind.SENSITIVE,
    "敏感词": WordKind.SENSITIVE,
    "慎用词": WordKind.SENSITIVE,
}
_COLUMNS = {
    "词": "word", "字词": "word", "词语": "word", "word": "word",
    "类别": "kind", "类型": "kind", "kind": "kind",
    "改为": "replacement", "正确写法": "replacement", "replacement": "replacement",
    "理由": "reason", "说明": "reason", "reason": "reason",
    "例外": "unless", "unless": "unless",
}  # fmt: skip
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a list, or a short phrase."""

    word: str
    kind: WordKind
    replacement: str = ""
    reason: str = ""
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WordList:
    """A list: what it is called, where it comes from, its words."""

    name: str
    source: str
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """An entry that was not taken: its number in the list (0: the list as a whole), and why."""

    entry: int
    text: str
    why: str


def parse_toml(text: str, name: str = "") -> tuple[WordList, tuple[Refused, ...]]:
    """A list in TOML; ``name`` where it does not say its own."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        where = f"第 {line[1]} 行" if line else "末尾"
        return WordList(name, "", ()), (Refused(0, "", f"不是能读的 TOML，错在{where}。"),)
    entries = data.get("word", [])
    if not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
        return WordList(name, "", ()), (Refused(0, "", "每个词要写成一段 [[word]]。"),)
    words, refused = _words(enumerate(entries, 1))
    return WordList(str(data.get("name", name)), str(data.get("source", "")), words), refused


def parse_csv(text: str, name: str, source: str = "") -> tuple[WordList, tuple[Refused, ...]]:
    """A list as a spreadsheet saves it, parted by commas or tabs."""
    text = text.lstrip("\ufeff")
    first = text.partition("\n")[0]
    lines = csv.reader(text.splitlines(), delimiter="\t" if "\t" in first else ",")
    try:
        rows = list(lines)
    except csv.Error:
        return WordList(name, source, ()), (
            Refused(lines.line_num, "", "这一行不是能读的 CSV，多半是引号没有配对。"),
        )
    heads = [_COLUMNS.get(head.strip().lower(), "") for head in rows[0]] if rows else []
    if "word" not in heads or "kind" not in heads:
        why = "第一行要有“词”“类别”两列，可以有“改为”“理由”“例外”。"
        return WordList(name, source, ()), (Refused(0, first.strip()[:_LONGEST], why),)
    told = (
        (number, {head: said for head, said in zip(heads, row, strict=False) if head})
        for number, row in enumerate(rows[1:], 2)
        if any(said.strip() for said in row)
    )
    words, refused = _words(told)
    return WordList(name, source, words), refused


@lru_cache(maxsize=1)
def default_list() -> WordList:
    """The short list that comes with Gongkai: plain misspellings, and the old Regulation."""
    text = files("gongkai.core.screening").joinpath("words", "default.toml")
    return parse_toml(text.read_text(encoding="utf-8"))[0]


def _words(
    entries: Iterable[tuple[int, Mapping[str, object]]],
) -> tuple[tuple[Word, ...], tuple[Refused, ...]]:
    words: dict[str, Word] = {}
    refused: list[Refused] = []
    for number, entry in entries:
        word = str(entry.get("word", "")).strip()
        if why := _fault(word, entry, words):
            refused.append(Refused(number, word[:_LONGEST], why))
            continue
        words[word] = Word(
            word,
            _KIND_SAID[str(entry["kind"]).strip().lower()],
            str(entry.get("replacement", "")).strip(),
            str(entry.get("reason", "")).strip().rstrip("。"),
            _phrases(entry.get("unless", "")),
        )
    return tuple(words.values()), tuple(refused)


def _fault(word: str, entry: Mapping[str, object], before: Mapping[str, Word]) -> str:
    kind = _KIND_SAID.get(str(entry.get("kind", "")).strip().lower())
    replacement = str(entry.get("replacement", "")).strip()
    if not word:
        return "没有写词。"
    if len(word) > _LONGEST:
        return f"超过 {_LONGEST} 个字，不是词。"
    if kind is None:
        return f"类别要写{'、'.join(_KINDS.values())}中的一个。"
    if kind is WordKind.MISSPELT and not replacement:
        return "错别字要写明改成什么。"
    if replacement == word:
        return "改成的和原来的一样。"
    if word in before:
        return "这个词前面已经有了。"
    for phrase in _phrases(entry.get("unless", "")):
        if word not in phrase.partition("…")[0]:
            return f"例外“{phrase}”里没有这个词；有“…”的，词要写在“…”前面。"
    return ""


def _phrases(said: object) -> tuple[str, ...]:
    told = said if isinstance(said, list) else re.split(r"[、；;|]", str(said))
    return tuple(phrase for item in told if (phrase := str(item).strip()))

"""Made-up items of information: as many as wanted, all different, the same for a number.

Few words are in every other text, some in a few, most in hardly any, as in real ones; the
length too is as of real items: most of a page, a few of twenty.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from html import escape
from pathlib import Path

_SEED = 20250515
_SENTENCES = 2_000
_NAMED = 600
_FIRST_DAY, _DAYS = date(2016, 1, 4), 3_600
# A paragraph as editors on agencies' sites leave it when somebody has pasted from WPS.
_PASTED = (
    '<p class="MsoNormal" style="text-align:justify;text-indent:32.0pt;line-height:28pt;'
    'mso-char-indent-count:2.0;mso-line-height-rule:exactly"><span style="font-family:仿宋_GB2312;'
    'font-size:16.0pt;mso-font-kerning:1.0pt">{}<o:p></o:p></span></p>'
)
_PASTED_CELL = (
    '<td width="140" valign="center" style="border:1.0pt solid windowtext;padding:0 5.4pt">'
    '<p class="MsoNormal" align="center"><span style="font-family:宋体">{}</span></p></td>'
)


@dataclass(frozen=True)
class Item:
    """One made-up item; ``agency`` counts from 0."""

    number: int
    agency: int
    kind: str
    statutory: str
    theme: str
    title: str
    document_number: str
    index_number: str
    made_on: date
    published_on: date
    paragraphs: tuple[str, ...]
    table: tuple[tuple[str, ...], ...]

    @property
    def plain(self) -> str:
        """The words of the body, a paragraph or a cell a line."""
        return "\n".join((*self.paragraphs, *(cell for row in self.table for cell in row)))

    @property
    def stored(self) -> str:
        """The body as the platform keeps it."""
        return self._html("<p>{}</p>", "<td><p>{}</p></td>", "<table>")

    @property
    def pasted(self) -> str:
        """The body as another site hands it over: far more mark-up than words."""
        table = '<table class="MsoNormalTable" border="1" cellspacing="0" cellpadding="0">'
        body = self._html(_PASTED, _PASTED_CELL, table)
        return f'<div class="TRS_Editor"><style>.TRS_Editor P{{line-height:2}}</style>{body}</div>'

    def _html(self, paragraph: str, cell: str, table: str) -> str:
        parts = [paragraph.format(escape(text)) for text in self.paragraphs]
        if self.table:
            rows = (
                f"<tr>{''.join(cell.format(escape(text)) for text in row)}</tr>"
                for row in self.table
            )
            parts.append(f"{table}<tbody>{''.join(rows)}</tbody></table>")
        return "".join(parts)


def agencies() -> list[str]:
    """The names of the agencies the items belong to."""
    words = _words()
    return [f"青禾{name}" for name in words["bodies"]] + [
        f"{name}办事处" for name in words["places"] if name.endswith("街道")
    ]


def item(number: int) -> Item:
    """The item with this number."""
    chance = random.Random(_SEED + number)
    words = _words()
    area = chance.choice(words["area"])
    place = chance.choice(words["places"])
    thing = _likely(chance, area["things"])
    form = chance.choice(words["forms"])
    made_on = _FIRST_DAY + timedelta(days=chance.randrange(_DAYS))
    names = [_name(chance) for _ in range(3)]
    paragraphs = [f"各有关单位、{place}及{names[0]}公司：", *_paragraphs(chance, area["theme"])]
    paragraphs += [_about_named(chance) for _ in range(chance.randrange(3))]
    paragraphs.append(
        f"联系人：{names[1]}，地址：{place}{names[2]}路{chance.randrange(1, 900)}号。"
    )
    document = form in ("管理办法", "实施细则") or chance.random() < 0.05
    return Item(
        number=number,
        agency=chance.randrange(len(agencies())),
        kind="normative_document" if document else "plain",
        statutory=area["statutory"],
        theme=area["theme"],
        title=f"关于{made_on.year}年{place}{thing}{names[0]}项目的{form}（第{number}号）",
        document_number=f"青政办发〔{made_on.year}〕{number}号" if document else "",
        index_number=f"QH-{made_on.year}-{number:07d}",
        made_on=made_on,
        published_on=made_on + timedelta(days=chance.randrange(1, 25)),
        paragraphs=tuple(paragraphs),
        table=_table(chance) if chance.random() < 0.12 else (),
    )


def queries() -> list[str]:
    """What people look for: two, three and four characters, phrases, two words, rare names."""
    chance = random.Random(_SEED)
    named = _named()
    frequent = [
        "养老",
        "医疗保险",
        "招聘",
        "预算",
        "燃气",
        "宅基地",
        "行政处罚",
        "加装电梯",
        "三公经费",
    ]
    phrases = [
        "城乡居民基本医疗保险",
        "既有住宅加装电梯",
        "部门预算执行率",
        "六十日内向听泉街道",
        "老旧小区 望山街道",
        "工伤认定 竹溪村 2024年",
    ]
    # From the often named to the hardly known, whole and in part.
    places = [named[at] for at in range(20, _NAMED, 29)]
    parts = [name[:2] for name in places[::3]] + [name[1:4] for name in places[1::3]]
    names = [_name(chance) for _ in range(8)]
    numbers = [f"第{chance.randrange(1, 10_000)}号" for _ in range(3)]
    absent = ["航天发射", "海底隧道"]
    return [*frequent, *phrases, *places, *parts, *names, *numbers, *absent]


def _paragraphs(chance: random.Random, theme: str) -> Iterator[str]:
    sentences = _sentences()[theme]
    # Half of all items have fewer than seven, one in fifty more than twenty.
    for _ in range(min(120, int(chance.lognormvariate(1.45, 0.8)) + 2)):
        yield "".join(chance.choices(sentences, k=chance.randrange(1, 5)))


def _table(chance: random.Random) -> tuple[tuple[str, ...], ...]:
    head = ("序号", "单位", "项目", "金额（万元）")
    words = _words()
    return (
        head,
        *(
            (
                str(at),
                f"{_name(chance)}有限公司",
                _likely(chance, chance.choice(words["area"])["things"]),
                f"{chance.randrange(10, 90_000) / 100:.2f}",
            )
            for at in range(1, chance.randrange(4, 24))
        ),
    )


def _about_named(chance: random.Random) -> str:
    area = chance.choice(_words()["area"])
    sentence = chance.choice(_words()["about_named"])
    return _said(chance, sentence, area["things"], name=_likely(chance, _named()))


@lru_cache(maxsize=1)
def _named() -> list[str]:
    """Schools, estates, roads: the first are named often, the last hardly ever."""
    chance = random.Random(_SEED)
    words = _words()
    return [
        "".join(chance.choices(words["characters"], k=2)) + chance.choice(words["named"])
        for _ in range(_NAMED)
    ]


@lru_cache(maxsize=1)
def _sentences() -> dict[str, list[str]]:
    """Those that texts are put together from, by theme."""
    chance = random.Random(_SEED)
    words = _words()
    return {
        area["theme"]: [
            _said(chance, _likely(chance, words["sentences"]), area["things"])
            for _ in range(_SENTENCES)
        ]
        for area in words["area"]
    }


def _said(chance: random.Random, sentence: str, things: list[str], **more: str) -> str:
    words = _words()
    return sentence.format(
        _likely(chance, things),
        _likely(chance, things),
        body=chance.choice(words["bodies"]),
        body2=chance.choice(words["bodies"]),
        place=chance.choice(words["places"]),
        year=chance.randrange(2015, 2027),
        mo=chance.randrange(1, 13),
        n=chance.randrange(100, 9000),
        m=chance.randrange(3, 99),
        p=f"{chance.randrange(300, 999) / 10:.1f}",
        d=chance.randrange(10, 40),
        e=chance.randrange(2, 12),
        **more,
    )


def _likely(chance: random.Random, choices: list[str]) -> str:
    """One of ``choices``; the first are taken far more often than the last."""
    return choices[int(len(choices) * chance.random() ** 3)]


def _name(chance: random.Random) -> str:
    return "".join(chance.choices(_words()["characters"], k=chance.choice((2, 2, 3))))


@lru_cache(maxsize=1)
def _words() -> dict:
    found = tomllib.loads(Path(__file__).with_name("item_words.toml").read_text(encoding="utf-8"))
    found["characters"] = "".join(found["characters"].split())
    return found

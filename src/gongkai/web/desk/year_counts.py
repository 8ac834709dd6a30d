"""The numbers of an agency's year, each with what stands behind it.

Four things are counted: normative documents (by their lives), licensing, penalties, coercive
measures and fees (as entered), what was released (by place and kind), and through which
channels (as recorded).  Where nothing was entered nothing is known: that is no zero.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse

from gongkai.core.catalogue import channels, columns, statutory_items
from gongkai.web.agencies.models import Agency
from gongkai.web.disclosure.forms import INTERPRETATION_FORMS
from gongkai.web.disclosure.models import InformationItem, ItemKind, OtherRelease, State
from gongkai.web.disclosure.published import NO_FORM, NO_ITEM, shown
from gongkai.web.disclosure.validity import counts
from gongkai.web.registers.models import YearlyCount
from gongkai.web.registers.yearly import sums, unit_of

UNRECORDED = "没有登记"


@dataclass(frozen=True, slots=True)
class Part:
    """One of the things behind a number: a document, or a matter with a number of its own."""

    name: str
    address: str
    value: int | Decimal | None = None
    text: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A number; ``text`` is how it is printed, ``address`` the list of what it counts."""

    label: str
    value: int | Decimal | None
    text: str
    unit: str
    address: str = ""
    note: str = ""
    parts: tuple[Part, ...] = ()
    below: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """One table."""

    heading: str
    anchor: str
    rows: list[Row]
    about: str
    empty: str = ""


def sections_of(agency: Agency, year: int) -> list[Section]:
    """All tables of a year, in the order of the annual report."""
    released = _released(agency, year)
    return [
        _documents(agency, year),
        _decisions(agency, year),
        _by_place(agency, year, released),
        _by_kind(agency, year, released),
        _by_channel(agency, year, len(released)),
    ]


def _documents(agency: Agency, year: int) -> Section:
    counted = counts(agency, year)
    end = f"{year}年12月31日"
    lists = (
        ("本年制发", counted.issued, "成文日期在本年"),
        ("本年废止", counted.repealed, "由文件宣布废止"),
        ("本年失效", counted.lapsed, "有效期满或者宣布失效，不算在废止里"),
        ("现行有效", counted.in_force, f"到{end}"),
        ("还没有施行", counted.pending, f"到{end}已经制发、还没有施行，不算在现行有效里"),
    )
    documents = InformationItem.objects.filter(
        agency=agency, kind=ItemKind.NORMATIVE_DOCUMENT, live__isnull=False
    ).select_related("live")
    by_key = {str(item.pk): item for item in documents}
    rows = [
        Row(label, len(keys), f"{len(keys)} 件", "件", note=note,
            parts=tuple(_document(by_key[key]) for key in keys))
        for label, keys, note in lists
    ]  # fmt: skip
    undated = [item for item in by_key.values() if item.live and item.live.made_on is None]
    if undated:
        parts = tuple(map(_document, undated))
        rows.append(
            Row(
                "没有写成文日期",
                len(undated),
                f"{len(undated)} 件",
                "件",
                note="上面都没有算",
                parts=parts,
            )
        )
    about = "按已公开的行政规范性文件算；撤回的不算。"
    return Section("行政规范性文件", "documents", rows, about)


def _document(item: InformationItem) -> Part:
    version = item.live or item.version
    facts = (version.document_number, f"{version.made_on}成文" if version.made_on else "")
    return Part(
        version.title,
        reverse("disclosure:item", args=[item.pk]),
        note="　".join(filter(None, facts)),
    )


def _decisions(agency: Agency, year: int) -> Section:
    lines = YearlyCount.objects.filter(agency=agency, year=year).order_by("pk")
    register = reverse("registers:lines", args=["counts"])
    rows = [
        Row(
            kind.kind.label,
            kind.total,
            kind.text,
            unit_of(kind.kind),
            note=kind.missing,
            parts=tuple(
                Part(
                    one.matter,
                    f"{register}?{urlencode({'agency': agency.code, 'q': one.matter})}",
                    one.value,
                    one.text,
                )
                for one in kind.matters
            ),
        )
        for kind in sums(lines)
    ]
    return Section(
        "行政许可、处罚、强制和收费",
        "decisions",
        rows,
        "数从“许可、处罚、强制、收费年度数量”来。没有发生的是 0，空着的是没有统计。",
        "这一年没有记数。在“清单和目录”里按事项填。",
    )


@dataclass(frozen=True, slots=True)
class _Released:
    """What the tables need of a released item."""

    column: str
    statutory: str
    kind: str
    form: str | None
    state: str


def _released(agency: Agency, year: int) -> list[_Released]:
    items = InformationItem.objects.filter(agency=agency, first_published_at__year=year)
    facts = ("shown_column", "shown_statutory", "kind", "shown_form", "state")
    return [_Released(*one) for one in shown(items).values_list(*facts)]


def _by_place(agency: Agency, year: int, released: list[_Released]) -> Section:
    found = Counter(
        one.column if one.column != "statutory" else one.statutory or NO_ITEM for one in released
    )
    named = [
        *((item.code, item.heading) for item in statutory_items()),
        *((column.id, column.name) for column in columns() if column.id != NO_ITEM),
        (NO_ITEM, "没有写法定项目"),
    ]
    others = len(released) - sum(found[place] for place, _ in named)
    withdrawn = sum(one.state == State.WITHDRAWN for one in released)
    address = _listed(agency, year)
    rows = [
        _count("一共", len(released), address, f"其中 {withdrawn} 条后来撤回" if withdrawn else ""),
        *(
            _count(label, found[place], _listed(agency, year, statutory=place), below=True)
            for place, label in named
            if found[place]
        ),
        *([_count("没有列入的栏目", others, "", below=True)] if others else []),
    ]
    return Section(
        "公开的信息",
        "places",
        rows,
        "按首次发布的日期算，按公开的那一稿所在的栏目分。没有列出的项目是 0 条。",
    )


def _by_kind(agency: Agency, year: int, released: list[_Released]) -> Section:
    kinds = Counter(one.kind for one in released)
    forms = Counter(one.form for one in released if one.kind == ItemKind.INTERPRETATION)
    rows: list[Row] = []
    for kind in ItemKind:
        rows.append(_count(kind.label, kinds[kind], _listed(agency, year, kind=kind)))
        if kind is ItemKind.INTERPRETATION:
            rows += (
                _count(
                    f"解读形式：{label}",
                    forms[None if form == NO_FORM else form],
                    _listed(agency, year, kind=kind, form=form),
                    below=True,
                )
                for form, label in (*INTERPRETATION_FORMS, (NO_FORM, "没有写"))
                if form != NO_FORM or forms[None]
            )
    return Section("按类型，政策解读按形式", "kinds", rows, "上一个表里的信息，换一种分法。")


def _by_channel(agency: Agency, year: int, on_platform: int) -> Section:
    """Items by channel: one that went out twice by the same channel is one item."""
    items: dict[str, set[int]] = defaultdict(set)
    went = OtherRelease.objects.filter(item__agency=agency, released_on__year=year)
    for channel, item in went.order_by().values_list("channel", "item").distinct():
        items[channel].add(item)
    rows = [_count("政府网站（本平台）", on_platform, _listed(agency, year))]
    for group, terms in channels().groups().items():
        several = len(terms) > 1
        chosen = group if several else terms[0].id
        label = "政府网站（别的网站）" if group == "gov_website" else terms[0].group_label
        together = set().union(*(items[term.id] for term in terms))
        rows.append(_recorded(agency, year, label, chosen, together))
        if several:
            rows += (
                _recorded(agency, year, term.label, term.id, items[term.id], below=True)
                for term in terms
                if items[term.id]
            )
    known = {term.id for term in channels().terms}
    rows += (
        Row(f"没有列入的渠道：{name}", len(found), f"{len(found)} 条", "条")
        for name, found in items.items()
        if name not in known
    )
    return Section(
        "按渠道",
        "channels",
        rows,
        "本平台按首次发布的日期算，别的渠道按登记的日期算。同一条信息在一种渠道发几次算一条。",
    )


def _recorded(
    agency: Agency, year: int, label: str, channel: str, items: Iterable[int], below: bool = False
) -> Row:
    number = len(set(items))
    if not number:
        # That nobody recorded one does not say that there was none.
        return Row(label, None, UNRECORDED, "条", below=below)
    query = {"agency": agency.code, "channel": channel, "channel_year": year}
    return _count(label, number, f"{reverse('disclosure:list')}?{urlencode(query)}", below=below)


def _count(label: str, number: int, address: str, note: str = "", below: bool = False) -> Row:
    return Row(
        label, number, f"{number} 条", "条", address if number else "", note=note, below=below
    )


def _listed(agency: Agency, year: int, **more: str) -> str:
    """The list of items released in the year, narrowed further."""
    query = {"agency": agency.code, "published": year, **more}
    return f"{reverse('disclosure:list')}?{urlencode(query)}"

"""The page of one published item, and the page an item leaves behind when it is withdrawn."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.publication.models import (
    Publication,
    PublishedFile,
    Relation,
    Tie,
    Withdrawal,
)
from gongkai.web.publication.reports import year_told

from . import links
from .body import body_of
from .rendered import Rendered
from .shell import About, Crumb, column_name, column_path, compose, has_columns, permalink
from .validity import Happening, happenings, stand_of
from .words import channel_label, genre_label, place_label, theme_ids, theme_label

# What the page shows of a publication it is tied to.
_OF_PARTNERS = ("number", "year", "title", "document_number", "facts")
# How an interpretation explains (details of its kind), in words.
_FORMS = {
    "text": "文字解读",
    "chart": "图解",
    "question_and_answer": "问答",
    "video": "视频解读",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the table above the text; ``path`` where it leads somewhere."""

    label: str
    text: str = ""
    on: date | None = None
    path: str = ""
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Partner:
    """Another publication this one is tied to, and what it is to this one."""

    title: str
    path: str
    note: str = ""


def item_page(path: str, year: int, number: int) -> Rendered | None:
    """The item, or the notice of its withdrawal."""
    item = (
        Publication.objects.filter(pk=number, year=year)
        .select_related("agency")
        .defer("text")
        .first()
    )
    return _published(path, item) if item else _withdrawn(path, year, number)


def _published(path: str, item: Publication) -> Rendered:
    today = timezone.localdate()
    agency = item.agency
    files = list(item.files.all())
    ties = list(
        Relation.objects.filter(Q(left=item) | Q(right=item))
        .select_related("left", "right")
        .order_by("pk")
        .only("tie", *(f"{side}__{fact}" for side in ("left", "right") for fact in _OF_PARTNERS))
    )
    place = place_label(item.column, item.statutory)
    attached = [file for file in files if not file.inline]
    body = body_of(item, files, path)
    return compose(
        path,
        "item.html",
        title=item.title,
        crumbs=[*place_crumbs(agency, item.column, item.statutory), ("正文", None)],
        agency=agency,
        column=item.column,
        about=About(
            column=place,
            column_type=column_name(item.column),
            article=_article(path, item, files),
        ),
        modified=item.updated_at or item.published_at,
        item=item,
        facts=_facts(item),
        stand=stand_of(item, today),
        body=body,
        # The official tables of a report need the whole width.
        wide="gk-form" in body,
        original=_original(item, attached),
        files=attached,
        life=_life(item, ties, today),
        today=today,
        figures_path=_figures_path(item),
        **_partners(item, ties),
        elsewhere=[
            {
                "channel": channel_label(e.channel),
                "where": e.where,
                "on": e.released_on,
                "link": e.link,
            }
            for e in item.elsewhere.all()
        ],
    )


def _figures_path(item: Publication) -> str:
    """The page on the figures of a report; empty for any other item."""
    year = year_told(item)
    return (
        links.figures_of_year(item.agency.slug, year) if year and has_columns(item.agency) else ""
    )


def _withdrawn(path: str, year: int, number: int) -> Rendered | None:
    notice = Withdrawal.objects.filter(pk=number, year=year).select_related("agency").first()
    if notice is None:
        return None
    agency = notice.agency
    return compose(
        path,
        "withdrawn.html",
        title="已撤回",
        crumbs=[(agency.short_name, links.agency_home(agency.slug)), ("已撤回", None)],
        agency=agency,
        status=410,
        modified=notice.withdrawn_at,
        notice=notice,
    )


def place_crumbs(agency: Agency, column: str, statutory: str = "") -> list[Crumb]:
    """From the agency to the column in which an item of it stands."""
    found: list[Crumb] = [(agency.short_name, links.agency_home(agency.slug))]
    if column == "statutory" and statutory:
        folder = links.statutory_folder(statutory, agency.slug)
        found.append((place_label(column, statutory), links.index_of(folder)))
    elif has_columns(agency):
        found.append((column_name(column), column_path(column, agency.slug)))
    return found


def _facts(item: Publication) -> list[Fact]:
    """The metadata above the text, the empty ones left out."""
    themed = item.theme in theme_ids()
    theme_page = links.index_of(links.theme_folder(item.theme)) if themed else ""
    year = item.facts.get("fiscal_year")
    issuer = item.issuer or item.agency.name
    found = [
        Fact("索引号", item.index_number),
        Fact("发文字号", item.document_number),
        Fact("发文机关", issuer),
        Fact("主题分类", theme_label(item.theme), path=theme_page),
        Fact("成文日期", on=item.made_on),
        Fact("发布日期", on=timezone.localdate(item.published_at)),
        Fact("施行日期", on=item.effective_on),
        Fact("有效期至", on=item.expires_on),
        Fact("体裁", genre_label(item.genre)),
        Fact("公开属性", "主动公开"),
        Fact("年度", f"{year}年" if year else ""),
        Fact("解读形式", _FORMS.get(item.facts.get("form", ""), "")),
        Fact("来源", item.source if item.source != issuer else ""),
        Fact("更新日期", on=timezone.localdate(item.updated_at) if item.updated_at else None),
        Fact("关键词", "　".join(item.keywords), wide=True),
        Fact("回应的关切", item.facts.get("concern", ""), wide=True),
        Fact("内容概述", item.summary, wide=True),
    ]
    told = [fact for fact in found if fact.text or fact.on]
    narrow = [place for place, fact in enumerate(told) if not fact.wide]
    if len(narrow) % 2:
        # They stand two and two: the last one alone takes the whole line.
        told[narrow[-1]] = replace(told[narrow[-1]], wide=True)
    return told


def _article(path: str, item: Publication, files: list[PublishedFile]) -> list[tuple[str, str]]:
    """The tags of a page with content, by the names of the guideline."""
    pictures = [file for file in files if file.inline]
    published = timezone.localtime(item.published_at)
    return [
        ("ArticleTitle", item.title),
        ("PubDate", f"{published:%Y-%m-%d %H:%M}"),
        ("ContentSource", item.source or item.issuer or item.agency.name),
        ("Keywords", ",".join(item.keywords)),
        ("Description", " ".join(item.summary.split())),
        ("Image", permalink(pictures[0].path) if pictures else ""),
        ("Url", permalink(path)),
    ]


def _original(item: Publication, attached: list[PublishedFile]) -> PublishedFile | None:
    """The paper itself (全真版): the PDF that is called as the item is."""
    for file in attached:
        stem, extension = posixpath.splitext(file.name)
        if extension.lower() == ".pdf" and stem.strip() == item.title.strip():
            return file
    return None


def _life(item: Publication, ties: list[Relation], today: date) -> list[tuple[Happening, str]]:
    """What happened to a normative document, each with the page of the cause where it is public."""
    if stand_of(item, today) is None:
        return []
    pages = {tie.left_id: tie.left.path for tie in ties if tie.right_id == item.pk}
    return [(h, pages.get(h.number or 0, "")) for h in happenings(item, today)]


def _partners(item: Publication, ties: list[Relation]) -> dict[str, Any]:
    """The publications tied to this one, by what they are to it."""
    found: dict[str, list[Partner]] = {
        "interpreted_by": [],
        "interprets": [],
        "acts_on": [],
        "acted_on_by": [],
        "related": [],
    }
    for tie in ties:
        outward = tie.left_id == item.pk
        other = tie.right if outward else tie.left
        if tie.tie == Tie.INTERPRETS:
            if outward:
                found["interprets"].append(Partner(other.title, other.path, other.document_number))
            else:
                form = _FORMS.get(other.facts.get("form", ""), "解读")
                found["interpreted_by"].append(Partner(other.title, other.path, form))
        elif tie.tie == Tie.RELATES:
            found["related"].append(Partner(other.title, other.path))
        else:
            word = Tie(tie.tie).label
            found["acts_on" if outward else "acted_on_by"].append(
                Partner(other.title, other.path, word)
            )
    return found

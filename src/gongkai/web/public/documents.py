"""The library of normative documents (行政规范性文件库): by validity and by year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from gongkai.core.catalogue import Validity
from gongkai.web.publication.models import Publication

from . import links, shelf
from .listing import Listing
from .rendered import Rendered
from .shell import About, column_name, compose
from .validity import holding

NAME = "行政规范性文件库"
_ALL = Q(kind="normative_document")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the library: its page, its name, how many documents, whether it is this one."""

    label: str
    path: str
    count: int
    current: bool


def part_of_library(path: str, part: str, number: int | None) -> Rendered | None:
    """A page of the whole library (``part`` is ""), of a validity or of a year."""
    today = timezone.localdate()
    parts = dict(_parts(today))
    if part not in parts:
        return None
    label, listing = parts[part]
    shown = shelf.page_of(listing, number)
    if shown is None:
        return None
    name = f"{NAME}：{label}" if part else NAME
    about = About(
        column=NAME,
        column_type=column_name("statutory"),
        description="各机关行政规范性文件，标明有效性",
        keywords=("行政规范性文件", label),
    )
    crumbs = [(NAME, links.index_of(links.DOCUMENTS)), (label, None)] if part else [(NAME, None)]
    common: dict[str, Any] = {
        "title": shelf.title(name, shown),
        "crumbs": crumbs,
        "column": "statutory",
        "about": about,
        "shelf": shown,
        "heading": name,
        "kicker": "",
        "by_agency": True,
    }
    if number is not None:
        return compose(path, "archive.html", **common)
    validities, years = _shown_parts(path, parts)
    return compose(
        path,
        "documents.html",
        feed=links.feed_in(listing.folder),
        part=part,
        validities=validities,
        years=years,
        search_in={"kind": "normative_document"} | _narrowed(part),
        **common,
    )


def listings() -> Iterator[Listing]:
    """Every list of the library."""
    for _, (_, listing) in _parts(timezone.localdate()):
        yield listing


def of_year(year: int) -> Listing:
    """The documents published in one year."""
    return Listing(links.documents_folder(str(year)), _ALL & Q(year=year))


def _narrowed(part: str) -> dict[str, str]:
    """The part of the library as search names it."""
    return {"year" if part.isdigit() else "validity": part} if part else {}


def _parts(today: date) -> Iterator[tuple[str, tuple[str, Listing]]]:
    """Every part by its name in addresses, with what it is called and its list."""
    yield "", ("全部", Listing(links.DOCUMENTS, _ALL))
    for validity in Validity:
        folder = links.documents_folder(validity.value)
        yield validity.value, (validity.label, Listing(folder, holding(validity, today)))
    years = Publication.objects.filter(_ALL).order_by("-year").values_list("year", flat=True)
    for year in years.distinct():
        yield str(year), (f"{year}年发布", of_year(year))


def _shown_parts(path: str, parts: dict[str, tuple[str, Listing]]) -> tuple[list[Part], list[Part]]:
    by_year = dict(
        Publication.objects.filter(_ALL).order_by().values_list("year").annotate(count=Count("*"))
    )
    validities, years = [], []
    for name, (label, listing) in parts.items():
        if name.isdigit():
            part = Part(label, listing.index, by_year[int(name)], listing.index == path)
            years.append(part)
        else:
            validities.append(Part(label, listing.index, listing.total, listing.index == path))
    return validities, years

"""Any two published reports side by side: asked for by a form, made by the application."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from gongkai.core.report import AnnualReport, Cell, Number
from gongkai.core.report.compare import ComparedCell, ComparedSection, Status, compare
from gongkai.web.agencies.models import Agency
from gongkai.web.policies import public
from gongkai.web.publication.models import PublishedReport
from gongkai.web.publication.report_figures import report_of

from .. import links
from ..responses import respond, set_mode
from ..shell import About, column_name, compose
from .told import Told, published

_NAME = "两份报告对照"
SIDES = {"left": "前一份", "right": "后一份"}


@dataclass(frozen=True)
class Pair:
    """A cell of both reports as it is shown."""

    label: str
    left: str
    right: str
    left_href: str
    right_href: str
    difference: str
    # "same", "changed" or "unread".
    status: str


@dataclass(frozen=True)
class SideBySide:
    """Two reports compared."""

    pairs: list[Pair]
    changed: int
    # Cells that only one of the two forms has, by the name of the row.
    only_left: list[str]
    only_right: list[str]
    sections: list[tuple[str, str]]


@public
@require_safe
def compared(request: HttpRequest) -> HttpResponseBase:
    """The form, and the comparison where two reports are chosen."""
    chosen = set_mode(request)
    if chosen is not None:
        return chosen
    rows = [_row(request, side) for side in SIDES]
    left, right = rows
    everything = request.GET.get("show") == "all"
    context: dict[str, Any] = {
        "choices": _choices(),
        "sides": [
            (side, label, {"agency": _given(request, side, "agency"), "year": _given(request, side, "year")})
            for side, label in SIDES.items()
        ],
        "problems": [_problem(request, side) for side, row in zip(SIDES, rows, strict=True)
                     if row is None and _asked(request)],
        "everything": everything,
    }  # fmt: skip
    if left is not None and right is not None:
        told = [published(row, links.COMPARE) for row in (left, right)]
        context |= {
            "told": told,
            "side": side_by_side(report_of(left), report_of(right), *told, everything=everything),
            "other": _address(request, everything),
        }
    page = compose(
        links.COMPARE,
        "figures/compare.html",
        title=_NAME,
        crumbs=[
            (column_name("annual_report"), links.ANNUAL),
            ("年报数据", links.FIGURES),
            (_NAME, None),
        ],
        column="annual_report",
        about=About(column=_NAME, column_type=column_name("annual_report")),
        kept_query=request.GET.urlencode(),
        name=_NAME,
        **context,
    )
    return respond(request, page)


def side_by_side(
    one: AnnualReport, two: AnnualReport, left: Told, right: Told, *, everything: bool
) -> SideBySide:
    """Both reports cell by cell; what only one form has is named, not compared."""
    comparison = compare(one, two)
    both = [cell for cell in comparison.cells if _in_both(cell, left, right)]
    pairs = [_pair(cell, left, right) for cell in both]
    return SideBySide(
        pairs=[pair for pair in pairs if everything or pair.status != Status.SAME],
        changed=sum(pair.status != Status.SAME for pair in pairs),
        only_left=_rows_only_in(left, right),
        only_right=_rows_only_in(right, left),
        sections=[(section.title, _alike(section)) for section in comparison.sections],
    )


def _in_both(cell: ComparedCell, left: Told, right: Told) -> bool:
    return all(told.form is not None and cell.address in told.form.cells for told in (left, right))


def _pair(cell: ComparedCell, left: Told, right: Told) -> Pair:
    return Pair(
        label=cell.label,
        left=_printed(cell.left),
        right=_printed(cell.right),
        left_href=left.opened(cell.address),
        right_href=right.opened(cell.address),
        difference=_signed(cell.difference),
        status=cell.status.value,
    )


def _rows_only_in(told: Told, other: Told) -> list[str]:
    if told.form is None or other.form is None:
        return []
    specs = (spec for a, spec in told.form.cells.items() if a not in other.form.cells)
    return list(dict.fromkeys(spec.row_label for spec in specs))


def _alike(section: ComparedSection) -> str:
    """How much of a section's words is the same, in words."""
    if section.similarity is None:
        return "只有一份有文字" if section.left or section.right else "都没有文字"
    return f"相同 {round(section.similarity * 100)}%"


def _printed(cell: Cell | None) -> str:
    if cell is None:
        return "未读"
    return cell.text or "空白"


def _signed(difference: Number | None) -> str:
    if difference is None:
        return "—"
    return f"{difference:+f}" if not isinstance(difference, int) else f"{difference:+d}"


def _row(request: HttpRequest, side: str) -> PublishedReport | None:
    year = _given(request, side, "year")
    if not (year.isascii() and year.isdigit() and len(year) == 4):
        return None
    return (
        PublishedReport.objects.filter(
            holds=True, agency__slug=_given(request, side, "agency"), year=int(year)
        )
        .select_related("publication", "agency")
        .first()
    )


def _given(request: HttpRequest, side: str, name: str) -> str:
    return request.GET.get(f"{side}_{name}", "")


def _asked(request: HttpRequest) -> bool:
    return any(_given(request, side, "year") for side in SIDES)


def _problem(request: HttpRequest, side: str) -> str:
    said = SIDES[side]
    agency = Agency.objects.filter(slug=_given(request, side, "agency")).first()
    if agency is None:
        return f"{said}：选一个机关。"
    told = PublishedReport.objects.filter(holds=True, agency=agency).order_by("year")
    years = "、".join(map(str, told.values_list("year", flat=True)))
    return f"{said}：{agency.short_name}没有这个年度的报告，有的是 {years or '无'}。"


def _choices() -> dict[str, Iterable[Any]]:
    rows = PublishedReport.objects.filter(holds=True)
    return {
        "agencies": Agency.objects.filter(pk__in=rows.values("agency")),
        "years": rows.order_by("-year").values_list("year", flat=True).distinct(),
    }


def _address(request: HttpRequest, everything: bool) -> str:
    """The same comparison with all cells, or with those that differ only."""
    query = request.GET.copy()
    query.pop("show", None)
    if not everything:
        query["show"] = "all"
    return f"?{query.urlencode()}"

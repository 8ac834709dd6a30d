"""Tables three and four of a year as they stand now; each number opens what it counts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from gongkai.core.forms import Form, edition_for
from gongkai.core.forms.layout import Layout, LayoutCell, layouts
from gongkai.core.handling.counting_basis import counting_points
from gongkai.core.rules import say
from gongkai.web import sheets
from gongkai.web.agencies.models import Agency
from gongkai.web.policies import StaffRequest, staff
from gongkai.web.requests.models import DisclosureRequest

from ..models import RemedyCase
from ..tables import YearCount, tally_of
from .asking import HERE

_FIRST_YEAR = 2019
_MOST = 500


class YearForm(forms.Form):
    """Which agency, with or without those below it, and which year."""

    agency = forms.ChoiceField(label="机关")
    year = forms.IntegerField(label="年度", min_value=_FIRST_YEAR)
    below = forms.BooleanField(label="含下属机关", required=False)

    def __init__(self, request: StaffRequest) -> None:
        self.agencies = request.actor.agencies("request.read")
        self.this_year = timezone.localdate().year
        own = {appointment.agency_id for appointment in request.actor.appointments}
        first = next((a for a in self.agencies if a.pk in own), self.agencies[0])
        usual = {"agency": first.code, "year": str(self.this_year)}
        super().__init__({**usual, **request.GET.dict()})
        agency, year = self.fields["agency"], self.fields["year"]
        assert isinstance(agency, forms.ChoiceField)
        assert isinstance(year, forms.IntegerField)
        agency.choices = [(a.code, a.short_name) for a in self.agencies]
        agency.error_messages["invalid_choice"] = "没有这个机关，或者不归你看。"
        year.error_messages |= {
            "invalid": "年度写成四位数字。",
            "min_value": f"{_FIRST_YEAR} 年以前是旧条例，不在这里计。",
        }
        year.widget.attrs |= {"max": self.this_year, "min": _FIRST_YEAR}
        if len(self.agencies) < 2:
            del self.fields["below"]

    def clean_year(self) -> int:
        """Not a year to come."""
        year: int = self.cleaned_data["year"]
        if year > self.this_year:
            raise forms.ValidationError("这一年还没有到。")
        return year

    def clean_agency(self) -> str:
        """Kept as its code."""
        return str(self.cleaned_data["agency"])

    @property
    def chosen(self) -> Agency:
        """The agency chosen, once the form is valid."""
        return next(a for a in self.agencies if a.code == self.cleaned_data["agency"])

    @property
    def counted(self) -> list[Agency]:
        """The agencies whose year is counted."""
        if not self.cleaned_data.get("below"):
            return [self.chosen]
        return [one for one in self.agencies if one.is_under(self.chosen)]


@staff("request.read")
def year(request: StaffRequest) -> HttpResponseBase:
    """The two tables; ``?cell=`` opens one number."""
    form = YearForm(request)
    context: dict[str, Any] = {"here": HERE, "tab": "year", "form": form}
    if form.is_valid():
        chosen: int = form.cleaned_data["year"]
        told = tally_of(form.counted, chosen)
        query = request.GET.copy()
        cell = query.pop("cell", [""])[-1]
        context |= {
            "agency": form.chosen,
            "year": chosen,
            "running": chosen == form.this_year,
            "tables": _tables(edition_for(chosen), told, query.urlencode(), cell),
            "opened": _opened(edition_for(chosen), told, cell),
            "findings": [say(one) for one in told.findings],
            "points": [*counting_points("requests"), *counting_points("remedies")],
            "query": query.urlencode(),
        }
    return render(request, "remedies/year.html", context, status=422 if form.errors else 200)


@staff("request.read")
def export(request: StaffRequest) -> HttpResponseBase:
    """The same numbers as xlsx, a line a cell, with what each counts."""
    form = YearForm(request)
    if not form.is_valid():
        return redirect(f"{reverse('remedies:year')}?{request.GET.urlencode()}")
    chosen: int = form.cleaned_data["year"]
    told = tally_of(form.counted, chosen)
    name = f"requests-{form.chosen.code}-{chosen}.xlsx"
    heads = ("表", "项目", "栏", "数量", "计入的")
    return sheets.answer(name, f"{chosen}年表三表四", heads, _lines(edition_for(chosen), told))


def _tables(form: Form, told: YearCount, query: str, open_: str) -> list[dict[str, Any]]:
    found = []
    for layout, name in zip(layouts(form)[1:], ("requests", "remedies"), strict=True):
        rows = [
            [_cell(cell, told, query, open_) for cell in sorted(_row(layout, at), key=_column)]
            for at in range(layout.rows)
        ]
        found.append(
            {
                "name": name,
                "caption": layout.caption,
                "head": rows[: layout.head_rows],
                "body": rows[layout.head_rows :],
            }
        )
    return found


def _row(layout: Layout, at: int) -> Iterator[LayoutCell]:
    return (cell for cell in layout.cells if cell.row == at)


def _column(cell: LayoutCell) -> int:
    return cell.column


def _cell(cell: LayoutCell, told: YearCount, query: str, open_: str) -> dict[str, Any]:
    if not cell.address:
        return {"cell": cell, "vertical": cell.scope == "rowgroup" and cell.column == 0}
    value = told.cells[cell.address]
    link = f"?{query}{'&' if query else ''}cell={cell.address}#cell" if value else ""
    return {"cell": cell, "value": value, "link": link, "open": cell.address == open_}


def _opened(form: Form, told: YearCount, cell: str) -> dict[str, Any] | None:
    """What one number counts."""
    if cell not in told.cells:
        return None
    spec = form.cells[cell]
    keys = told.counted(cell)
    of_requests = cell.startswith("requests")
    records: Any
    if of_requests:
        records = DisclosureRequest.objects.filter(pk__in=keys[:_MOST])
    else:
        records = RemedyCase.objects.filter(pk__in=keys[:_MOST]).select_related("request")
    return {
        "heading": f"{spec.row_label}　{spec.column_label}",
        "requests": records if of_requests else [],
        "cases": [] if of_requests else records,
        "count": len(keys),
        "most": _MOST,
    }


def _lines(form: Form, told: YearCount) -> Iterator[tuple[Any, ...]]:
    keys = {key for counted in told.requests.trace.values() for key in counted}
    numbers = dict(DisclosureRequest.objects.filter(pk__in=keys).values_list("pk", "number"))
    keys = {key for counted in told.remedies.trace.values() for key in counted}
    cases = {case.pk: case.name for case in RemedyCase.objects.filter(pk__in=keys)}
    for cell, value in told.cells.items():
        spec = form.cells[cell]
        named = numbers if cell.startswith("requests") else cases
        listed = "、".join(named[key] for key in told.counted(cell))
        yield (
            "表三" if named is numbers else "表四",
            spec.row_label,
            spec.column_label,
            value,
            listed,
        )

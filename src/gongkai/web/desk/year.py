"""年度数量: what an agency did in a year, as the annual report counts it, each number opened."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from gongkai.web import sheets
from gongkai.web.agencies.models import Agency
from gongkai.web.policies import StaffRequest, staff

from .year_counts import Section, sections_of

HEADS = ("部分", "项目", "数量", "单位", "说明")


class YearForm(forms.Form):
    """Which agency and which year."""

    agency = forms.ChoiceField(label="机关")
    year = forms.IntegerField(label="年度", min_value=1949)

    def __init__(self, request: StaffRequest) -> None:
        self.agencies = request.actor.agencies("item.read")
        self.this_year = timezone.localdate().year
        own = {appointment.agency_id for appointment in request.actor.appointments}
        # Who oversees many agencies begins with the one he sits in.
        first = next((a for a in self.agencies if a.pk in own), self.agencies[0])
        usual = {"agency": first.code, "year": str(self.this_year)}
        super().__init__({**usual, **request.GET.dict()})
        agency, year = self.fields["agency"], self.fields["year"]
        assert isinstance(agency, forms.ChoiceField)
        assert isinstance(year, forms.IntegerField)
        agency.choices = [(a.code, a.short_name) for a in self.agencies]
        agency.error_messages["invalid_choice"] = "没有这个机关，或者不归你看。"
        year.error_messages["invalid"] = "年度写成四位数字。"
        year.max_value = self.this_year
        year.widget.attrs |= {"max": self.this_year, "min": year.min_value}

    def clean_year(self) -> int:
        """Not a year to come: nothing can be counted then."""
        year: int = self.cleaned_data["year"]
        if year > self.this_year:
            raise forms.ValidationError("这一年还没有到。")
        return year

    @property
    def chosen(self) -> Agency:
        """The agency chosen, once the form is valid."""
        return next(a for a in self.agencies if a.code == self.cleaned_data["agency"])


@staff("item.read")
def year(request: StaffRequest) -> HttpResponseBase:
    """The page of an agency's year."""
    form = YearForm(request)
    context: dict[str, Any] = {"here": "", "form": form}
    if form.is_valid():
        chosen: int = form.cleaned_data["year"]
        context |= {
            "agency": form.chosen,
            "year": chosen,
            "running": chosen == form.this_year,
            "sections": sections_of(form.chosen, chosen),
            "query": request.GET.urlencode(),
        }
    return render(request, "desk/year.html", context, status=422 if form.errors else 200)


@staff("item.read")
def export(request: StaffRequest) -> HttpResponseBase:
    """The same numbers as xlsx."""
    form = YearForm(request)
    if not form.is_valid():
        return redirect(f"{reverse('desk:year')}?{request.GET.urlencode()}")
    chosen: int = form.cleaned_data["year"]
    name = f"year-{form.chosen.code}-{chosen}.xlsx"
    lines = _lines(sections_of(form.chosen, chosen))
    return sheets.answer(name, f"{chosen}年度数量", HEADS, lines)


def _lines(sections: list[Section]) -> Iterator[tuple[Any, ...]]:
    """Every number with its parts; a blank stays a blank and says why beside it."""
    for section in sections:
        for row in section.rows:
            note = (
                row.note if row.value is not None else "；".join(filter(None, (row.text, row.note)))
            )
            yield section.heading, row.label, row.value, row.unit, note
            for part in row.parts:
                if part.text:
                    blank = part.text if part.value is None else ""
                    yield section.heading, f"{row.label}：{part.name}", part.value, row.unit, blank

"""What the register of concerns and the interpretations say of an agency's year.

Nothing registered is not zero: such a number is None.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from gongkai.web.agencies.models import Agency
from gongkai.web.disclosure.forms import INTERPRETATION_FORMS
from gongkai.web.disclosure.models import InformationItem, ItemKind
from gongkai.web.disclosure.published import NO_FORM, shown
from gongkai.web.oversight import YearFact

from .models import Concern, ConcernRelease, ReleaseKind
from .standing import standing_of


def facts_of(agency: Agency, year: int) -> list[YearFact]:
    """Every number of the year, each with its list."""
    return [*_concerns(agency, year), *_releases(agency, year), *_interpretations(agency, year)]


def _concerns(agency: Agency, year: int) -> Iterator[YearFact]:
    found = Concern.objects.filter(agency=agency, began_at__year=year).prefetch_related("releases")
    stands = standing_of(found, timezone.now())
    ours = [one for one in stands if one.asked]
    answered = [one for one in ours if one.concern.releases.all()]
    for key, label, lines, note, narrowed in (
        ("concerns", "登记的关切", stands, "起算时间在本年的", {}),
        ("concerns_answered", "回应的关切", answered, "有发布的", {"state": "answered"}),
        ("concerns_late", "回应超时的关切", [o for o in ours if o.late], "", {"state": "late"}),
        (
            "concerns_open",
            "没有办结的关切",
            [one for one in stands if one.concern.is_open],
            "今天的情况",
            {"state": "open"},
        ),
    ):
        value = len(lines) if stands else None
        yield YearFact(key, label, value, "件", _list(agency, year, **narrowed), note)


def _releases(agency: Agency, year: int) -> Iterator[YearFact]:
    kinds = Counter(
        ConcernRelease.objects.filter(concern__agency=agency, at__year=year).values_list(
            "kind", flat=True
        )
    )
    total = sum(kinds.values())
    address = _list(agency, year, released="1")
    yield YearFact("releases", "回应发布", total or None, "次", address, "本年发布的")
    for kind in ReleaseKind:
        if kinds[kind]:
            yield YearFact(
                f"releases_{kind.value}", str(kind.label), kinds[kind], "次", address, "本年发布的"
            )


def _interpretations(agency: Agency, year: int) -> Iterator[YearFact]:
    """政策解读 first published in the year, by form; items are known, so none is zero."""
    items = InformationItem.objects.filter(
        agency=agency, kind=ItemKind.INTERPRETATION, first_published_at__year=year
    )
    wanted = ("shown_form",)
    forms = Counter(form for (form,) in shown(items).values_list(*wanted))
    total = sum(forms.values())
    query = {"agency": agency.code, "published": str(year), "kind": ItemKind.INTERPRETATION.value}
    listed = reverse("disclosure:list")
    note = "本年第一次发布的"
    yield YearFact("interpretations", "政策解读", total, "篇", f"{listed}?{urlencode(query)}", note)
    for form, label in (*INTERPRETATION_FORMS, (NO_FORM, "没有写形式")):
        count = forms[None] + forms[""] if form == NO_FORM else forms[form]
        if count:
            address = f"{listed}?{urlencode({**query, 'form': form})}"
            yield YearFact(
                f"interpretations_{form}", f"政策解读：{label}", count, "篇", address, note
            )


def _list(agency: Agency, year: int, **more: str) -> str:
    query = urlencode({"agency": agency.code, "year": str(year), **more})
    return f"{reverse('concerns:list')}?{query}"

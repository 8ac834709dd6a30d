"""What the register of concerns, the interpretations and the published answers say of an agency's year.

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
    return [*_concerns(agency, year), *_releases(agency, year), *_published(agency, year)]


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


def _published(agency: Agency, year: int) -> Iterator[YearFact]:
    """政策解读 by form and 回应关切, first published in the year; items are known: none is zero."""
    items = InformationItem.objects.filter(agency=agency, first_published_at__year=year)
    explaining = items.filter(kind=ItemKind.INTERPRETATION)
    wanted = ("shown_form",)
    forms = Counter(form or NO_FORM for (form,) in shown(explaining).values_list(*wanted))
    kind = ItemKind.INTERPRETATION.value
    yield _items("interpretations", "政策解读", sum(forms.values()), agency, year, kind=kind)
    for form, label in (*INTERPRETATION_FORMS, (NO_FORM, "没有写形式")):
        if forms[form]:
            name = f"政策解读：{label}"
            more = {"kind": kind, "form": form}
            yield _items(f"interpretations_{form}", name, forms[form], agency, year, **more)
    answering = items.filter(kind=ItemKind.CONCERN_RESPONSE).count()
    kind = ItemKind.CONCERN_RESPONSE.value
    yield _items("concern_responses", "公开的回应", answering, agency, year, kind=kind)


def _items(key: str, label: str, count: int, agency: Agency, year: int, **more: str) -> YearFact:
    query = urlencode({"agency": agency.code, "published": str(year), **more})
    address = f"{reverse('disclosure:list')}?{query}"
    return YearFact(key, label, count, "篇", address, "本年第一次发布的")


def _list(agency: Agency, year: int, **more: str) -> str:
    query = urlencode({"agency": agency.code, "year": str(year), **more})
    return f"{reverse('concerns:list')}?{query}"

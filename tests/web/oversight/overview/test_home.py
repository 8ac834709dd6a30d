"""How an office is doing, agencies side by side, and that every number opens to as many records."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai.web.disclosure.models import InformationItem
from gongkai.web.oversight.assessment.evidence import count, measures, span_called
from gongkai.web.oversight.overview.standing import SIDE_BY_SIDE, Entry, offices
from gongkai.web.oversight.watching.models import WatchFinding
from gongkai.web.people.models import Role
from gongkai.web.requests.models import DisclosureRequest
from gongkai.web.sheets import read_grid
from tests.web.conftest import Office, signed_in
from tests.web.oversight.rectification.made import found, own, watched
from tests.web.oversight.year_of_work import YEAR, concluded, published, year_of

pytestmark = pytest.mark.django_db
HOME = reverse("overview:home")


def behind(office: Office) -> None:
    """What is open, late or missing at the street today."""
    today = timezone.localdate()
    author = office.people[Role.AUTHOR]
    watched(f"{YEAR}-01-05T06:00:00Z")
    finding = found(office.street)
    found(office.street, "20-1", severity="error")
    found(office.street, "20-2", state="set_aside", set_aside_at=timezone.now())
    own(office, finding, due_on=today + timedelta(days=30))
    late = own(office)
    late.due_on = today - timedelta(days=1)
    late.save()
    item = published(office.street, author, "迟了的", today, today)
    InformationItem.objects.filter(pk=item.pk).update(
        first_published_at=None, state="draft", due_on=today - timedelta(days=3)
    )
    case = concluded(office.street, "9号", today, today, late=False)
    DisclosureRequest.objects.filter(pk=case.pk).update(
        concluded_on=None, state="processing", due_on=today - timedelta(days=2)
    )


def rows_of(client: Client, address: str) -> int:
    page = client.get(address)
    assert page.status_code == 200, address
    return int(page.context["page"].paginator.count)


def test_every_number_of_an_office_opens_to_its_list(office: Office) -> None:
    behind(office)
    clerk = signed_in(office, Role.DISCLOSURE_OFFICE)
    page = clerk.get(HOME)
    told: dict[str, list[Entry]] = page.context["office"].groups
    numbers = {e.key: e.count for entries in told.values() for e in entries if e.count is not None}
    assert numbers == {
        "errors": 1, "warnings": 1, "family-columns": 2, "items_late": 1, "requests_open": 1,
        "requests_soon": 0, "requests_late": 1, "tasks_open": 2, "tasks_late": 1, "tasks_done": 0,
    }  # fmt: skip
    for entries in told.values():
        for entry in entries:
            if entry.count is not None:
                assert rows_of(clerk, entry.address) == entry.count, entry.label
            else:
                assert clerk.get(entry.address).status_code == 200, entry.label
    text = page.content.decode()
    assert f"{timezone.localdate().year - 1}年度报告" in text
    assert office.neighbour.short_name not in text


def test_agencies_side_by_side_in_the_order_of_the_roster(office: Office) -> None:
    behind(office)
    department = signed_in(office, Role.COMPETENT_DEPARTMENT)
    page = department.get(HOME)
    rows = page.context["rows"]
    assert [row["agency"].code for row in rows] == ["QH0000", "QH0001", "QH0401", "QH0402"]
    street = next(row for row in rows if row["agency"] == office.street)
    for entry in street["entries"]:
        if entry is not None and entry.count:
            assert rows_of(department, entry.address) == entry.count, entry.label
    assert len(page.context["heads"]) == len(SIDE_BY_SIDE)
    # The department sees the page of one office, the office nobody else's.
    one = f"{HOME}?agency={office.street.code}"
    assert f"{office.street.short_name}：监督保障" in department.get(one).content.decode()
    clerk = signed_in(office, Role.DISCLOSURE_OFFICE)
    assert clerk.get(f"{HOME}?agency={office.neighbour.code}").status_code == 404
    told = offices([office.neighbour], timezone.localdate())[0]
    assert {e.count for entries in told.groups.values() for e in entries} <= {0, None}


def test_a_year_is_counted_once_and_opens(office: Office) -> None:
    year_of(office.street, office.people[Role.AUTHOR])
    watched(f"{YEAR}-01-05T06:00:00Z")
    opened = timezone.datetime(YEAR, 11, 20, tzinfo=timezone.get_current_timezone())
    finding = found(office.street, found_at=opened)
    WatchFinding.objects.filter(pk=finding.pk).update(
        state="mended", mended_at=opened.replace(month=12)
    )
    found(office.street, "20-1", found_at=opened)
    span = span_called(str(YEAR))
    assert span is not None
    agencies = [office.street, office.neighbour]
    told = {slug: count(one, agencies, span) for slug, one in measures().items()}
    street = {slug: by[office.street.pk].text for slug, by in told.items()}
    assert street == {
        "items_published": "3 条",
        "items_in_time": "66.7%（2/3 条）",
        "documents_explained": "没有数据",
        "requests_received": "2 件",
        "requests_in_time": "50.0%（1/2 件）",
        "remedies_corrected": "1 件",
        "reports_in_time": "没有数据",
        "reports_returned": "没有数据",
        # Two stood still at the end of November, one still at that of December.
        "columns_stale": "3 栏次",
        "findings_found": "2 项",
        "findings_mended": "50.0%（1/2 项）",
        "tasks_ordered": "0 件",
        "tasks_confirmed": "0 件",
        "tasks_in_time": "没有数据",
        "self_checks_in_time": street["self_checks_in_time"],
        "concerns_in_time": "没有数据",
        "trainings": "没有数据",
        "training_hours": "没有数据",
        "appraisal_satisfied": "没有数据",
        "accountability": "没有数据",
    }
    department = signed_in(office, Role.COMPETENT_DEPARTMENT)
    for slug, by in told.items():
        for agency in agencies:
            address = reverse("overview:behind", args=[slug])
            asked = f"{address}?span={YEAR}&agency={agency.code}"
            assert rows_of(department, asked) == len(by[agency.pk].lines), slug
    page = department.get(reverse("overview:compare"), {"span": YEAR}).content.decode()
    assert page.count("66.7%（2/3 条）") == 2, "in the cell and in its spoken name"
    months = department.get(
        reverse("overview:compare"),
        {"measure": "items_published", "length": "year", "agency": office.street.code},
    )
    assert "<svg" in months.content.decode()
    grid = read_grid(department.get(reverse("overview:export"), {"span": YEAR}).content)
    assert ["QH0401", "听泉街道办事处", "按期公开", f"{YEAR}年", "66.7", "%", "2", "3"] in grid
    assert ["QH0402", "枕流街道办事处", "按期答复", f"{YEAR}年", "没有数据", "%", "0", "0"] in grid


def test_doors(office: Office) -> None:
    clerk, nobody = signed_in(office, Role.DISCLOSURE_OFFICE), signed_in(office, Role.SYSTEM_ADMIN)
    places: list[tuple[str, dict[str, Any]]] = [
        (HOME, {}),
        (reverse("overview:compare"), {"agency": office.neighbour.code}),
        (reverse("overview:behind", args=["items_published"]), {"span": "2025"}),
    ]
    for address, query in places:
        page = clerk.get(address, query)
        assert page.status_code == 200
        assert office.neighbour.short_name not in page.content.decode()
        assert nobody.get(address, query).status_code == 403
        assert Client().get(address, query).status_code == 302
    closed = reverse("overview:behind", args=["items_published"])
    assert clerk.get(closed, {"agency": office.neighbour.code}).status_code == 404
    assert clerk.get(reverse("overview:briefs")).status_code == 403


def test_spans_have_names_that_lead_back_to_them() -> None:
    for slug, since, until in (
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-q1", date(2024, 1, 1), date(2024, 3, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
    ):
        span = span_called(slug)
        assert span is not None
        assert (span.since, span.until, span.slug) == (since, until, slug)
    assert span_called("2024-13") is span_called("x") is span_called("0001") is None

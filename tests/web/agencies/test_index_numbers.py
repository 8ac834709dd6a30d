"""Index numbers: never given twice, counted within what the template names."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from gongkai.core.errors import IndexTemplateError
from gongkai.web.agencies.index_numbers import next_index_number
from gongkai.web.agencies.models import Agency, Kind
from tests.web.conftest import Office


def numbers(agency: Agency, *days: str, category: str = "") -> list[str]:
    with transaction.atomic():
        return [next_index_number(agency, date.fromisoformat(d), category) for d in days]


def test_they_begin_anew_each_year(office: Office) -> None:
    assert numbers(office.street, "2026-05-01", "2026-12-31", "2027-01-01", "2026-12-31") == [
        "QH0401-2026-00001", "QH0401-2026-00002", "QH0401-2027-00001", "QH0401-2026-00003",
    ]  # fmt: skip
    assert numbers(office.neighbour, "2026-05-01") == ["QH0402-2026-00001"]


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{org}-{seq}", ["QH0401-1", "QH0401-2", "QH0401-3"]),
        ("{org}/{year}{month}-{seq:03d}", ["QH0401/202605-001", "QH0401/202605-002", "QH0401/202606-001"]),
        ("{org}-{category}-{seq}", ["QH0401-2001-1", "QH0401-2001-2", "QH0401-2001-3"]),
    ],
)  # fmt: skip
def test_a_template_says_what_they_count_within(
    office: Office, template: str, expected: list[str]
) -> None:
    office.street.index_template = template
    assert (
        numbers(office.street, "2026-05-01", "2026-05-31", "2026-06-01", category="20-1")
        == expected
    )


def test_a_template_that_wants_a_category_says_so(office: Office) -> None:
    office.street.index_template = "{org}-{category}-{seq}"
    with pytest.raises(IndexTemplateError, match="信息类别"):
        numbers(office.street, "2026-05-01")


@pytest.mark.django_db(transaction=True)
def test_many_at_once_get_different_numbers() -> None:
    agency = Agency.objects.create(slug="a", code="A", name="甲", short_name="甲", kind=Kind.STREET)
    given: list[str] = []
    failed: list[DatabaseError] = []

    def work() -> None:
        try:
            for _ in range(10):
                given.extend(numbers(agency, "2026-05-01"))
        except DatabaseError as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert failed == []
    assert sorted(given) == [f"A-2026-{n:05d}" for n in range(1, 41)]

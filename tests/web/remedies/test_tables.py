"""The tables of a year ask the database a few times, however long the ledger is."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.web.remedies.tables import tally_of
from tests.web.conftest import Office

from .conftest import answered, make_request

pytestmark = pytest.mark.django_db


def queries(office: Office) -> int:
    """How many queries the tally of 2026 takes."""
    with CaptureQueriesContext(connection) as asked:
        tally_of([office.street], 2026)
    return len(asked)


def test_more_requests_ask_no_more_queries(office: Office) -> None:
    for n in range(1, 3):
        answered(make_request(office.street, f"{n}号", date(2026, 3, 2)), date(2026, 3, 9))
    few = queries(office)
    for n in range(3, 9):
        answered(make_request(office.street, f"{n}号", date(2026, 3, 2)), date(2026, 3, 9))
    assert queries(office) == few
    cells = tally_of([office.street], 2026).cells
    assert cells["requests.unable_to_provide.not_held/natural_person"] == 8

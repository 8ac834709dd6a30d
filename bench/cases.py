"""A hundred thousand requests, and what the desk asks of them: ``python -m bench.cases WHAT …``.

- ``fill NUMBER [YEAR]``: keep so many requests with their events, as the acts leave them, in
  the folder of GONGKAI_DATA (the agencies are there): of five years and all agencies, or of
  one year and the office of the government alone.
- ``measure ROUNDS``: the board, the page of a case and the year's tally, each beside the plain
  SQL that it rests on; prints JSON, medians in seconds.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any

import django

_BATCH = 2_000
_YEARS = (2022, 2023, 2024, 2025, 2026)
_TODAY = date(2026, 11, 20)
# One request in thirty is still open.
_OPEN = 30
_OUTCOMES = ("disclosed", "partly_disclosed", "not_held", "third_party_interest", "needs_creation")
_PERSON = "bench"


def fill(number: str, year: str = "") -> None:
    """Requests received over five years or in one, the last ones open."""
    from django.db import transaction

    from gongkai.web.agencies.models import Agency
    from gongkai.web.people.models import Appointment, Person, Role
    from gongkai.web.requests.models import DisclosureRequest, Event, Requester

    chance = random.Random(711)
    government = Agency.objects.get(parent=None)
    office = Agency.objects.filter(parent=government).first()
    assert office is not None
    Agency.objects.filter(pk=office.pk).update(competent_for=government)
    person = Person.objects.make(_PERSON, "周远", None)
    Appointment.objects.create(
        person=person, agency=office, role=Role.COMPETENT_DEPARTMENT, since=_TODAY
    )
    agencies = [office] if year else list(Agency.objects.exclude(pk=government.pk))
    years = (int(year),) if year else _YEARS
    for first in range(1, int(number) + 1, _BATCH):
        numbers = range(first, min(first + _BATCH, int(number) + 1))
        with transaction.atomic():
            asking = Requester.objects.bulk_create(
                Requester(
                    kind="natural_person", name=f"张{n}", masked_name="张*", phone=f"138{n:08d}"
                )
                for n in numbers
            )
            cases, events = [], []
            for n, requester in zip(numbers, asking, strict=True):
                case, acts = _case(n, chance, agencies, requester, years)
                cases.append(case)
                events.append(acts)
            kept = DisclosureRequest.objects.bulk_create(cases)
            Event.objects.bulk_create(
                Event(request=case, act=act, on=on, facts=facts)
                for case, acts in zip(kept, events, strict=True)
                for act, on, facts in acts
            )


def _case(
    n: int, chance: random.Random, agencies: list[Any], requester: Any, years: Sequence[int]
) -> tuple[Any, Any]:
    from gongkai.web.requests.models import DisclosureRequest

    is_open = n % _OPEN == 0
    if is_open:
        received = _TODAY.replace(year=years[-1]) - timedelta(days=chance.randrange(30))
    else:
        received = date(chance.choice(years), 1, 1) + timedelta(days=chance.randrange(310))
    acts: list[tuple[str, date, dict[str, Any]]] = []
    outcome = chance.choice(_OUTCOMES)
    ended = received + timedelta(days=chance.randrange(3, 25))
    if n % 7 == 0:
        acts.append(("extend", received + timedelta(days=2), {"days": 10}))
    if not is_open:
        acts += [
            ("decide", ended, {"outcome": outcome}),
            ("sign", ended, {}),
            ("served", ended, {}),
        ]
    case = DisclosureRequest(
        agency=agencies[n % len(agencies)],
        number=f"〔{received.year}〕{n}号",
        requester=requester,
        code_digest=f"{n:064d}",
        channel="counter",
        arrived_on=received,
        received_on=received,
        title=f"第 {n} 件申请的事由",
        description=f"听泉街道第 {n} 号楼加装电梯补助发放明细",
        state="processing" if is_open else "served",
        due_on=received + timedelta(days=28),
        concluded_on=None if is_open else ended,
        served_on=None if is_open else ended,
        outcome="" if is_open else outcome,
        first_concluded_on=None if is_open else ended,
        first_outcome="" if is_open else outcome,
    )
    return case, acts


def measure(rounds: str) -> None:
    """Each pair in turn, the other first each round."""
    from django.test import Client

    from gongkai.web.people.models import Person
    from gongkai.web.requests.models import DisclosureRequest

    client = Client(SERVER_NAME="localhost")
    client.force_login(
        Person.objects.get(username=_PERSON), "django.contrib.auth.backends.ModelBackend"
    )
    keys = list(DisclosureRequest.objects.filter(concluded_on=None).values_list("pk", flat=True))
    chance = random.Random(20)

    def page(address: str) -> None:
        answer = client.get(address)
        if answer.status_code != 200:
            raise RuntimeError(f"{address}: {answer.status_code}")

    def case() -> None:
        page(f"/desk/requests/{chance.choice(keys)}/")

    pairs: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
        "board": (lambda: page("/desk/requests/"), _plain_board),
        "case": (case, lambda: _plain_case(chance.choice(keys))),
        "tally": (_tally, _plain_tally),
    }
    print(json.dumps({name: compared(*pair, int(rounds)) for name, pair in pairs.items()}))


def compared(
    ours: Callable[[], object], theirs: Callable[[], object], rounds: int
) -> tuple[float, float]:
    ours(), theirs()
    took: tuple[list[float], list[float]] = ([], [])
    for at in range(rounds):
        for which in (0, 1) if at % 2 else (1, 0):
            began = time.perf_counter()
            (ours, theirs)[which]()
            took[which].append(time.perf_counter() - began)
    return statistics.median(took[0]), statistics.median(took[1])


def rows(sql: str, *values: object) -> Iterable[Any]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def _plain_board() -> None:
    """The first page of what is open, its events, and the counts above it."""
    found = rows(
        "SELECT r.id, r.number, r.title, r.due_on, a.short_name FROM requests_disclosurerequest r"
        " JOIN agencies_agency a ON a.id = r.agency_id WHERE r.concluded_on IS NULL"
        " ORDER BY r.due_on, r.id LIMIT 30"
    )
    keys = ",".join(str(row[0]) for row in found)
    rows(f"SELECT * FROM requests_event WHERE request_id IN ({keys})")
    rows(
        "SELECT COUNT(*), SUM(due_on < %s), SUM(handler_id IS NULL)"
        " FROM requests_disclosurerequest WHERE concluded_on IS NULL",
        _TODAY.isoformat(),
    )


def _plain_case(key: int) -> None:
    """The rows of one request in the tables that its page shows."""
    rows(
        "SELECT * FROM requests_disclosurerequest r JOIN requests_requester q"
        " ON q.id = r.requester_id WHERE r.id = %s",
        key,
    )
    for table in ("event", "letter", "paper", "consultation", "feenotice", "message", "remark"):
        rows(f"SELECT * FROM requests_{table} WHERE request_id = %s", key)


def _tally() -> None:
    """Every line of the region's ledger, counted into the table of 2025."""
    from gongkai.web.agencies.models import Agency
    from gongkai.web.remedies.tables import tally_of

    tally_of(list(Agency.objects.all()), 2025)


def _plain_tally() -> None:
    """The same kinds and outcomes of one year, counted by the database alone."""
    rows(
        "SELECT q.kind, r.outcome, COUNT(*) FROM requests_disclosurerequest r"
        " JOIN requests_requester q ON q.id = r.requester_id"
        " WHERE r.concluded_on BETWEEN '2025-01-01' AND '2025-12-31' GROUP BY q.kind, r.outcome"
    )
    rows(
        "SELECT q.kind, COUNT(*) FROM requests_disclosurerequest r"
        " JOIN requests_requester q ON q.id = r.requester_id"
        " WHERE r.received_on BETWEEN '2025-01-01' AND '2025-12-31' GROUP BY q.kind"
    )


if __name__ == "__main__":
    django.setup()
    {"fill": fill, "measure": measure}[sys.argv[1]](*sys.argv[2:])

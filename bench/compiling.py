"""The report of a year compiled from a hundred thousand requests: ``python -m bench.compiling``.

Beside it the plain SQL that counts the same table three, without what stands behind each
number, the other tables, the prose and the trail.  The folder is that of GONGKAI_DATA, filled
by ``bench.cases fill NUMBER YEAR``; prints JSON, medians in seconds.
"""

from __future__ import annotations

import json
import sys
from datetime import date

import django

from .cases import compared, rows

YEAR = 2025


def measure(rounds: str) -> None:
    """Our act and the SQL in turn; every report is rolled back."""
    from django.db import transaction

    from gongkai.web.agencies.models import Agency
    from gongkai.web.people.models import Appointment, Person, Role
    from gongkai.web.policies import actor_of
    from gongkai.web.reports.acts.begin import begin
    from gongkai.web.reports.models import Behind

    office = Agency.objects.get(competent_for__isnull=False)
    author = Person.objects.make("bench_author", "李敏", None)
    Appointment.objects.create(
        person=author, agency=office, role=Role.AUTHOR, since=date(YEAR, 1, 1)
    )
    told: dict[str, int] = {}

    def ours() -> None:
        with transaction.atomic():
            report = begin(actor_of(author), office, YEAR)
            kept = Behind.objects.filter(compilation=report.version.compilation, kind="request")
            told["ours"] = sum(len(one.keys) for one in kept)
            transaction.set_rollback(True)

    def plain() -> None:
        told["theirs"] = _plain(office.pk)

    took = compared(ours, plain, int(rounds))
    if told["ours"] != told["theirs"]:
        raise RuntimeError(f"they do not count the same: {told}")
    print(json.dumps(took))


def _plain(agency: int) -> int:
    """Table three by requester, counted by the database alone; how much all its cells make."""
    first, last = f"{YEAR}-01-01", f"{YEAR}-12-31"
    found = rows(
        "SELECT q.kind, r.received_on < %s,"
        " CASE WHEN r.first_concluded_on > %s THEN '' WHEN r.redone_on <= %s THEN r.redone_outcome"
        " ELSE r.first_outcome END AS ended, COUNT(*)"
        " FROM requests_disclosurerequest r JOIN requests_requester q ON q.id = r.requester_id"
        " WHERE r.agency_id = %s AND r.received_on <= %s"
        " AND (r.first_concluded_on IS NULL OR r.first_concluded_on >= %s) GROUP BY 1, 2, 3",
        last, last, last, agency, last, first,
    )  # fmt: skip
    # New or carried over, and what became of it, and concluded: in its column and in the total.
    return sum(number * (2 + bool(ended)) * 2 for _, _, ended, number in found)


if __name__ == "__main__":
    django.setup()
    measure(*sys.argv[1:])

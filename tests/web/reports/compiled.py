"""A report compiled from a year of ledgers, with a number typed over one of them."""

from __future__ import annotations

from gongkai.web.people.models import Role
from gongkai.web.reports.acts.begin import begin
from gongkai.web.reports.acts.fill import type_in
from gongkai.web.reports.models import AnnualReport
from tests.web.conftest import Office

from .year import YEAR, keep_year

NOT_HELD = "requests.unable_to_provide.not_held/natural_person"


def compiled(office: Office) -> AnnualReport:
    """The street's draft of 2025: not held counted twice, nobody said why."""
    keep_year(office)
    author = office.actor(Role.AUTHOR)
    report = begin(author, office.street, YEAR)
    type_in(author, report, {NOT_HELD: "2"})
    return AnnualReport.objects.get(pk=report.pk)

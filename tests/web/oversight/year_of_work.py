"""A year of an agency's work, with something right and something wrong of every kind."""

from __future__ import annotations

from datetime import UTC, date, datetime

from gongkai.web.agencies.models import Agency
from gongkai.web.disclosure.models import InformationItem, ItemVersion, State
from gongkai.web.people.models import Person
from gongkai.web.remedies.models import RemedyCase
from gongkai.web.requests.models import DisclosureRequest, Requester

YEAR = 2025


def published(
    agency: Agency, author: Person, title: str, made_on: date, on: date
) -> InformationItem:
    """An item that became public on a day."""
    item = InformationItem.objects.create(
        agency=agency,
        author=author,
        state=State.PUBLISHED,
        first_published_at=datetime(on.year, on.month, on.day, 2, tzinfo=UTC),
    )
    version = ItemVersion.objects.create(
        item=item, number=1, title=title, made_on=made_on, written_by=author, sealed=True
    )
    item.current = item.live = version
    item.save()
    return item


def concluded(
    agency: Agency, number: str, received: date, on: date, late: bool
) -> DisclosureRequest:
    """A request that was answered on a day."""
    requester = Requester.objects.create(kind="natural_person")
    return DisclosureRequest.objects.create(
        agency=agency,
        number=number,
        requester=requester,
        code_digest=number,
        channel="online",
        arrived_on=received,
        received_on=received,
        description=f"{number}要的信息",
        state="served",
        outcome="already_public",
        concluded_on=on,
        late=late,
    )


def year_of(agency: Agency, author: Person) -> None:
    """Three items of which one was late, two requests of which one was late, one case lost."""
    published(agency, author, "通知一", date(YEAR, 3, 3), date(YEAR, 3, 10))
    published(agency, author, "通知二", date(YEAR, 3, 3), date(YEAR, 3, 31))
    published(agency, author, "通知三", date(YEAR, 3, 3), date(YEAR, 4, 15))
    concluded(agency, "1号", date(YEAR, 2, 10), date(YEAR, 2, 20), late=False)
    concluded(agency, "2号", date(YEAR, 5, 6), date(YEAR, 7, 1), late=True)
    RemedyCase.objects.create(
        agency=agency,
        kind="reconsideration",
        body="区人民政府",
        matter="不服答复",
        opened_on=date(YEAR, 7, 20),
        closed_on=date(YEAR, 9, 1),
        result="annulled_and_redo",
        recorded_by=author,
    )

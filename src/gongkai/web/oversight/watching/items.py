"""Items past the twenty working days of art. 26, and days of release that cannot be true."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db.models import Min, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone

from gongkai.core.days import DueDay
from gongkai.core.finding import Finding
from gongkai.core.time_limits import time_limits
from gongkai.core.watching.items import Days, judge_days, judge_release, judge_waiting
from gongkai.web.audit.models import AuditEntry
from gongkai.web.disclosure.models import InformationItem, State
from gongkai.web.public.tree import day_of
from gongkai.web.publication.models import Publication

from .terms import Found, Looked, Reach, Terms

_WAITING = (
    State.DRAFT,
    State.SECTION_REVIEW,
    State.SECRECY_REVIEW,
    State.APPROVAL,
    State.SCHEDULED,
)

_AT_ONCE = 500


def watch_limits_of_items(reach: Reach, terms: Terms) -> Looked:
    """Not public in time, and public too late."""
    waiting = InformationItem.objects.filter(
        reach.of_item("pk"), state__in=_WAITING, first_published_at=None
    )
    late = (
        waiting.filter(due_on__lt=terms.today, current__disclosure_class="proactive")
        .exclude(current__made_on=None)
        .select_related("current")
    )
    found = list(_waiting(late, terms))
    count = waiting.count()
    shown = terms.today - timedelta(days=terms.region["late_shown_days"])
    since = timezone.make_aware(datetime.combine(shown, time()))
    released = (
        Publication.objects.filter(reach.of_item(), made_on__isnull=False, published_at__gte=since)
        .exclude(kind="annual_report")
        .order_by()
        .values_list("number", "agency", "made_on", "published_at")
    )
    slow: list[tuple[int, int, date, date]] = []
    limit, zone = time_limits()["publish"].length, timezone.get_current_timezone()
    for number, agency, made_on, published_at in released.iterator(chunk_size=5_000):
        count += 1
        published_on = timezone.localdate(published_at, zone)
        # No twenty working days end within twenty days.
        if made_on is not None and (published_on - made_on).days > limit:
            slow.append((number, agency, made_on, published_on))
    found += _released(slow, limit, terms)
    return Looked(count, found)


def _waiting(late: QuerySet[InformationItem], terms: Terms) -> Iterator[Found]:
    for item in late:
        if item.due_on is None or item.version.made_on is None:
            continue
        due = DueDay(item.due_on, item.due_provisional)
        title, state = str(item), item.get_state_display()
        told = judge_waiting(title, item.version.made_on, due, state, terms.today)
        if told is not None:
            address = reverse("disclosure:item", args=[item.pk])
            place = place_of(terms, item.agency_id, title)
            lasting = {"due": item.due_on}
            yield Found(
                told, item.agency_id, f"item:{item.pk}", place, address, item.pk, lasting=lasting
            )


def _released(slow: list[tuple[int, int, date, date]], limit: int, terms: Terms) -> Iterator[Found]:
    numbers = [number for number, *_ in slow]
    # What was moved in keeps the days of the former site and is not accused.
    moved_in = set(made_elsewhere(numbers))
    titles = titles_of(numbers)
    for number, agency, made_on, published_on in slow:
        if number in moved_in:
            continue
        told = judge_release(titles[number], made_on, published_on, terms.days, limit)
        if told is not None:
            yield of_item(told, number, agency, titles[number], terms)


def watch_days(reach: Reach, terms: Terms) -> Looked:
    """Days of release that are not those kept elsewhere, or cannot be."""
    first = InformationItem.objects.filter(pk=OuterRef("number")).values("first_published_at")[:1]
    rows = (
        Publication.objects.filter(reach.of_item())
        .annotate(first=Subquery(first))
        .order_by()
        .values_list("number", "agency", "published_at", "order_key", "made_on", "first")
    )
    trail = _by_the_trail(reach)
    doubtful: dict[int, tuple[int, Days]] = {}
    count, zone = 0, timezone.get_current_timezone()
    for number, agency, at, order_key, made_on, first_at in rows.iterator(chunk_size=5_000):
        count += 1
        days = Days(
            shown=timezone.localdate(at, zone),
            first=timezone.localdate(first_at, zone) if first_at else None,
            listed=day_of(order_key),
            trail=trail.get(number),
            made_on=made_on,
        )
        if judge_days("", days, terms.today) is not None:
            doubtful[number] = (agency, days)
    titles = titles_of(list(doubtful))
    found = []
    for number, (agency, days) in doubtful.items():
        told = judge_days(titles[number], days, terms.today)
        if told is not None:
            found.append(of_item(told, number, agency, titles[number], terms))
    return Looked(count, found)


def _by_the_trail(reach: Reach) -> dict[int, date]:
    """The day on which each item first came out, of those drafted here, as the trail tells it."""
    told = AuditEntry.objects.filter(subject_kind="item")
    if reach.items is not None:
        told = told.filter(subject__in=[str(number) for number in reach.items])
    drafted = set(told.filter(act="item.draft").values_list("subject", flat=True))
    released = (
        told.filter(act="item.publish").order_by().values_list("subject").annotate(first=Min("at"))
    )
    zone = timezone.get_current_timezone()
    return {
        int(number): timezone.localdate(at, zone)
        for number, at in released
        if number in drafted and number.isdigit()
    }


def made_elsewhere(numbers: list[int]) -> Iterator[int]:
    """Those of the items that were moved in from a former site."""
    for start in range(0, len(numbers), _AT_ONCE):
        some = InformationItem.objects.filter(pk__in=numbers[start : start + _AT_ONCE])
        yield from some.exclude(former_address="").values_list("pk", flat=True)


def titles_of(numbers: list[int]) -> dict[int, str]:
    """The titles of publications."""
    found: dict[int, str] = {}
    for start in range(0, len(numbers), _AT_ONCE):
        some = Publication.objects.filter(pk__in=numbers[start : start + _AT_ONCE])
        found.update(some.values_list("pk", "title"))
    return found


def of_item(
    told: Finding,
    number: int,
    agency: int,
    title: str,
    terms: Terms,
    part: str = "",
    **facts: object,
) -> Found:
    """A finding about a published item, or about ``part`` of it."""
    key = f"item:{number} {part}".strip()
    address = reverse("disclosure:item", args=[number])
    lasting = facts or None
    return Found(
        told, agency, key, place_of(terms, agency, title), address, number, lasting=lasting
    )


def place_of(terms: Terms, agency: int, what: str) -> str:
    """Where something is, in words."""
    return f"{terms.agencies[agency].short_name}　{what}"

"""What each item of the region will be: its state, its versions, its way, its files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from gongkai.core.days import WorkingDays
from gongkai.web.agencies.models import Agency
from gongkai.web.disclosure.models import State
from gongkai.web.people.models import Person
from gongkai.web.registers.days import working_days

from .history import OPENS, Passing, Way, joined, moment, moment_of, told
from .region import Facts, Region
from .staff import Office, Staff

# How long it took to decide that something is not published.
_DAYS_TO_KEEP = 5
_STATES = {"returned": State.DRAFT}


@dataclass(frozen=True)
class Text:
    """The text of one version, and why there is a version after the first."""

    number: int
    body: str
    reason: str = ""


@dataclass(frozen=True)
class Record:
    """An item as it will stand; ``facts`` are its data."""

    facts: Facts
    agency: Agency
    office: Office
    author: Person
    state: State
    way: Way
    texts: tuple[Text, ...]
    first_published_at: datetime | None = None
    withdrawn_at: datetime | None = None
    # The last version is still being written.
    open: bool = False
    files: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """What the data call it."""
        return str(self.facts["key"])

    @property
    def began(self) -> datetime:
        """When it was begun."""
        return self.way.began[1]


def records_of(region: Region, staff: Staff) -> list[Record]:
    """Every item and draft, in the order in which they came out or were begun."""
    days = working_days()
    made = [
        *_finished(region, staff, days),
        *(_unfinished(draft, number, staff, days) for number, draft in enumerate(region.drafts)),
    ]
    # Of one moment a document comes before what interprets it.
    return sorted(
        made, key=lambda r: (r.first_published_at or r.began, "interpretation_of" in r.facts)
    )


def _finished(region: Region, staff: Staff, days: WorkingDays) -> Iterator[Record]:
    came_out = {
        item["document_number"]: item["published_on"]
        for item in region.items
        if "document_number" in item and "published_on" in item
    }
    for serial, item in enumerate(region.items):
        office = staff.offices[item["agency"]]
        author = office.authors[serial % len(office.authors)]
        kept = item["disclosure_class"] != "proactive"
        passing = Passing(author, office, days, serial, kept)
        concluded_on = (
            days.nth_after(item["made_on"], _DAYS_TO_KEEP).day if kept else item["published_on"]
        )
        concluded = moment(concluded_on, OPENS)
        way = passing.way(item["made_on"], concluded)
        texts = [Text(1, item["body"])]
        for event in events_of(item):
            if "text" in event:
                # The amended text stands from the day on which it holds.
                amended = moment(event["on"], OPENS)
                written_on = min(came_out.get(event["by"], event["on"]), event["on"])
                number = len(texts) + 1
                way = joined(way, passing.way(written_on, amended, number))
                texts.append(Text(number, event["text"], f"按{event['by']}修改"))
        yield Record(
            facts=item,
            agency=staff.agencies[item["agency"]],
            office=office,
            author=author,
            state=State.KEPT if kept else State.PUBLISHED,
            way=way,
            texts=tuple(texts),
            first_published_at=None if kept else concluded,
            files=_files(item),
        )


def _unfinished(draft: Facts, serial: int, staff: Staff, days: WorkingDays) -> Record:
    office = staff.offices[draft["agency"]]
    author = staff.people[draft["author"]]
    way = told(draft, staff.people)
    published = [moment_of(s["at"]) for s in draft["step"] if s["act"] == "published"]
    published_at = published[0] if published else None
    if published_at is not None:
        # Of what was taken back the data tell only the beginning and the end.
        passed = Passing(author, office, days, serial).way(draft["made_on"], published_at)
        way = joined(passed, Way({}, way.steps))
    bodies: dict[int, Any] = dict.fromkeys(sorted(way.began), draft["body"])
    bodies |= {one["version"]: one["body"] for one in draft.get("earlier", ())}
    state = _STATES.get(draft["state"]) or State(draft["state"])
    return Record(
        facts=draft,
        agency=staff.agencies[draft["agency"]],
        office=office,
        author=author,
        state=state,
        way=way,
        texts=tuple(Text(number, body) for number, body in bodies.items()),
        first_published_at=published_at,
        withdrawn_at=way.last if state is State.WITHDRAWN else None,
        open=state is State.DRAFT,
        files=_files(draft),
    )


def events_of(item: Facts) -> list[Facts]:
    """What happened to a document after it was issued, in the order of days."""
    return sorted(item.get("validity", {}).get("event", ()), key=lambda event: event["on"])


def _files(item: Facts) -> dict[str, str]:
    """What the text calls each of its files, by their names."""
    return {file["name"]: str(n) for n, file in enumerate(item.get("attachment", ()), start=1)}

"""The due days of a person as a calendar (iCalendar, RFC 5545), under an address of his own.

In it stand numbers of requests and what is due, nothing of who asked.
"""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event

from gongkai.web.people.models import Person
from gongkai.web.registers.days import working_days

from .due_days import of_person


def calendar_of(person: Person) -> bytes:
    """The calendar."""
    calendar = Calendar()
    calendar.add("prodid", "-//Gongkai//Due days//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "政府信息公开期限")
    host = urlsplit(settings.ORIGIN).hostname or "gongkai"
    for due in of_person(person, timezone.localdate(), working_days()):
        event = Event()
        about = f"{'（暂定）' if due.provisional else ''}{due.what}：{due.number}"
        event.add("uid", f"{due.about}@{host}")
        event.add("dtstamp", timezone.now())
        event.add("dtstart", due.due_on)
        event.add("dtend", due.due_on + timedelta(days=1))
        event.add("summary", about)
        event.add("description", due.agency.short_name)
        event.add("url", settings.ORIGIN + due.address)
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written

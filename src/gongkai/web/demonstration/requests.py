"""The requests of the region: who asked what of whom, and what came of it.

Written like the items (``load.py``): on past days, by the hands that would have done it, and
never over what an act has done.  Each case is settled by the core at the end; data that the
law would not have let happen are refused here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from gongkai.core.handling.channels import Channel
from gongkai.web.people.models import Person
from gongkai.web.requests import clock
from gongkai.web.requests.models import DisclosureRequest, PaperKind, Requester, RequestSettings
from gongkai.web.requests.numbers import digest_of_code, new_query_code, next_request_number
from gongkai.web.requests.venue import settings_of

from .region import Facts
from .request_course import Course, World
from .request_papers import Papers
from .request_steps import go
from .staff import Office, Staff
from .telling import Telling

Cases = Mapping[str, DisclosureRequest]
# Channels in which nobody at the desk has to write the request into the register.
_BY_ITSELF = (Channel.ONLINE,)


class NotSuchCase(ValueError):
    """The data tell of a case that the law would not have let go that way."""


def keep_settings(told: Sequence[Facts], staff: Staff) -> None:
    """How each agency with people handles requests: in common, and what is its own."""
    own = {one["agency"]: one for one in told if "agency" in one}
    common = {name: value for one in told if "agency" not in one for name, value in one.items()}
    for slug in staff.offices:
        chosen = {**common, **own.get(slug, {})}
        chosen.pop("agency", None)
        RequestSettings.objects.create(agency=staff.agencies[slug], **chosen)


def keep_requests(
    cases: Sequence[Facts], people: Sequence[Facts], staff: Staff, world: World, telling: Telling
) -> Cases:
    """Every case with its letters and papers, by its key; numbered as they came."""
    asking = {one["key"]: one for one in people}
    came = sorted(cases, key=lambda one: world.days.day(one["arrived"]))
    kept: dict[str, DisclosureRequest] = {}
    for told in came:
        telling.one("办理申请")
        office = staff.offices[told["agency"]]
        case = _registered(told, asking[told["who"]], kept, staff, world)
        kept[told["key"]] = case
        course = Course(case, office, world)
        if "line" in told:
            _move_in(course, told)
        _bring_papers(course, told)
        go(course, told["key"], told["step"])
        _settle(case, told, world)
    return kept


def _registered(
    told: Facts, asking: Facts, kept: Cases, staff: Staff, world: World
) -> DisclosureRequest:
    agency, office = staff.agencies[told["agency"]], staff.offices[told["agency"]]
    arrived_on = world.days.day(told["arrived"])
    whole = kept[told["split_from"]] if "split_from" in told else None
    channel = Channel(told["channel"])
    form = told.get("form", "electronic")
    return DisclosureRequest.objects.create(
        agency=agency,
        number=next_request_number(agency, arrived_on),
        requester=whole.requester if whole else _requester(asking, told),
        # Nobody knows the code; the disclosure office can give a new one.
        code_digest=digest_of_code(new_query_code()),
        channel=channel,
        misaddressed=told.get("misaddressed", False),
        arrived_on=arrived_on,
        submitted_at=world.days.moment(arrived_on, len(kept)),
        title=told["title"],
        description=told["asks"],
        form_of_supply=form,
        way_of_delivery=told.get("way", _usual_way(channel, form)),
        help_needed=told.get("help", ""),
        registered_by=None if channel in _BY_ITSELF else office.keeper,
        split_from=whole,
        handler=_handler(told, office, len(kept), staff),
        imported_from=told.get("imported_from", ""),
    )


def _requester(asking: Facts, told: Facts) -> Requester:
    """As he stood then: each request has its own record of him; a ledger has but the name."""
    known = ("kind", "name") if "line" in told else tuple(name for name in asking if name != "key")
    requester = Requester(**{name: asking[name] for name in known})
    requester.seal_marks()
    requester.save()
    return requester


def _usual_way(channel: Channel, form: str) -> str:
    if form == "paper":
        return "post"
    return {Channel.ONLINE: "online", Channel.EMAIL: "email"}.get(channel, "post")


def _handler(told: Facts, office: Office, serial: int, staff: Staff) -> Person | None:
    if told.get("unassigned") or "line" in told:
        return None
    if "handler" in told:
        return staff.people[told["handler"]]
    return office.authors[serial % len(office.authors)]


def _move_in(course: Course, told: Facts) -> None:
    """What a line of the old ledger says, kept as the import of one keeps it."""
    line, case = told["line"], course.case
    case.imported_line = {
        "row": int(told["key"].rsplit("-", 1)[1]) + 1,
        "ended_on": line["on"].isoformat(),
        "due_on": None,
        "reply_number": course.world.numbers[f"{told['key']}/line"],
        "withheld_under": line.get("withheld_under", []),
        "split_from": "",
        "printed": {},
        "notes": [],
    }
    case.save(update_fields=["imported_line"])
    note = {"note": f"转自{case.imported_from}第 {case.imported_line['row']} 行"}
    if "confirmed" in line:
        course.event(note, "confirmed", line["confirmed"])
    course.event(note, "decide", line["on"], {"outcome": line["outcome"]})
    course.event(note, "served", line["on"])


def _bring_papers(course: Course, told: Facts) -> None:
    """What came with the request: of a natural person the proof of identity."""
    case = course.case
    if case.imported_from or case.split_from:
        return
    papers, at = Papers(case), course.at(case.arrived_on)
    if case.requester.document_kind:
        papers.image(PaperKind.IDENTITY, "身份证明.png", at)
    if "joint" in told:
        papers.image(PaperKind.AUTHORISATION, told["joint"], at)
    if "before_split" in told:
        papers.text(PaperKind.REQUEST, "拆分前的申请内容.txt", told["before_split"], at)


def _settle(case: DisclosureRequest, told: Facts, world: World) -> None:
    account = clock.settle(case)
    wrong = [found.text for found in account.course.findings if found.ignored]
    if wrong:
        raise NotSuchCase(f"{told['key']}: {wrong}")
    chosen = settings_of(case.agency)
    if case.concluded_on:
        erase_on = case.concluded_on + timedelta(days=chosen.identity_kept_days)
        Requester.objects.filter(pk=case.requester_id).update(erase_on=erase_on)
    elif case.handler:
        due_on = _internal_due(case, chosen, world)
        DisclosureRequest.objects.filter(pk=case.pk).update(internal_due_on=due_on)


def _internal_due(case: DisclosureRequest, chosen: RequestSettings, world: World) -> date:
    """By when the house wants it: within its own limit, never after the legal one."""
    due_on = world.days.after(case.received_on or case.arrived_on, chosen.internal_days)
    return min(due_on, case.due_on) if case.due_on else due_on

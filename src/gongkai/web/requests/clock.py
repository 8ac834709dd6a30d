"""What the core says of a request: its account, kept beside it so that lists can ask for it.

The history is the events that stand; nothing here decides anything of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.core.days import WorkingDays
from gongkai.core.handling.channels import Channel
from gongkai.core.handling.clock import Account, account
from gongkai.core.handling.history import Act, History, Service
from gongkai.core.handling.settings import ClockSettings
from gongkai.core.handling.transitions import ActKind
from gongkai.web.registers.days import working_days

from .endings import endings
from .models import DisclosureRequest, Event, RequestSettings


def history_of(case: DisclosureRequest, and_then: Iterable[Event] = ()) -> History:
    """The events that stand, as the core reads them, and those that may follow."""
    standing = [event for event in case.events.all() if event.undone_at is None]
    # A record made later of an earlier day stands where its day is; on one day, as recorded.
    events = sorted([*standing, *and_then], key=lambda event: (event.on, event.pk or 2**63))
    return History(
        received=case.arrived_on,
        channel=Channel(case.channel),
        acts=tuple(map(_act, events)),
        misaddressed=case.misaddressed,
    )


def account_of(
    case: DisclosureRequest,
    today: date | None = None,
    *,
    days: WorkingDays | None = None,
    and_then: Iterable[Event] = (),
) -> Account:
    """The account of ``case`` today; ``days`` saves reading the notices for each of many."""
    return account(
        history_of(case, and_then),
        days or working_days(),
        today or timezone.localdate(),
        clock_settings_of(case),
    )


def account_of_events(
    case: DisclosureRequest,
    events: Iterable[Event],
    today: date,
    days: WorkingDays,
    chosen: RequestSettings | None,
) -> Account:
    """The account of a case that is not in the database yet, by the events it will have."""
    told = History(case.arrived_on, Channel(case.channel), tuple(map(_act, events)))
    return account(told, days, today, _settings(chosen))


def clock_settings_of(case: DisclosureRequest) -> ClockSettings:
    """What the agency chose where the law is silent."""
    return _settings(RequestSettings.objects.filter(agency=case.agency_id).first())


def _settings(chosen: RequestSettings | None) -> ClockSettings:
    return ClockSettings(**chosen.clock_rules) if chosen else ClockSettings()


def refusal(case: DisclosureRequest, event: Event) -> str:
    """Why the law does not allow ``event`` on ``case`` as it stands; "" where it does."""
    today = timezone.localdate()
    if event.on > today:
        return f"{event.on} 还没有到，日期不能晚于今天。"
    before = {found.place for found in account_of(case, today).findings if found.ignored}
    told = account_of(case, today, and_then=[event])
    # Whatever the new event would undo of what was recorded is as little allowed as itself.
    ignored = [found.text for found in told.findings if found.ignored]
    return "；".join(dict.fromkeys(ignored)) if len(ignored) > len(before) else ""


def settle(case: DisclosureRequest) -> Account:
    """Keep beside the request what its events now say."""
    told = account_of(case)
    write_columns(case, told)
    case.save()
    return told


def write_columns(case: DisclosureRequest, told: Account) -> None:
    """Put the account's answers into the columns; the only place that writes them."""
    case.state = told.state.value
    case.received_on = told.received_on
    case.due_on = told.due_on
    case.due_provisional = told.provisional
    case.paused = bool(told.running_pauses)
    case.concluded_on = told.concluded_on
    case.served_on = told.concluded_on if told.course.served else None
    case.late = told.late
    ended = endings(told.history)
    decided = [act.outcome for _, act in told.course.accepted if act.kind is ActKind.DECIDE]
    if told.concluded_on and ended:
        case.outcome = ended[-1].outcome.value
    else:
        case.outcome = decided[-1] if decided else ""
    first = ended[0] if ended else None
    again = ended[-1] if len(ended) > 1 else None
    case.first_concluded_on = first.on if first else None
    case.first_outcome = first.outcome.value if first else ""
    case.redone_on = again.on if again else None
    case.redone_outcome = again.outcome.value if again else ""
    _keep_to_the_old_ledger(case)


def _keep_to_the_old_ledger(case: DisclosureRequest) -> None:
    """Of a request that an old ledger says had ended, the limit is the one printed there.

    The ledger does not say what extended or stopped it; reckoned without, it would look late.
    """
    line = case.imported_line
    if case.concluded_on is None or line.get("ended_on") != case.concluded_on.isoformat():
        return
    case.due_on = _day(line.get("due_on"))
    case.due_provisional = False
    case.late = case.due_on is not None and case.concluded_on > case.due_on


def settle_open(**_: object) -> int:
    """Reckon every open request anew: a day has passed, or a year's holidays were announced."""
    waiting = list(DisclosureRequest.objects.filter(concluded_on=None).values_list("pk", flat=True))
    for key in waiting:
        with transaction.atomic():
            # Held: somebody may be acting on it at this moment.
            settle(DisclosureRequest.objects.select_for_update(of=("self",)).get(pk=key))
    return len(waiting)


def _act(event: Event) -> Act:
    facts = event.facts
    return Act(
        kind=ActKind(event.act),
        on=event.on,
        days=facts.get("days"),
        until=_day(facts.get("until")),
        received_on=_day(facts.get("received_on")),
        party=facts.get("party", ""),
        co_maker=facts.get("co_maker", True),
        outcome=facts.get("outcome", ""),
        service=Service(facts["service"]) if facts.get("service") else None,
        posted_on=_day(facts.get("posted_on")),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None

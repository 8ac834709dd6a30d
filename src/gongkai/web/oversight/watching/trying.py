"""Ask for addresses of other sites: one at a time, with a pause for each host, bounded in a run.

Off unless the region turns it on.  What was not asked, or could not be (no network, an address
within our own), counts neither for nor against the link.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from urllib.parse import urlsplit

from django.conf import settings

from gongkai.core.screening.links import rule_of_answer
from gongkai.web.disclosure.links import visit

from .models import LinkTry
from .terms import Terms

# Between two questions to one host.
PAUSE_SECONDS = 1.0
_AT_ONCE = 500


def failed_with(status: int | None) -> str:
    """How an address failed, in words."""
    return "没有应答" if status is None else f"应答 {status}"


def try_addresses(addresses: Iterable[str], terms: Terms) -> int:
    """Ask for those whose turn it is; how many were asked."""
    if not (terms.region["visit_links"] and settings.TRY_LINKS):
        return 0
    every = [address for address in addresses if len(address) <= 500]
    known: dict[str, LinkTry] = {}
    for start in range(0, len(every), _AT_ONCE):
        some = LinkTry.objects.filter(address__in=every[start : start + _AT_ONCE])
        known.update((one.address, one) for one in some)
    waiting = [a for a in every if _is_due(known.get(a), terms)]
    # Those longest not asked first, so that a bounded run comes round to all.
    waiting.sort(key=lambda a: (known[a].tried_on if a in known else None) or date.min)
    asked = 0
    for address in _by_turns(waiting[: terms.region["links_a_run"]]):
        terms.tell(f"外部链接 {asked:,} / {min(len(waiting), terms.region['links_a_run']):,}")
        _try(known.get(address) or LinkTry(address=address), terms)
        asked += 1
    return asked


def _is_due(known: LinkTry | None, terms: Terms) -> bool:
    """Every so many days; what failed, on the next day."""
    if known is None or known.tried_on is None:
        return True
    wait = 1 if known.failures else terms.region["link_days"]
    return known.tried_on + timedelta(days=wait) <= terms.today


def _by_turns(addresses: Iterable[str]) -> Iterator[str]:
    """One of each host in turn, with a pause before the same host is asked again."""
    hosts: dict[str, deque[str]] = {}
    for address in addresses:
        hosts.setdefault(urlsplit(address).netloc, deque()).append(address)
    asked_at: dict[str, float] = {}
    while hosts:
        for host in list(hosts):
            rest = asked_at.get(host, 0.0) + PAUSE_SECONDS - time.monotonic()
            if rest > 0 and host in asked_at:
                time.sleep(rest)
            yield hosts[host].popleft()
            asked_at[host] = time.monotonic()
            if not hosts[host]:
                del hosts[host]


def _try(one: LinkTry, terms: Terms) -> None:
    answer = visit(one.address, terms.today)
    if answer is None:
        return
    # A refusal is an answer: somebody with a browser may get in.
    failed = rule_of_answer(answer.status) in ("link_dead", "link_unreachable")
    one.failures = one.failures + 1 if failed else 0
    one.status, one.tried_on = answer.status, terms.today
    one.save()

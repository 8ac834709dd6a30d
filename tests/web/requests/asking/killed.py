"""A process that submits a request and is killed on the way, as if power had failed.

``python -m tests.web.requests.asking.killed WHERE``: fills in the steps, tells its cookie and
what it checked, and dies WHERE (``tell``: before it is durable, ``close``: after); without WHERE it
sends what it reads on stdin once more, and tells what there is.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from typing import Any

import django


def main(where: str) -> None:
    django.setup()
    from django.test.utils import setup_test_environment

    setup_test_environment()
    if where:
        _die_on_the_way(where)
    else:
        _send_again(json.load(sys.stdin))


def _die_on_the_way(where: str) -> None:
    from gongkai.web.requests.acts import submit as act
    from gongkai.web.requests.asking import drafts
    from tests.web.conftest import make_office
    from tests.web.requests.asking.conftest import Citizen

    citizen = Citizen(make_office().street)
    citizen.what()
    citizen.who()
    checked = citizen.get("check").context["draft"].digest
    told = {"cookie": citizen.browser.cookies[drafts.COOKIE].value, "checked": checked}
    print(json.dumps(told), flush=True)
    place: Any = {"tell": (act, "tell"), "close": (drafts, "close")}[where]
    setattr(*place, lambda *args, **kwargs: os.kill(os.getpid(), signal.SIGKILL))
    citizen.browser.post(citizen.address("check"), {"checked": checked})


def _send_again(told: dict[str, str]) -> None:
    from gongkai.web.agencies.models import Agency
    from gongkai.web.audit.models import AuditEntry
    from gongkai.web.requests.asking import drafts
    from gongkai.web.requests.models import DisclosureRequest, NumberSequence
    from gongkai.web.requests.papers import bytes_of
    from tests.web.requests.asking.conftest import Citizen
    from tests.web.samples import PIXEL

    before = DisclosureRequest.objects.count()
    citizen = Citizen(Agency.objects.get(slug="qh0401"))
    citizen.browser.cookies[drafts.COOKIE] = told["cookie"]
    answer = citizen.browser.post(citizen.address("check"), {"checked": told["checked"]})
    case = DisclosureRequest.objects.get()
    found = {
        "before": before,
        "answered": answer.url == citizen.address("receipt"),
        "number": case.number.rpartition("〕")[2],
        "last": NumberSequence.objects.get(series="request").last,
        "papers": [bytes_of(paper) == PIXEL for paper in case.papers.all()],
        "opens": citizen.open(citizen.code()).status_code,
        "audited": AuditEntry.objects.filter(act="request.submit").count(),
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")

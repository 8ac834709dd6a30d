"""The whole region under the watch: clean, then with faults planted for every rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction

from gongkai.core.rules import rules
from gongkai.core.screening import Visit
from gongkai.web.agencies.models import Agency
from gongkai.web.demonstration.load import load
from gongkai.web.demonstration.region import read_region
from gongkai.web.oversight.watching import running, trying
from gongkai.web.oversight.watching.families import FAMILIES
from gongkai.web.oversight.watching.models import (
    LinkTry,
    Standing,
    Watch,
    WatchFinding,
    WatchSetting,
)
from gongkai.web.requests.models import DisclosureRequest

from .planted import DEAD, plant

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("region"), pytest.mark.once]


@pytest.fixture(scope="module")
def region(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        load(lambda *_: None)
        yield
        transaction.set_rollback(True)


def _watched(today: date) -> Watch:
    watch = running.run(running.plan(full=True), today=today)
    assert watch.trouble == ""
    assert set(watch.looked_at) == {family.name for family in FAMILIES}
    return watch


def _errors() -> set[tuple[str, str]]:
    found = WatchFinding.objects.filter(state=Standing.OPEN, severity="error")
    return set(found.values_list("rule", "key"))


def _column(slug: str, item: str) -> str:
    return f"column:{Agency.objects.get(slug=slug).pk}/{item}"


def _true_errors(today: date) -> Counter[str]:
    """What the data of the region mean to be wrong (``region/README.md``)."""
    late = DisclosureRequest.objects.filter(concluded_on=None, paused=False, due_on__lt=today)
    return Counter(
        {
            "watch.column_stale": 2,
            "watch.column_blank_promised": 1,
            "watch.item_late": 4,
            "watch.request_late": late.count(),
        }
    )


def test_every_planted_fault_is_found_and_nothing_else_is_called_an_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    today = read_region().settings["as_of"]
    clean = _watched(today)
    true = _errors()
    assert Counter(rule for rule, _ in true) == +_true_errors(today)
    assert {key for rule, key in true if rule.startswith("watch.column")} == {
        _column("qh0403", "20-7"),
        _column("qh0501", "20-3"),
        _column("qh0109", "20-8"),
    }

    faults = plant(today)
    asked: list[str] = []

    def visit(address: str, on: date) -> Visit:
        asked.append(address)
        return Visit(404 if address == DEAD else 200, on)

    monkeypatch.setattr(trying, "visit", visit)
    monkeypatch.setattr(trying, "PAUSE_SECONDS", 0.0)
    _watched(today - timedelta(days=2))
    assert not asked, "nobody is asked before the region says so"
    WatchSetting.objects.create(name="visit_links", value=1)
    for days in (2, 1):
        _watched(today - timedelta(days=days))
        assert not WatchFinding.objects.filter(rule="watch.link_dead").exists()
    watch = _watched(today)
    # Asked again each day while it fails; the others, which answered, once a week.
    often = Counter(asked)
    assert often.pop(DEAD) == 3
    assert set(often.values()) <= {1}
    assert LinkTry.objects.get(address=DEAD).failures == 3

    found = set(
        WatchFinding.objects.filter(state=Standing.OPEN).values_list("rule", "key", "severity")
    )
    matched = {
        (rule, start): [
            (r, key) for r, key, _ in found if r == rule and (key == start or key.startswith(start))
        ]
        for rule, start in faults
    }
    missed = [fault for fault, ones in matched.items() if not ones]
    told = {one for ones in matched.values() for one in ones}
    others = {(r, k) for r, k, severity in found if severity == "error"} - told - true
    said = (
        f"看了 {clean.total} 处；原有差错 {len(true)}；植入 {len(faults)}，查到 "
        f"{len(faults) - len(missed)}，另外称作差错的 {len(others)}；再查看了 {watch.total} 处"
    )
    print(said)
    assert not missed, (said, missed)
    assert not others, (said, others)
    # Every rule there is was planted or stood in the region by itself.
    every = {rule for rule in rules() if rule.startswith("watch.")}
    assert every == {rule for rule, _, _ in found}, every - {rule for rule, _, _ in found}
    assert every == {rule for family in FAMILIES for rule in family.rules}

    again = _watched(today)
    assert (again.opened, again.mended) == (0, 0)

"""Runs: what they find stays, ends and comes back; one at a time; resumed; over what changed."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from gongkai.core.rules import find
from gongkai.core.watching.rhythms import Rhythm, RhythmKind
from gongkai.web.administration.agencies.acts.keep import edit_contact
from gongkai.web.audit.record import SYSTEM, Subject, record
from gongkai.web.locks import hold
from gongkai.web.oversight.watching import families, running
from gongkai.web.oversight.watching.acts.ask import ask
from gongkai.web.oversight.watching.acts.columns import confirm_nothing, end_confirmation, promise
from gongkai.web.oversight.watching.acts.judge import set_aside
from gongkai.web.oversight.watching.acts.numbers import set_number
from gongkai.web.oversight.watching.families import FAMILIES, Family
from gongkai.web.oversight.watching.merging import merge
from gongkai.web.oversight.watching.models import Standing, Watch, WatchFinding
from gongkai.web.oversight.watching.terms import EVERYTHING, Found, Looked, Reach, Terms
from gongkai.web.people.models import Role
from gongkai.web.policies import Forbidden
from tests.web.conftest import Office

pytestmark = pytest.mark.django_db


def _family(name: str = "guides") -> Family:
    return next(family for family in FAMILIES if family.name == name)


def _found(office: Office, missing: str = "传真", lasting: dict[str, str] | None = None) -> Found:
    told = find("watch.guide_lacks", missing=[missing])
    key = f"guide:{office.street.pk}"
    return Found(told, office.street.pk, key, "听泉街道　指南", lasting=lasting)


def _states() -> list[str]:
    return list(WatchFinding.objects.order_by("pk").values_list("state", flat=True))


def test_a_finding_lasts_ends_and_comes_back_as_another(office: Office) -> None:
    family, here = _family(), Reach(frozenset([office.street.pk]))
    merge(family, EVERYTHING, [_found(office)])
    first = WatchFinding.objects.get()
    # What is told of it may change by the day; it stays the same finding.
    merge(family, here, [_found(office, "传真、地址")])
    one = WatchFinding.objects.get()
    assert (one.pk, one.values, one.found_at) == (
        first.pk,
        {"missing": ["传真、地址"]},
        first.found_at,
    )
    # Another agency's run leaves it alone; its own no longer finds it.
    merge(family, Reach(frozenset([office.neighbour.pk])), [])
    assert _states() == ["open"]
    merge(family, here, [])
    assert _states() == ["mended"]
    assert WatchFinding.objects.get().mended_at is not None
    merge(family, here, [_found(office)])
    assert _states() == ["mended", "open"]


def test_what_was_set_aside_is_not_told_again_until_it_is_another(office: Office) -> None:
    family = _family()
    merge(family, EVERYTHING, [_found(office, "传真", {"missing": "fax"})])
    above = office.actor(Role.COMPETENT_DEPARTMENT)
    set_aside(above, WatchFinding.objects.get(), "这个街道没有传真")
    merge(family, EVERYTHING, [_found(office, "传真（号码）", {"missing": "fax"})])
    assert _states() == ["set_aside"]
    merge(family, EVERYTHING, [_found(office, "电话", {"missing": "phone"})])
    assert _states() == ["set_aside", "open"]


def test_one_run_at_a_time_and_each_goes_on_where_it_was_cut_off(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []

    class Killed(BaseException):
        """Stands for the end of the process."""

    def looking(name: str) -> Family:
        def look(reach: Reach, terms: Terms) -> Looked:
            terms.tell(name)
            done.append(name)
            return Looked(1)

        return Family(name, name, look, ())

    monkeypatch.setattr(running, "FAMILIES", tuple(looking(name) for name in ("甲", "乙", "丙")))
    watch, made = ask(office.actor(Role.DISCLOSURE_OFFICE), office.street)
    assert made
    # Asked again, by those above as well as here: the one that waits will do.
    assert ask(office.actor(Role.DISCLOSURE_OFFICE), office.street) == (watch, False)
    _, wider = ask(office.actor(Role.COMPETENT_DEPARTMENT), office.district)
    assert wider

    def kill() -> None:
        if done == ["甲"]:
            raise Killed

    with pytest.raises(Killed):
        running.carry_on(kill)
    watch.refresh_from_db()
    assert (watch.ended_at, watch.looked_at) == (None, {"甲": 1})
    with hold(Path(settings.DATA) / running.LOCK):
        assert running.carry_on() == 0
    assert running.carry_on() == 2
    # 甲 was not looked at again by the first; the second looked at everything.
    assert done == ["甲", "乙", "丙", "甲", "乙", "丙"]
    watch.refresh_from_db()
    assert watch.looked_at == {"甲": 1, "乙": 1, "丙": 1}
    assert running.reach_of(watch).agencies == {office.street.pk}


def test_a_fault_of_ours_in_one_family_is_told_and_keeps_none_back(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(reach: Reach, terms: Terms) -> Looked:
        raise ZeroDivisionError("一处错")

    broken = Family("broken", "坏的", fail, ())
    monkeypatch.setattr(running, "FAMILIES", (broken, _family("columns")))
    watch = running.run(running.plan(full=True))
    assert watch.trouble == "坏的没有查完：一处错"
    assert watch.looked_at.keys() == {"columns"}


def test_a_run_over_what_changed_looks_where_the_trail_says(office: Office) -> None:
    assert running.plan_changes() is None, "a whole run comes first"
    running.run(running.plan_daily())
    assert running.plan_changes() is None
    actor = office.actor(Role.DISCLOSURE_OFFICE)
    edit_contact(actor, office.street, phone="000-0000 0401")
    with transaction.atomic():
        record("item.correct", Subject("item", "77", "某通知"), SYSTEM)
    watch = running.plan_changes()
    assert watch is not None
    reach = running.reach_of(watch)
    assert (reach.agencies, reach.items) == ({office.street.pk}, {77})
    assert running.plan_changes() is None, "it waits to be done"
    running.run(watch)
    # The daily one is full, and the one over changes found nothing else anew.
    assert Watch.objects.filter(full=True).count() == 1
    assert WatchFinding.objects.get(rule="watch.guide_lacks", agency=office.street).values == {
        "missing": ["工作机构", "办公地址", "办公时间", "传真", "互联网联系方式"]
    }
    assert WatchFinding.objects.filter(rule="watch.guide_lacks", agency=office.neighbour).exists()


def test_promises_and_confirmations_and_numbers_decide(office: Office) -> None:
    clerk, above = office.actor(Role.DISCLOSURE_OFFICE), office.actor(Role.COMPETENT_DEPARTMENT)
    today = timezone.localdate()

    def rules(day: date = today) -> set[str]:
        running.run(running.plan(full=True), today=day)
        found = WatchFinding.objects.filter(state=Standing.OPEN, agency=office.street)
        return {f"{one.rule.removeprefix('watch.')} {one.key.rpartition('/')[2]}" for one in found}

    assert {"column_blank 20-7", f"columns_blank_together columns:{office.street.pk}"} <= rules()
    promise(clerk, office.street, "statutory", "20-7", Rhythm(RhythmKind.MONTHLY))
    assert "column_blank 20-7" in rules()
    later = rules(today + timedelta(days=40))
    assert "column_blank_promised 20-7" in later
    assert "column_blank 20-7" not in later
    confirm_nothing(clerk, office.street, "statutory", "20-7", today + timedelta(days=30), "没有")
    assert not {one for one in rules() if one.endswith("20-7")}
    end_confirmation(above, office.street, "statutory", "20-7")
    assert "column_blank 20-7" in rules()
    for until in (today - timedelta(days=1), today + timedelta(days=400)):
        with pytest.raises(Forbidden, match="最多一年"):
            confirm_nothing(clerk, office.street, "statutory", "20-7", until)
    # The department's number holds for what is below it; the nearest one counts.
    set_number(above, office.district, "blank_columns", 90)
    assert f"columns_blank_together columns:{office.street.pk}" not in rules()
    set_number(above, office.street, "blank_columns", 2)
    assert f"columns_blank_together columns:{office.street.pk}" in rules()
    set_number(above, office.street, "blank_columns", None)
    assert f"columns_blank_together columns:{office.street.pk}" not in rules()
    for actor in (clerk, office.actor(Role.AUTHOR)):
        with pytest.raises(Forbidden):
            set_number(actor, office.street, "blank_columns", 2)
    with pytest.raises(Forbidden):
        promise(office.actor(Role.AUTHOR), office.street, "statutory", "20-7", None)
    with pytest.raises(Forbidden):
        promise(clerk, office.neighbour, "statutory", "20-7", Rhythm(RhythmKind.MONTHLY))


def test_every_rule_has_its_family() -> None:
    told = [rule for family in FAMILIES for rule in family.rules]
    assert len(told) == len(set(told)) == len(families.family_of())

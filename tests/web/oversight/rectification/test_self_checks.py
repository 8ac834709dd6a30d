"""The monthly self-check: column by column, signed by another, kept as it was signed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from gongkai.web.audit.models import AuditEntry
from gongkai.web.oversight.rectification.acts import order as ordering
from gongkai.web.oversight.rectification.acts import self_checks as acting
from gongkai.web.oversight.rectification.acts.self_checks import Said
from gongkai.web.oversight.rectification.columns import OTHER, columns_of, known_of, month_of
from gongkai.web.oversight.rectification.models import CheckAnswer, CheckState, SelfCheck
from gongkai.web.oversight.rectification.models.self_checks import SignedForGood
from gongkai.web.oversight.watching.models import ColumnConfirmation, Standing, WatchFinding
from gongkai.web.people.models import Appointment, Role
from gongkai.web.policies import Forbidden
from tests.web.conftest import Office

from .made import docx_words, found, own, pdf_words

pytestmark = pytest.mark.django_db
FINE = Said(CheckAnswer.IN_ORDER)


def this_month() -> date:
    return month_of(timezone.localdate())


def filled(office: Office, **said: Said) -> SelfCheck:
    """Every column in order but those named; ``c20_7`` is column 20-7."""
    others = {one.key: FINE for one in columns_of(office.street) if one.key != OTHER}
    named = {key.removeprefix("c").replace("_", "-"): one for key, one in said.items()}
    clerk = office.actor(Role.DISCLOSURE_OFFICE)
    return acting.fill(clerk, office.street, this_month(), {**others, **named})


def test_the_columns_are_those_the_law_asks_for(office: Office) -> None:
    names = [one.name for one in columns_of(office.street)]
    assert names[:3] == ["政府信息公开指南", "政府信息公开制度", "（一）行政法规、规章和规范性文件"]
    assert len(names) == 1 + 1 + 15 + 1 + 1 + 1


def test_what_was_found_stands_at_its_column(office: Office) -> None:
    of_column = found(office.street)
    elsewhere = found(office.street, "x", key="message:7", place="留言")
    gone = found(
        office.street, "20-8", state=Standing.MENDED,
        mended_at=timezone.now() - timedelta(days=70),
        found_at=timezone.now() - timedelta(days=90),
    )  # fmt: skip
    found(office.neighbour)
    known = {one.column.key: one.findings for one in known_of(office.street, this_month())}
    assert known["20-7"] == [of_column]
    assert known[OTHER] == [elsewhere]
    assert gone not in known["20-8"]


def test_every_column_is_answered_for_before_it_is_handed_in(office: Office) -> None:
    found(office.street)
    clerk = office.actor(Role.DISCLOSURE_OFFICE)
    check = acting.fill(clerk, office.street, this_month(), {"guide": FINE})
    assert len(acting.lacks_of(check)) == 18
    with pytest.raises(Forbidden, match="还不能送签：政府信息公开制度：没有结论"):
        acting.hand_in(clerk, check)
    for said, lack in (
        (FINE, "巡检还有 1 个问题，填正常要写说明"),
        (Said(CheckAnswer.PROBLEM), "有问题的要选整改"),
        (Said(CheckAnswer.NONE_SUCH), "写确认到哪一天"),
    ):
        check = filled(office, c20_7=said)
        assert list(acting.lacks_of(check)) == ["20-7"]
        with pytest.raises(Forbidden, match=lack):
            acting.hand_in(clerk, check)
    with pytest.raises(Forbidden, match="没有这个栏目"):
        acting.fill(clerk, office.street, this_month(), {"21-B": FINE})
    with pytest.raises(Forbidden, match="还没有到"):
        acting.fill(clerk, office.street, date(2099, 1, 1), {})
    withdrawn = ordering.withdraw(clerk, own(office), "重复")
    check = filled(office, c20_7=Said(CheckAnswer.PROBLEM, task=withdrawn))
    assert "已撤回" in acting.lacks_of(check)["20-7"]


def test_another_signs_and_it_stays_as_it_was(office: Office) -> None:
    finding = found(office.street)
    task = own(office, finding)
    until = timezone.localdate() + timedelta(days=100)
    check = filled(
        office,
        c20_7=Said(CheckAnswer.PROBLEM, "已报财政局", task=task),
        c20_14=Said(CheckAnswer.NONE_SUCH, none_until=until),
    )
    clerk, approver = office.actor(Role.DISCLOSURE_OFFICE), office.actor(Role.APPROVER)
    with pytest.raises(Forbidden, match="在填"):
        acting.sign(approver, check)
    check = acting.hand_in(clerk, check)
    with pytest.raises(Forbidden, match="签发"):
        acting.sign(clerk, check)
    check = acting.give_back(approver, check, "决算哪天能公开，写明")
    check = filled(office, c20_7=Said(CheckAnswer.PROBLEM, "10月底前公开", task=task),
                   c20_14=Said(CheckAnswer.NONE_SUCH, none_until=until))  # fmt: skip
    check = acting.sign(approver, acting.hand_in(clerk, check))
    assert (check.state, check.intact) == (CheckState.SIGNED, True)
    confirmed = ColumnConfirmation.objects.get()
    assert (confirmed.statutory, confirmed.until) == ("20-14", until)
    # The watch mends and forgets, the task ends: what was signed says what was found then.
    WatchFinding.objects.filter(pk=finding.pk).update(state=Standing.MENDED)
    ordering.withdraw(clerk, task, "别处办")
    kept = SelfCheck.objects.get(pk=check.pk)
    line = next(one for one in kept.snapshot if one["column"] == "20-7")
    assert line["findings"][0]["sentence"] == "“财政预算、决算”没有一条信息。"
    assert (line["note"], line["task"]) == ("10月底前公开", task.pk)
    for text in (docx_words(kept.docx), pdf_words(kept.pdf)):
        for words in ("栏目自查表", "（七）财政预算、决算", "有问题，已列整改", "10月底前公开",
                      f"没有此类信息，确认到{until}", "孙梅", "陈立"):  # fmt: skip
            assert words in text, words
    with pytest.raises(SignedForGood):
        kept.save()
    with pytest.raises(SignedForGood):
        kept.delete()
    with pytest.raises(Forbidden, match="已签字"):
        filled(office)
    # Who goes round all that is found out: the digest stands in the trail as well.
    SelfCheck.objects.filter(pk=kept.pk).update(snapshot=[])
    assert not SelfCheck.objects.get(pk=kept.pk).intact
    entry = AuditEntry.objects.filter(act="self_check.sign").get()
    assert entry.after["digest"] == kept.digest


def test_who_filled_it_in_does_not_sign_it(office: Office) -> None:
    person = office.people[Role.DISCLOSURE_OFFICE]
    since = date(2020, 1, 1)
    Appointment.objects.create(person=person, agency=office.street, role=Role.APPROVER, since=since)
    both = office.actor(Role.DISCLOSURE_OFFICE)
    check = acting.hand_in(both, filled(office))
    with pytest.raises(Forbidden, match="另一个人签字"):
        acting.sign(both, check)
    for role in (Role.AUTHOR, Role.COMPETENT_DEPARTMENT):
        with pytest.raises(Forbidden):
            acting.sign(office.actor(role), check)
        with pytest.raises(Forbidden):
            acting.fill(office.actor(role), office.street, this_month(), {})

"""A street office with ledgers of 2025: documents, counts, requests, cases of remedies."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from gongkai.web.disclosure.acts.review import approve, pass_secrecy_review, pass_section_review
from gongkai.web.disclosure.models import InformationItem, ItemVersion
from gongkai.web.people.models import Role
from gongkai.web.registers.models import CountKind, YearlyCount
from gongkai.web.remedies.models import RemedyCase
from gongkai.web.reports.acts.begin import begin
from gongkai.web.reports.acts.fill import type_in, write
from gongkai.web.reports.acts.hand_in import hand_in
from gongkai.web.reports.checking import Checked
from gongkai.web.reports.filling import Filled
from gongkai.web.reports.models import AnnualReport
from gongkai.web.requests.models import DisclosureRequest, Event, Requester
from tests.web.conftest import Office

YEAR = 2025
TEXTS = {
    "overview": (
        "2025年，听泉街道办事处按照《中华人民共和国政府信息公开条例》开展政府信息公开工作。\n"
        "（一）主动公开\n全年公开救助、村务、预决算信息。\n（二）依申请公开\n按期答复申请。\n"
        "（三）政府信息管理\n落实保密审查。\n（四）政府信息公开平台建设\n维护网站专栏。\n"
        "（五）监督保障\n组织培训两次。"
    ),
    "problems_and_improvements": (
        "主要问题是公开目录更新不够及时，部分救助信息晚于规定时限。改进情况是专人每周核对目录，"
        "明确各科室的公开责任，二季度起没有再出现超期。下一步把目录更新放进每月例会，由党政办公室"
        "逐条核对，年底再对照基层政务公开标准目录检查一遍，缺的补上，过时的改正。"
    ),
    "other_matters": "本年度没有收取信息处理费。",
}


def a_request(
    office: Office, number: str, received: date, kind: str = "natural_person",
    outcome: str = "", concluded: date | None = None,
) -> DisclosureRequest:  # fmt: skip
    """A request of the street's ledger, concluded or not."""
    requester = Requester.objects.create(kind=kind, masked_name="张某某")
    case = DisclosureRequest.objects.create(
        agency=office.street, number=number, requester=requester, code_digest=number,
        channel="counter", arrived_on=received, received_on=received, description="某信息",
        outcome=outcome, concluded_on=concluded,
    )  # fmt: skip
    if concluded:
        Event.objects.create(request=case, act="decide", on=concluded, facts={"outcome": outcome})
        Event.objects.create(request=case, act="served", on=concluded, facts={"way": "direct"})
    return case


@pytest.fixture
def ledgers(office: Office) -> Office:
    """The street with a year behind it."""
    person = office.people[Role.DISCLOSURE_OFFICE]
    item = InformationItem.objects.create(
        agency=office.street, author=person, kind="normative_document"
    )
    version = ItemVersion.objects.create(
        item=item, number=1, title="某办法", made_on=date(2025, 3, 1), written_by=person
    )
    item.current = item.live = version
    item.save()
    for kind, matter, count, amount in (
        (CountKind.LICENSING, "某许可", 0, None),
        (CountKind.PENALTY, "占道经营", 12, None),
        (CountKind.PENALTY, "乱倒垃圾", 3, None),
        (CountKind.COERCIVE_MEASURE, "拆除", 2, None),
        (CountKind.FEE, "占道费", None, Decimal("12345.67")),
    ):
        YearlyCount.objects.create(
            agency=office.street, year=YEAR, kind=kind, matter=matter, count=count,
            amount_yuan=amount, recorded_by=person,
        )  # fmt: skip
    a_request(office, "1", date(2024, 12, 20), outcome="disclosed", concluded=date(2025, 1, 10))
    a_request(office, "2", date(2025, 2, 3), outcome="not_held", concluded=date(2025, 2, 20))
    a_request(
        office, "3", date(2025, 5, 6), "business", "partly_disclosed", concluded=date(2025, 5, 30)
    )
    a_request(office, "4", date(2025, 12, 29))
    RemedyCase.objects.create(
        agency=office.street, kind="reconsideration", body="青禾区人民政府", matter="不服答复",
        opened_on=date(2025, 6, 1), recorded_by=person,
    )  # fmt: skip
    return office


@pytest.fixture
def begun(ledgers: Office) -> AnnualReport:
    """The report of 2025 just compiled."""
    return begin(ledgers.actor(Role.AUTHOR), ledgers.street, YEAR)


@pytest.fixture
def written(ledgers: Office, begun: AnnualReport) -> AnnualReport:
    """The report with its texts, as the author would hand it in."""
    return write(ledgers.actor(Role.AUTHOR), begun, TEXTS)


Publishing = Callable[[AnnualReport], AnnualReport]


@pytest.fixture
def publish(office: Office, django_capture_on_commit_callbacks: Any) -> Publishing:
    """Hand a report in and take it through all steps of review."""

    def through(report: AnnualReport) -> AnnualReport:
        report = AnnualReport.objects.get(pk=report.pk)
        with django_capture_on_commit_callbacks(execute=True):
            report = hand_in(office.actor(Role.AUTHOR), report, reason_for(report))
        item = report.item
        assert item is not None
        item = pass_section_review(office.actor(Role.SECTION_REVIEWER), item)
        item.version.findings.update(answer="keep")
        item = pass_secrecy_review(office.actor(Role.SECRECY_REVIEWER), item)
        approve(office.actor(Role.APPROVER), item)
        return AnnualReport.objects.get(pk=report.pk)

    return through


def reason_for(report: AnnualReport) -> str:
    """A reason where errors are left."""
    errors = Checked(Filled(report.version), neighbours=True).errors
    return "上级要求先报" if errors else ""


__all__ = ["TEXTS", "YEAR", "a_request", "type_in"]

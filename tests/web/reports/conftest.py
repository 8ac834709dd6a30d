"""A street office with ledgers of 2025: documents, counts, requests, cases of remedies."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from gongkai.web.disclosure.acts.review import approve, pass_secrecy_review, pass_section_review
from gongkai.web.people.models import Role
from gongkai.web.reports.acts.begin import begin
from gongkai.web.reports.acts.fill import write
from gongkai.web.reports.acts.hand_in import hand_in
from gongkai.web.reports.checking import Checked
from gongkai.web.reports.filling import Filled
from gongkai.web.reports.models import AnnualReport
from tests.web.conftest import Office

from .year import YEAR, keep_year

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


@pytest.fixture
def ledgers(office: Office) -> Office:
    """The street with a year behind it."""
    keep_year(office)
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

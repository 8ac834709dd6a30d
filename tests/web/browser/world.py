"""Something on every staff page: items in every state, filled registers, agencies, people."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from gongkai.core.screening import WordKind
from gongkai.web.administration.agencies.acts.change import merge
from gongkai.web.agencies.models import Agency, Kind, Officer
from gongkai.web.people.models import Role
from gongkai.web.publication.models import SiteSettings
from gongkai.web.registers.models import (
    PowerEntry,
    StandardCoverage,
    StandardEntry,
    WordListEntry,
    YearlyCount,
)
from tests.web.conftest import Office
from tests.web.reports.compiled import compiled, received

from .items import Items
from .requests import Requests


class World:
    """An office, what it has in hand, and what it keeps."""

    # What stands around its requests; made where a test looks at it (around_pages.py).
    around: Any
    # Registers of measures, appraisals, concerns (measures_pages.py).
    measures: Any
    # Assessments at their stages, briefs (assessment_pages.py).
    assessed: Any
    # A run of the watch and findings judged (watching_pages.py).
    watched: Any
    # Tasks, notices, self-checks (rectification_pages.py).
    rectified: Any

    def __init__(self, office: Office) -> None:
        SiteSettings.objects.create(region_name="青禾区", demonstration=True)
        self.office = office
        self.items = Items(office)
        self.requests = Requests(office)
        street = office.street
        Officer.objects.create(agency=street, name="林知远", post="主任", duty="主持全面工作")
        self.power = PowerEntry.objects.create(
            agency=street, kind="行政给付", name="临时救助审核", basis="《社会救助暂行办法》"
        )
        self.standard = StandardEntry.objects.create(
            agency=street,
            domain="社会救助",
            serial="1",
            first_matter="临时救助",
            second_matter="审核审批信息",
            content="支出型临时救助、急难型临时救助的对象名单、救助金额、救助事由",
            channels=["website", "notice_board"],
            fresh_days=30,
        )
        for number in (self.items.document.pk, 999_999):
            StandardCoverage.objects.create(entry=self.standard, item_number=number)
        YearlyCount.objects.create(
            agency=street,
            year=2025,
            kind="penalty",
            matter="占道经营处罚",
            count=12,
            recorded_by=office.people[Role.DISCLOSURE_OFFICE],
        )
        self.word = WordListEntry.objects.create(
            word="领导小组办公室", kind=next(iter(WordKind)).value, replacement="办公室"
        )
        self.report = compiled(office)
        self.received = received(office)
        self.ended = self._ended()
        TOTPDevice.objects.create(user=office.people[Role.SECURITY_ADMIN], name="手机")

    def _ended(self) -> Agency:
        """An agency that was merged into the street."""
        ended = Agency.objects.create(
            slug="qh0403",
            code="QH0403",
            name="麦坪街道办事处",
            short_name="麦坪街道",
            kind=Kind.STREET,
            parent=self.office.district,
        )
        admin = self.office.actor(Role.SYSTEM_ADMIN)
        return merge(admin, ended, self.office.street, timezone.localdate(), "区划调整。")

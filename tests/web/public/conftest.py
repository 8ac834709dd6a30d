"""A region with something of every kind published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.utils import timezone

from gongkai.web.agencies.models import Agency, Kind, Officer, PastName
from gongkai.web.publication.models import Publication, SiteSettings
from gongkai.web.registers.models import StandardCoverage, StandardEntry
from tests.web.conftest import Office

from .publishing import at, public_file, publish

BODY = """<h2>一、标准</h2><p>补助标准见表。</p>
<table><thead><tr><th scope="col">楼层</th><th scope="col">万元</th></tr></thead>
<tbody><tr><th scope="row">四层</th><td>12.00</td></tr></tbody></table>
<p><img src="attachment:p1" alt="流程图"></p><p><a href="attachment:p2">申请表</a></p>"""


@dataclass
class Region:
    """The office's agencies with their publications, by what they show."""

    office: Office
    town: Agency
    community: Agency
    ended: Agency
    document: Publication
    interpretation: Publication
    report: Publication


@pytest.fixture
def region(office: Office) -> Region:
    """听泉街道 with a normative document, its interpretation, a report, lists, a catalogue."""
    street = office.street
    SiteSettings.objects.create(
        region_name="青禾区人民政府",
        site_name="青禾区人民政府",
        site_domain="www.qinghe.example",
        site_id_code="0000000000",
        organiser="青禾区人民政府",
        phone="000-0000 0000",
        icp_number="ICP 备案号（示范）",
        host_home="https://www.qinghe.example/",
        error_report="https://pucha.example/",
        demonstration=True,
    )
    Agency.objects.filter(pk=street.pk).update(
        disclosure_office="党政综合办公室",
        address="青禾区听泉路1号203室",
        postcode="000000",
        phone="000-0000 0401",
        office_hours="工作日 9:00—12:00，14:00—17:30",
        functions="办理街道的行政管理事务。",
        contact_changed_on=date(2026, 3, 1),
    )
    street.refresh_from_db()
    Officer.objects.create(agency=street, name="林知远", post="主任", duty="主持全面工作")
    PastName.objects.create(agency=street, name="听泉镇人民政府", until=date(2015, 6, 1))
    town = _agency("QH0501", "稻香镇人民政府", "稻香镇", Kind.TOWNSHIP, office.district)
    community = _agency("QH0411", "泉苑社区居民委员会", "泉苑社区", Kind.COMMUNITY, street)
    ended = _agency("QH0403", "麦坪街道办事处", "麦坪街道", Kind.STREET, office.district)
    Agency.objects.filter(pk=ended.pk).update(ended_on=date(2024, 5, 1), succeeded_by=street)
    document = publish(
        street,
        1,
        "听泉街道加装电梯补助办法",
        kind="normative_document",
        statutory="20-1",
        document_number="听街规〔2025〕3号",
        theme="construction_and_environment",
        genre="notice",
        keywords=["加装电梯", "补助"],
        summary="补助的条件、标准、程序",
        body_html=BODY,
        issuer="听泉街道办事处",
        made_on=date(2025, 4, 21),
        published_at=at(2025, 5, 6),
        effective_on=date(2025, 6, 1),
        expires_on=timezone.localdate() + timedelta(days=400),
        validity="in_force",
        files=(
            public_file(
                "流程 图.png", b"\x89PNG", media_type="image/png", inline=True, reference="p1"
            ),
            public_file("申请表.docx", b"PK", media_type="application/msword", reference="p2"),
            public_file("听泉街道加装电梯补助办法.pdf"),
        ),
        elsewhere=(
            {"channel": "notice_board", "where": "泉苑一村", "released_on": date(2025, 5, 7)},
        ),
    )
    interpretation = publish(
        street,
        2,
        "一图读懂加装电梯补助",
        kind="interpretation",
        statutory="20-1",
        facts={"form": "chart"},
        published_at=at(2025, 5, 6, 10),
        ties=(("interprets", 1),),
    )
    report = publish(
        street,
        3,
        "听泉街道办事处2025年政府信息公开工作年度报告",
        kind="annual_report",
        column="annual_report",
        statutory="",
        published_at=at(2026, 1, 23),
    )
    publish(street, 4, "信息发布审查制度", kind="system_rule", column="rules", statutory="")
    publish(community, 5, "泉苑社区惠民资金公示", statutory="20-11")
    publish(town, 6, "稻香镇土地流转情况", statutory="21-B", theme="agriculture_and_water")
    publish(ended, 7, "麦坪街道2023年决算")
    for number in range(100, 150):
        publish(street, number, published_at=at(2026, 2, 1) + timedelta(days=number - 100))
    covered, bare = (
        StandardEntry.objects.create(
            agency=street,
            domain=domain,
            serial=serial,
            first_matter="资金安排",
            content="预算；决算",
            channels=["website", "notice_board"],
            fresh_days=30,
        )
        for domain, serial in (("财政预决算", "1"), ("养老服务", "2"))
    )
    StandardCoverage.objects.create(entry=covered, item_number=100)
    StandardCoverage.objects.create(entry=bare, item_number=999_999)
    return Region(office, town, community, ended, document, interpretation, report)


def _agency(code: str, name: str, short_name: str, kind: Kind, parent: Agency) -> Agency:
    return Agency.objects.create(
        slug=code.lower(), code=code, name=name, short_name=short_name, kind=kind, parent=parent
    )

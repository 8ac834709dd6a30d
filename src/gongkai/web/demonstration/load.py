"""Load the demonstration region into an installation in which nobody has worked yet.

What stands here afterwards stands as if people had done it over the years: published at its
moment, reviewed by others than wrote it, returned, withdrawn.  Acts could not make that, since
their clock is now; so these modules write the past themselves, once, before the first act, and
no other module does but the importer of a former site.  The trail says of each agency that its
records were loaded.
"""

from __future__ import annotations

from collections import Counter

from gongkai.core.catalogue import channels, genres, ground, themes
from gongkai.web.agencies.audited import subject_of
from gongkai.web.agencies.models import Agency
from gongkai.web.audit.record import SYSTEM, record
from gongkai.web.people.models import Person
from gongkai.web.publication.models import SiteSettings
from gongkai.web.publication.report_reading import read_waiting
from gongkai.web.requests.models import DisclosureRequest

from .assessment import keep_assessment
from .checking import check
from .items import keep_items
from .measures import keep_measures
from .publishing import publish
from .records import Record, records_of
from .rectification import keep_rectification
from .region import Region, read_region
from .registers import keep_registers
from .reports import keep_reports
from .requested import keep_requested
from .staff import keep_staff
from .telling import Progress, Telling
from .watching import keep_watching

# What the audit trail calls it.
ACT = "demonstration.load"
# Steps told besides one for each item, file, publication and request: people, figures, lists,
# checks, letters, what followed the replies, annual reports, and rectification.
_OTHER_STEPS = 8


class AlreadyBegun(Exception):
    """People or agencies are known here already; the region would stand among theirs."""


def load(progress: Progress) -> None:
    """The whole region, inside the caller's transaction; AlreadyBegun where there is anything."""
    if Person.objects.exists() or Agency.objects.exists():
        raise AlreadyBegun("a demonstration is loaded only where nobody has worked yet")
    region = read_region()
    _require_terms(region)
    telling = Telling(progress, _steps(region))
    telling.one("机关和人员")
    _settings(region)
    staff = keep_staff(region)
    records = records_of(region, staff)
    items = keep_items(records, telling)
    publish(telling)
    telling.one("年度报告的数字")
    read_waiting()
    telling.one("清单和目录")
    keep_registers(region, staff, items)
    keep_watching(staff)
    keep_measures(staff, items)
    telling.one("发布前检查")
    check(records, items)
    keep_requested(region, staff, telling)
    telling.one("年度报告")
    keep_reports(region, staff, records, items)
    telling.one("整改和自查")
    keep_rectification(staff)
    keep_assessment(staff)
    _leave_trace(records)


def _steps(region: Region) -> int:
    every = [*region.items, *region.drafts]
    files = sum(len(item.get("attachment", ())) for item in every)
    public = sum("published_on" in item for item in region.items)
    asked = len(region.requests["case"])
    return len(every) + files + public + asked + _OTHER_STEPS


def _require_terms(region: Region) -> None:
    """CatalogueError where the data choose from our lists what is not in them."""
    for item in (*region.items, *region.drafts):
        genres().term(item["genre"])
        themes().term(item["theme"])
        for channel in item.get("channels", ()):
            channels().term(channel)
        if "disclosure_basis" in item:
            ground(item["disclosure_basis"])


def _settings(region: Region) -> None:
    site = region.settings["site"]
    # Marks that are links stay empty: an invented region has nowhere for them to lead.
    SiteSettings.objects.create(
        region_name=region.settings["name"],
        site_name=site["site_name"],
        site_domain=site["site_domain"],
        site_id_code=site["site_id_code"],
        organiser=site["sponsor"],
        undertaker=site["undertaker"],
        phone=site["phone"],
        icp_number=site["icp_number"],
        public_security_number=site["public_security_number"],
        ipv6=site["supports_ipv6"],
        demonstration=True,
    )


def _leave_trace(records: list[Record]) -> None:
    loaded = Counter(one.agency.pk for one in records)
    asked = Counter(DisclosureRequest.objects.values_list("agency", flat=True))
    for agency in Agency.objects.order_by("position"):
        after = {"entries": loaded[agency.pk], "requests": asked[agency.pk]}
        record(ACT, subject_of(agency), SYSTEM, after=after)

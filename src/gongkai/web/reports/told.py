"""Reports within reach as the pages on figures show them: published, and handed in but not public.

Of a report the last version that was published or sent upward counts, and says where it stands;
a draft that nobody handed in is nobody else's to see.  What was published without being compiled
here counts as the public sees it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.http import urlencode

from gongkai.core.forms import Form
from gongkai.core.report import AnnualReport as Report
from gongkai.core.report.measures import Cells
from gongkai.web.agencies.models import Agency
from gongkai.web.policies import Actor
from gongkai.web.public.figures.told import Told, published, section_of
from gongkai.web.publication.models import PublishedReport
from gongkai.web.publication.report_figures import cell_of, form_in, report_of

from .filling import Filled
from .models import ReportVersion, Submission
from .versions import is_writer

_PUBLISHED = "已公布"


def told_of(
    actor: Actor, agencies: Iterable[Agency], year: int | None = None
) -> dict[tuple[int, int], Told]:
    """By agency and year, the report of each; of one year only where it is given."""
    reach = list(agencies)
    public = _published(reach, year)
    found = {key: _as_public(row) for key, row in public.items()}
    for version in _versions(reach, year):
        report = version.report
        found[report.agency_id, report.year] = _told(
            actor, version, public.get((report.agency_id, report.year))
        )
    return found


def whole(agency: Agency, year: int) -> Report | None:
    """The report of ``told_of`` with all it says, for a comparison."""
    versions = list(_versions([agency], year))
    if versions:
        return Filled(versions[-1]).report
    row = _published([agency], year).get((agency.pk, year))
    return report_of(row) if row else None


def _versions(agencies: list[Agency], year: int | None) -> Iterable[ReportVersion]:
    """The last version of each report that was published or sent upward."""
    sent = Submission.objects.filter(version=OuterRef("pk"))
    versions = ReportVersion.objects.filter(
        Q(published_at__isnull=False) | Q(Exists(sent)), report__agency__in=agencies
    )
    if year is not None:
        versions = versions.filter(report__year=year)
    last = {
        version.report_id: version
        for version in versions.select_related(
            "report__agency", "report__item", "report__current", "compilation"
        )
        .prefetch_related("submissions")
        .order_by("report", "number")
    }
    return last.values()


def _published(agencies: list[Agency], year: int | None) -> dict[tuple[int, int], PublishedReport]:
    rows = PublishedReport.objects.filter(holds=True, agency__in=agencies)
    if year is not None:
        rows = rows.filter(year=year)
    found = rows.select_related("publication", "agency").defer(
        "publication__text", "publication__body_html"
    )
    return {(row.agency_id, row.year): row for row in found if row.year}


def _told(actor: Actor, version: ReportVersion, row: PublishedReport | None) -> Told:
    report = version.report
    same = (
        row is not None
        and report.item_id == row.publication_id
        and report.live_id == version.pk
        and bool(row.edition)
    )
    form: Form | None
    cells: Cells
    if row is not None and same:
        # What is public says the same, and is read faster.
        form, cells, unread = form_in(row), partial(cell_of, row), row.unread_count
    else:
        filled = Filled(version)
        form, cells, unread = filled.form, filled.report.cells.get, len(filled.report.unread)
    return Told(
        agency=report.agency,
        year=report.year,
        title=report.title,
        form=form,
        cells=cells,
        opened=partial(_opened, version, form, is_writer(actor, report)),
        unread=unread,
        state=_state(version),
    )


def _opened(version: ReportVersion, form: Form | None, writes: bool, address: str) -> str:
    """The cell with what stands behind it for who writes it; for others where it is printed."""
    report = version.report
    if form is None or not address:
        return reverse("reports:version", args=[report.pk, version.number])
    section = section_of(form, address)
    if writes and report.current_id == version.pk:
        query = urlencode({"cell": address})
        return f"{reverse('reports:section', args=[report.pk, section])}?{query}"
    number = [one.key for one in form.sections].index(section) + 1
    return f"{reverse('reports:version', args=[report.pk, version.number])}#s{number}"


def _state(version: ReportVersion) -> str:
    if version.published_at is not None:
        return _PUBLISHED
    latest = max(version.submissions.all(), key=lambda one: one.pk)
    return latest.get_state_display()


def _as_public(row: PublishedReport) -> Told:
    """What was published without being compiled here: its numbers open on the public page."""
    told = published(row, "")
    return Told(
        **{
            **{name: getattr(told, name) for name in Told.__dataclass_fields__},
            "opened": lambda address: settings.MOUNT + told.opened(address),
            "state": _PUBLISHED,
        }
    )

"""A report as the pages on figures show it: whose, of which year, its cells and where each stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from gongkai.core.forms import Form, split
from gongkai.core.report.measures import Cells
from gongkai.web.agencies.models import Agency
from gongkai.web.publication.models import PublishedReport, ReadingState
from gongkai.web.publication.report_figures import cell_of, form_in

from .. import links


@dataclass(frozen=True)
class Told:
    """One report.  ``form`` is None where no figure of it is known; ``note`` says why."""

    agency: Agency
    year: int
    title: str
    form: Form | None
    cells: Cells
    # The address at which a cell can be seen; that of the report for "".
    opened: Callable[[str], str]
    unread: int = 0
    note: str = ""
    # At the desk: where the report stands.
    state: str = ""

    @property
    def edition(self) -> str:
        """``2021 年版``; what else it is where no figure is known."""
        return f"{self.form.id} 年版" if self.form else self.note

    @property
    def report_href(self) -> str:
        """The address of the report."""
        return self.opened("")


def section_of(form: Form, address: str) -> str:
    """The section in whose table a cell stands."""
    table = split(address)[0]
    if table == "requests":
        return form.requests.section
    if any(block.table == table for block in form.remedies.blocks):
        return form.remedies.section
    return form.disclosure.section


def published(row: PublishedReport, path: str) -> Told:
    """A published report, for the page at ``path``."""
    form = form_in(row)
    note = "" if form else _WHY[ReadingState(row.state)]
    return Told(
        agency=row.agency,
        year=row.year or 0,
        title=row.publication.title,
        form=form,
        cells=partial(cell_of, row),
        opened=partial(_opened, row, form, path),
        unread=row.unread_count,
        note=note,
    )


_WHY = {
    ReadingState.WAITING: "数字还没有读出来",
    ReadingState.READ: "",
    ReadingState.NO_FORM: "没有统一格式的表",
    ReadingState.FAILED: "读不出数字",
}


def _opened(row: PublishedReport, form: Form | None, path: str, address: str) -> str:
    anchor = row.anchors.get(section_of(form, address), "") if form and address else ""
    target = row.publication.path + (f"#{anchor}" if anchor else "")
    return links.relative(path, target)

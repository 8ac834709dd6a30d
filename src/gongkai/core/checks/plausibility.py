"""Lawful but odd: figures that are more likely a slip than a fact."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..finding import Finding
from ..forms import Form
from ..report import AnnualReport
from ..rules import find
from .terms import row_name

# Agencies that make no government rules (规章): sub-districts, townships,
# counties and districts with their departments, departments of a city.
_NO_RULES = re.compile(
    r"街道(?:办事处)?$|[乡镇](?:人民政府)?$|[县旗](?:人民政府)?$|(?<!自治)区(?:人民政府)?$|"
    r"(?:[县旗市]|(?<!自治)区).*(?:局|委员会|办公室)$"
)
# Zones whose name ends in 区 but which are not districts.
_ZONE = re.compile(r"(?:实验|开发|新|合作|示范|高新|产业园?)区|管理?委员会")
_FIGURES = ("items_last_year", "change_this_year", "decisions")
_FEE_DENIED = re.compile(
    r"(?:未|没有|无|不)(?:收|予收|再收|产生|发生|涉及)?[^，。；]{0,12}(?:处理费|收费|费用)|(?<![\d.])0元"
)
_FEE_UNPAID = "requests.otherwise_concluded.fee_unpaid/total"


def plausibility(report: AnnualReport, form: Form) -> Iterator[Finding]:
    """Findings on odd but possible figures, in printed order."""
    yield from _rules_without_power(report, form)
    for group in form.disclosure.groups:
        if all(any(c.id == figure for c in group.columns) for figure in _FIGURES):
            for row in group.rows:
                yield from _decisions_like_items(report, form, row.table)
    yield from _unpaid_fee(report)


def _rules_without_power(report: AnnualReport, form: Form) -> Iterator[Finding]:
    agency = report.agency or ""
    if not _NO_RULES.search(agency) or _ZONE.search(agency):
        return
    found = [n for n in report.cells if n.startswith("government_rules/") and report.number(n)]
    if found:
        yield find(
            "disclosure.government_rules",
            *found,
            agency=agency,
            figures=tuple(f"{form.cells[n].column_label} {report.number(n)}" for n in found),
        )


def _decisions_like_items(report: AnnualReport, form: Form, table: str) -> Iterator[Finding]:
    names = [f"{table}/{figure}" for figure in _FIGURES]
    if any(n not in report.cells for n in names):
        return
    items, change, decisions = (report.number(n) for n in names)
    if items > 0 and change and decisions == items + change:
        yield find(
            "disclosure.decisions_look_like_items",
            *names,
            place=row_name(form, names[0]),
            items=items,
            change=change,
            decisions=decisions,
        )


def _unpaid_fee(report: AnnualReport) -> Iterator[Finding]:
    """A fee asked for and not paid goes with none collected; said so that nobody stumbles."""
    cell = report.cells.get(_FEE_UNPAID)
    if cell is None or not cell.value:
        return
    said = _FEE_DENIED.search("".join(report.section("other_matters").split()))
    if said:
        yield find(
            "requests.fee_unpaid_and_none_collected",
            _FEE_UNPAID,
            count=cell.value,
            quote=said.group(),
        )

"""One year of the region assessed under a table of its own, and one brief.

What the records say is counted as everywhere; the points given by hand, the objection and the
demand of the brief are told by the data.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from importlib.resources import files

from django.utils import timezone

from gongkai.core.rules import say
from gongkai.core.writers import letter_docx
from gongkai.web import sheets, typesetting
from gongkai.web.agencies.models import Agency
from gongkai.web.oversight.assessment.acts.begin import fill
from gongkai.web.oversight.assessment.acts.review import settle
from gongkai.web.oversight.assessment.evidence import span_called
from gongkai.web.oversight.assessment.models import (
    Assessment,
    Indicator,
    IndicatorTable,
    Score,
    Standing,
)
from gongkai.web.oversight.assessment.reading import read
from gongkai.web.oversight.overview.brief.figures import agencies_of, figures_of, kept
from gongkai.web.oversight.overview.brief.paper import document_of
from gongkai.web.oversight.overview.brief.writing import title_of, words_of
from gongkai.web.oversight.overview.models import Brief, BriefState
from gongkai.web.people.models import Person, Role
from gongkai.web.registers.days import working_days
from gongkai.web.reports.papers import FORMATS, keep
from gongkai.web.reports.prose import GAP
from gongkai.web.reports.standing import reporting_to

from .region import Facts
from .staff import Staff

_FULL = Decimal(100)


def keep_assessment(staff: Staff) -> None:
    """The table, an assessment of every agency, the brief."""
    folder = files("gongkai.web.demonstration") / "region"
    told: Facts = tomllib.loads((folder / "assessment.toml").read_text(encoding="utf-8"))
    department = next(a for a in staff.agencies.values() if a.competent_for_id)
    top = department.competent_for
    assert top is not None, "chosen by it"
    people = _people(department)
    grid = sheets.read_grid((folder / "indicators.csv").read_bytes())
    table = _table(top, told, grid, people[0])
    assessments = Assessment.objects.bulk_create(
        Assessment(
            table=table, agency=agency, begun_by=people[0], begun_at=_at(told["adopted"]),
            counted_at=_at(told["adopted"]),
        )
        for agency in reporting_to(top, table.year)
    )  # fmt: skip
    fill(table, assessments)
    for one in assessments:
        _scored(one, told, staff, people)
    _brief(top, department, told["brief"], people[0])


def _people(department: Agency) -> list[Person]:
    """Who holds the department's role, so that nobody reviews what he wrote."""
    held = department.appointments.filter(role=Role.COMPETENT_DEPARTMENT)
    return [one.person for one in held.select_related("person").order_by("pk")]


def _table(top: Agency, told: Facts, grid: list[list[str]], by: Person) -> IndicatorTable:
    found = read(grid, _FULL)
    data = sheets.xlsx_of("考核指标", grid[0], grid[1:])
    at = _at(told["adopted"])
    table = IndicatorTable.objects.create(
        to=top,
        year=told["year"],
        number=1,
        standing=Standing.IN_FORCE,
        title=f"{told['year']}年度政府信息公开工作考核指标",
        full=_FULL,
        file=keep(data, sheets.XLSX),
        file_name=told["file_name"],
        columns=found.columns,
        findings=[[one.severity.value, say(one)] for one in found.findings],
        imported_by=by,
        imported_at=at,
        adopted_by=by,
        adopted_at=at,
    )
    for indicator in found.indicators:
        indicator.table = table
    Indicator.objects.bulk_create(found.indicators)
    return table


def _scored(one: Assessment, told: Facts, staff: Staff, people: list[Person]) -> None:
    """Scored by itself, reviewed, told, in one case objected to, and settled."""
    slug, by_hand = one.agency.slug, told["by_hand"]
    office = staff.offices.get(slug)
    keeper = office.keeper if office is not None else None
    reviewer = next(person for person in people if person != keeper)
    objection = told["objection"] if told["objection"]["agency"] == slug else None
    given = by_hand.get(slug, by_hand["other"])
    for score in one.scores.select_related("indicator"):
        _self_scored(score, told, keeper, given)
        score.reviewed_by = reviewer
        score.points = score.suggested
        if not score.indicator.measure:
            score.points, score.words = Decimal(str(given["points"])), given["words"]
        elif score.suggested is None:
            score.left_out, score.words = True, told["left_out"]
        if objection is not None and objection["indicator"] == score.indicator.name:
            facts = {
                "objection": objection["words"],
                "answer": objection["answer"],
                "answered_by": reviewer,
                "final": Decimal(objection["points"]),
            }
            for name, value in facts.items():
                setattr(score, name, value)
        score.save()
    one.handed_in_by, one.handed_in_at = keeper, _at(told["self_scored"])
    one.told_by, one.told_at = reviewer, _at(told["told"])
    one.objection_until = working_days().nth_after(told["told"], one.table.objection_days).day
    if objection is not None:
        one.objected_by, one.objected_at = keeper, _at(one.objection_until)
    settle(one, reviewer)
    one.final_at = _at(told["settled"])
    one.save()


def _self_scored(score: Score, told: Facts, keeper: Person | None, given: Facts) -> None:
    score.self_by = keeper
    if not score.indicator.measure:
        score.self_points, score.self_words = score.most, given["words"]
    elif score.suggested is None:
        score.self_words = told["unscored"]
    else:
        score.self_points = score.suggested


def _brief(top: Agency, department: Agency, told: Facts, by: Person) -> None:
    span = span_called(told["span"])
    assert span is not None, told["span"]
    agencies = agencies_of(top)
    figures, table = figures_of(agencies, span, {"to": top.code})
    words = words_of(top, len(agencies), span, figures)
    at = _at(told["kept"])
    brief = Brief(
        to=top,
        since=span.since,
        until=span.until,
        title=title_of(top, span),
        text="\n".join(_filled(words, told["demand"])),
        figures=kept(figures),
        table=table,
        state=BriefState.KEPT,
        counted_at=at,
        written_by=by,
        kept_by=by,
        kept_at=at,
    )
    document = document_of(brief, department, told["kept"])
    brief.docx = keep(letter_docx.render(document), FORMATS[0].media_type)
    brief.pdf = keep(typesetting.typeset(document), FORMATS[1].media_type)
    brief.save()


def _filled(words: str, demand: str) -> Iterator[str]:
    for line in words.splitlines():
        yield GAP.sub(demand, line)


def _at(day: date) -> datetime:
    return datetime.combine(day, time(10), timezone.get_current_timezone())

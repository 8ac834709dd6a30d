"""What oversight gives to the annual report: facts of 监督保障, and of its section five.

Nothing registered is no fact: it is left out, and the report keeps its gap.  What the watch, the
tasks and the self-checks tell of a government is that of all its agencies; what stands in the
registers is its own and its office's: the trainings of a region are those held for the region.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.urls import reverse

from gongkai.web.agencies.models import Agency, Kind
from gongkai.web.oversight import YearFact
from gongkai.web.oversight.assessment.evidence import Length, plain, span_of
from gongkai.web.oversight.assessment.models import Assessment, Stage, Standing
from gongkai.web.oversight.assessment.results import total_text
from gongkai.web.oversight.concerns.facts import facts_of as concerns_of
from gongkai.web.oversight.measures.facts import facts_of as measures_of
from gongkai.web.reports.prose import Fact

from .brief.figures import Figure, figures_of

# Of the registers of measures and of concerns: which numbers, in which part, said how.
_REGISTERED: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("systems", ("systems_made",), "本年新订政府信息公开制度{0}。"),
    ("training", ("trainings", "trained_people"), "开展培训{0}，{1}。"),
    ("training", ("trainings",), "开展培训{0}。"),
    ("inspection", ("inspections_held", "agencies_inspected"), "开展日常检查{0}，检查机关{1}。"),
    ("inspection", ("inspections_received",), "接受日常检查{0}。"),
    ("concerns", ("concerns", "concerns_answered"), "登记公众关切{0}，回应{1}。"),
    ("complaint", ("complaints", "complaints_answered"), "受理投诉举报{0}，已答复{1}。"),
    ("appraisal", ("appraisals", "appraisal_satisfied"), "社会评议收到{0}，满意率{1}。"),
    ("appraisal", ("appraisals",), "社会评议收到{0}。"),
    ("accountability", ("accountability", "accountability_persons"), "责任追究{0}，涉及{1}。"),
    ("accountability", ("accountability",), "责任追究{0}。"),
)
# Of what the watch and the tasks are counted by.
_COUNTED: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("rectification", ("findings_found", "findings_mended"), "巡检发现问题{0}，已改好{1}。"),
    ("rectification", ("tasks_ordered", "tasks_confirmed"), "列入整改{0}，经另一人确认改好{1}。"),
    ("self_check", ("self_checks_in_time",), "按月自查栏目并签字，按期{0}。"),
)


def facts_of(agency: Agency, year: int) -> Iterator[Fact]:
    """Everything oversight knows of the year."""
    agencies = _whose(agency)
    span = span_of(date(year, 1, 1), Length.YEAR)
    whose = {"agency" if len(agencies) == 1 else "under": agency.code}
    figures, _ = figures_of(agencies, span, whose)
    known = {
        one.slug: Fact(one.label, one.text, one.address)
        for one in figures
        if one.known and _some(one)
    }
    yield from _told(_COUNTED, known, {one.slug: one.good for one in figures if one.good})
    yield from _told(_REGISTERED, _registered(_own(agency), year))
    yield from _assessed(agency, agencies, year)
    yield from _problems(known)


def _whose(agency: Agency) -> list[Agency]:
    if agency.kind != Kind.GOVERNMENT:
        return [agency]
    return list(Agency.objects.under(agency).order_by("position", "code"))


def _own(agency: Agency) -> list[Agency]:
    if agency.kind != Kind.GOVERNMENT:
        return [agency]
    return [agency, *agency.competent_departments.all()]


def _some(one: Figure) -> bool:
    # A year without a single task or finding wants no sentence.
    return not one.text.startswith("0 ")


def _told(
    sentences: Iterable[tuple[str, tuple[str, ...], str]],
    known: Mapping[str, Fact],
    shorter: Mapping[str, str] | None = None,
) -> Iterator[Fact]:
    """The first sentence of a part all of whose numbers are known, and the numbers beside it."""
    said: set[str] = set()
    for part, keys, words in sentences:
        if keys[0] in said or any(key not in known for key in keys):
            continue
        said.update(keys)
        facts = [known[key] for key in keys]
        sentence = words.format(*((shorter or {}).get(key) or known[key].text for key in keys))
        for place, fact in enumerate(facts):
            yield Fact(fact.label, fact.text, fact.address, part, "" if place else sentence)


def _registered(agencies: Sequence[Agency], year: int) -> dict[str, Fact]:
    """The registers' numbers, added where both a government and its office have some."""
    found: dict[str, list[YearFact]] = defaultdict(list)
    for agency in agencies:
        for one in (*measures_of(agency, year), *concerns_of(agency, year)):
            if one.value is not None:
                found[one.key].append(one)
    facts = {}
    for key, ones in found.items():
        if len(ones) == 1:
            facts[key] = Fact(ones[0].label, ones[0].text, ones[0].address)
        elif ones[0].unit != "%":
            total = sum((Decimal(one.value or 0) for one in ones), Decimal(0))
            facts[key] = Fact(ones[0].label, f"{plain(total)} {ones[0].unit}")
    return facts


def _assessed(agency: Agency, agencies: Sequence[Agency], year: int) -> Iterator[Fact]:
    done = (
        Assessment.objects.filter(agency__in=agencies, table__year=year, stage=Stage.FINAL)
        .exclude(table__standing=Standing.REPLACED)
        .select_related("table", "agency")
    )
    if len(agencies) > 1:
        number = done.count()
        if number:
            address = reverse("assessment:home")
            sentence = f"对{number}个机关考核{year}年度政府信息公开工作。"
            yield Fact("考核的机关", f"{number} 个", address, "assessment", sentence)
        return
    for one in done:
        text = f"{total_text(one)} 分"
        address = reverse("assessment:sheet", args=[one.pk])
        yield Fact("工作考核", text, address, "assessment", f"{year}年度工作考核得{text}。")


def _problems(known: dict[str, Fact]) -> Iterator[Fact]:
    """Section five begins with what was found; which of it weighs most a person says."""
    families = known.get("findings_by_family")
    if families is not None:
        sentence = f"本年巡检发现的问题：{families.text}。"
        yield Fact("巡检发现的问题", families.text, families.address, "problems", sentence)

"""The first words of a brief, out of its figures: what is not known is said, never made up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongkai.web.agencies.models import Agency
from gongkai.web.oversight.assessment.evidence import Span

from .figures import Figure

# The parts of a brief, and which figures each tells.
PARTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("主动公开", ("items_published", "items_in_time", "documents_explained", "columns_stale")),
    ("依申请公开", ("requests_received", "requests_in_time", "remedies_corrected")),
    (
        "巡检和整改",
        (
            "findings_found", "findings_by_family", "findings_mended", "tasks_ordered",
            "tasks_confirmed", "tasks_in_time", "self_checks_in_time",
        ),
    ),
    ("年度报告", ("reports_in_time", "reports_returned")),
    (
        "保障措施",
        (
            "trainings", "training_hours", "concerns_in_time", "appraisal_satisfied",
            "accountability",
        ),
    ),
)  # fmt: skip


def title_of(to: Agency, span: Span) -> str:
    """What a brief is called."""
    return f"{to.short_name}政府信息公开监督简报（{span.label}）"


def words_of(to: Agency, agencies: int, span: Span, figures: Sequence[Figure]) -> str:
    """The draft: a paragraph for each part, and what the department has to say itself."""
    return "\n".join(_lines(to, agencies, span, {one.slug: one for one in figures}))


def _lines(to: Agency, agencies: int, span: Span, told: dict[str, Figure]) -> Iterator[str]:
    yield f"{span.label}，{to.name}所属 {agencies} 个机关政府信息公开工作情况如下。"
    for place, (heading, slugs) in enumerate(PARTS):
        yield f"{'一二三四五六七'[place]}、{heading}"
        found = [told[slug] for slug in slugs if slug in told]
        known = [one for one in found if one.known]
        if known:
            yield "；".join(_said(one) for one in known) + "。"
        silent = [one for one in found if not one.known]
        if silent:
            why = "；".join(f"{one.label}（{one.note}）" for one in silent)
            yield f"没有数据的：{why}。"
    yield f"{'一二三四五六七'[len(PARTS)]}、存在的问题和下一步要求"
    yield "【主要问题、点名的机关、要求和期限】"


def _said(one: Figure) -> str:
    note = f"，另 {one.note}" if one.note else ""
    return f"{one.label} {one.text}{note}"

"""Act: record a search of the archives and systems (art. 36 (4); 法释〔2025〕8号 art. 5)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.web.policies import Actor, Forbidden

from ..keeping import tell
from ..models import DisclosureRequest, Paper, SearchRecord
from ..steps import held


@transaction.atomic
def record_search(
    actor: Actor,
    case: DisclosureRequest,
    *,
    on: date,
    places: str,
    words: str,
    found: bool,
    result: str,
    papers: Sequence[Paper] = (),
) -> SearchRecord:
    """Where was looked, with which words, and what came of it."""
    case, who = held(actor, case, "request.handle")
    if case.concluded_on:
        raise Forbidden(f"这件申请 {case.concluded_on} 已经办结，不再补记检索。")
    if on > timezone.localdate():
        raise Forbidden(f"检索日期 {on} 晚于今天。")
    if on < case.arrived_on:
        raise Forbidden(f"检索日期 {on} 早于申请到达之日 {case.arrived_on}。")
    for what, text in (("检索的档案、系统", places), ("检索词", words), ("结果", result)):
        if not text.strip():
            raise Forbidden(f"没有写{what}：检索记录要能证明已尽合理检索。")
    record = SearchRecord.objects.create(
        request=case,
        on=on,
        places=places.strip(),
        words=words.strip()[:300],
        found=found,
        result=result.strip(),
        person=actor.person,
    )
    record.papers.set(paper for paper in papers if paper.request_id == case.pk)
    tell("request.search", case, who, after={"on": on, "found": found})
    return record

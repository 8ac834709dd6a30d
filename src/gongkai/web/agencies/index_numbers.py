"""The index number of an item (索引号): an agency's template and its serial number."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from gongkai.core.catalogue import parse_template
from gongkai.web.agencies.models import Agency, IndexSequence


def next_index_number(agency: Agency, day: date, category: str = "") -> str:
    """The next number of ``agency`` on ``day``; inside a transaction, never given twice.

    ``category`` is a statutory item or a column; IndexTemplateError where the template asks
    for one and there is none.
    """
    return next_index_numbers(agency, [(day, category)])[0]


def next_index_numbers(agency: Agency, wanted: Sequence[tuple[date, str]]) -> list[str]:
    """One number for each (day, category), in their order; as ``next_index_number``."""
    template = parse_template(agency.index_template)
    asked = [(day, _code_of(category)) for day, category in wanted]
    withins = []
    for day, category in asked:
        values = {
            "org": "",  # the row's own agency says it
            "category": category,
            "year": f"{day.year:04d}",
            "month": f"{day.month:02d}",
        }
        withins.append("/".join(values[name] for name in template.counts_within if values[name]))
    last = {
        within: _advance(agency, within, count)
        for within, count in sorted(Counter(withins).items())
    }
    numbers = []
    for (day, category), within in zip(asked, withins, strict=True):
        last[within] += 1
        numbers.append(
            template.render(
                org=agency.code, year=day.year, month=day.month, seq=last[within], category=category
            )
        )
    return numbers


def _advance(agency: Agency, within: str, count: int) -> int:
    """Take ``count`` serial numbers; the last one that was given before."""
    IndexSequence.objects.get_or_create(agency=agency, within=within)
    sequence = IndexSequence.objects.select_for_update().get(agency=agency, within=within)
    before = sequence.last
    sequence.last += count
    sequence.save()
    return before


def _code_of(category: str) -> str:
    """A category as index numbers take it, without separators: 20-1 is 2001."""
    parts = re.findall(r"[0-9A-Za-z\u4e00-\u9fff]+", category)
    return "".join(part.zfill(2) if part.isdecimal() else part for part in parts)

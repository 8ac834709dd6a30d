"""The index number of an item (索引号): an agency's template and its serial number."""

from __future__ import annotations

import re
from datetime import date

from gongkai.core.catalogue import parse_template

from .models import Agency, IndexSequence


def next_index_number(agency: Agency, day: date, category: str = "") -> str:
    """The next number of ``agency`` on ``day``; inside a transaction, never given twice.

    ``category`` is a statutory item or a column; IndexTemplateError where the template asks
    for one and there is none.
    """
    template = parse_template(agency.index_template)
    category = _code_of(category)
    values = {
        "org": "",  # the row's own agency says it
        "category": category,
        "year": f"{day.year:04d}",
        "month": f"{day.month:02d}",
    }
    within = "/".join(values[name] for name in template.counts_within if values[name])
    IndexSequence.objects.get_or_create(agency=agency, within=within)
    sequence = IndexSequence.objects.select_for_update().get(agency=agency, within=within)
    sequence.last += 1
    sequence.save()
    return template.render(
        org=agency.code, year=day.year, month=day.month, seq=sequence.last, category=category
    )


def _code_of(category: str) -> str:
    """A category as index numbers take it, without separators: 20-1 is 2001."""
    parts = re.findall(r"[0-9A-Za-z\u4e00-\u9fff]+", category)
    return "".join(part.zfill(2) if part.isdecimal() else part for part in parts)

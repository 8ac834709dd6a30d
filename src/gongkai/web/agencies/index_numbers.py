"""The index number of an item (索引号): an agency's template and its yearly serial number."""

from __future__ import annotations

from gongkai.core.catalogue import IndexTemplate

from .models import Agency, IndexSequence


def next_index_number(agency: Agency, year: int, category: str = "") -> str:
    """The next number of ``agency`` in ``year``; inside a transaction, never given twice."""
    IndexSequence.objects.get_or_create(agency=agency, year=year)
    sequence = IndexSequence.objects.select_for_update().get(agency=agency, year=year)
    sequence.last += 1
    sequence.save()
    template = IndexTemplate.parse(agency.index_template)
    return template.render(org=agency.code, year=year, seq=sequence.last, category=category)

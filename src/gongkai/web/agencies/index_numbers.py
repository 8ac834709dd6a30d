"""The index number of an item (索引号): an agency's template and its serial number."""

from __future__ import annotations

from datetime import date

from gongkai.core.catalogue import parse_template

from .models import Agency, IndexSequence


def next_index_number(agency: Agency, day: date, category: str = "") -> str:
    """The next number of ``agency`` on ``day``; inside a transaction, never given twice.

    IndexTemplateError where the template asks for a category and there is none.
    """
    template = parse_template(agency.index_template)
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

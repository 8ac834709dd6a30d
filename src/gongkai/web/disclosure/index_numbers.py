"""Index numbers for items: the next of the agency that no item bears yet.

Items moved in from a former site keep the numbers they had, which may be of the same form.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from gongkai.web.agencies.index_numbers import next_index_numbers
from gongkai.web.agencies.models import Agency

from .models import InformationItem


def free_index_numbers(
    agency: Agency, wanted: Sequence[tuple[date, str]], but: Collection[str] = ()
) -> list[str]:
    """One number for each (day, category); inside a transaction, none in use or among ``but``."""
    numbers = next_index_numbers(agency, wanted)
    while True:
        items = InformationItem.objects.filter(index_number__in=numbers)
        taken = {*items.values_list("index_number", flat=True), *but}
        again = [place for place, number in enumerate(numbers) if number in taken]
        if not again:
            return numbers
        others = next_index_numbers(agency, [wanted[place] for place in again])
        for place, number in zip(again, others, strict=True):
            numbers[place] = number

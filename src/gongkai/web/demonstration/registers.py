"""The lists that the agencies of the region keep: powers, standard catalogue, counts, words."""

from __future__ import annotations

import re
from decimal import Decimal

from gongkai.web.registers.kinds import REGISTERS
from gongkai.web.registers.models import (
    PowerEntry,
    StandardCoverage,
    StandardEntry,
    WordListEntry,
    YearlyCount,
)

from .items import Items
from .region import Region
from .staff import Staff

_AGENCY, _AGENCIES, _COVERED_BY = "机关", "示范机关", "示范条目"
_CHANNELS = "公开渠道和载体"


class NotSuchLine(ValueError):
    """A line of a register names what there is not."""


def keep_registers(region: Region, staff: Staff, items: Items) -> None:
    """Enter every line."""
    _powers(region, staff)
    _standards(region, staff, items)
    YearlyCount.objects.bulk_create(
        YearlyCount(
            agency=staff.agencies[one["agency"]],
            year=one["year"],
            kind=one["kind"],
            matter=one["matter"],
            count=one.get("count"),
            amount_yuan=Decimal(one["amount_yuan"]) if "amount_yuan" in one else None,
            recorded_by=staff.offices[one["agency"]].keeper,
        )
        for one in region.counts
    )
    WordListEntry.objects.bulk_create(
        WordListEntry(
            word=one["word"],
            kind=one["kind"],
            replacement=one.get("replacement", ""),
            reason=one.get("reason", ""),
        )
        for one in region.settings["word"]
    )


def _powers(region: Region, staff: Staff) -> None:
    read = REGISTERS["powers"].read
    PowerEntry.objects.bulk_create(
        PowerEntry(agency=staff.agencies[row[_AGENCY]], position=position, **read(row))
        for position, row in enumerate(region.powers, start=1)
    )


def _standards(region: Region, staff: Staff, items: Items) -> None:
    """Each row at each agency it is for, covered by the items of that agency it names."""
    read = REGISTERS["standards"].read
    entries: list[StandardEntry] = []
    covered: list[list[str]] = []
    for row in region.standards:
        facts = read(row)
        if len(facts["channels"]) != len(re.findall("■", row[_CHANNELS])):
            raise NotSuchLine(f"{row['序号']}: no such channel in {row[_CHANNELS]!r}")
        agencies = row[_AGENCIES].split()
        keys = row[_COVERED_BY].split()
        for key in keys:
            if key not in items or items[key].agency.slug not in agencies:
                raise NotSuchLine(f"{row['序号']}: no item {key!r} of {agencies}")
        for slug in agencies:
            entries.append(StandardEntry(agency=staff.agencies[slug], **facts))
            covered.append([key for key in keys if items[key].agency.slug == slug])
    kept = StandardEntry.objects.bulk_create(entries)
    StandardCoverage.objects.bulk_create(
        StandardCoverage(entry=entry, item_number=items[key].pk)
        for entry, keys in zip(kept, covered, strict=True)
        for key in keys
    )

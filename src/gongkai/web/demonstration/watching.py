"""What the agencies of the region promised of their columns, and what they confirmed."""

from __future__ import annotations

import tomllib
from datetime import datetime, time
from importlib.resources import files

from django.utils import timezone

from gongkai.core.watching.rhythms import Rhythm, RhythmKind
from gongkai.web.oversight.watching.models import ColumnConfirmation, ColumnPromise

from .region import Facts
from .staff import Staff

_OFFICE_OPENS = time(10, 0)


def keep_watching(staff: Staff) -> None:
    """Enter both."""
    file = files("gongkai.web.demonstration") / "region" / "watching.toml"
    data: Facts = tomllib.loads(file.read_text(encoding="utf-8"))
    promises = []
    for one in data["promise"]:
        told = Rhythm(RhythmKind(one["rhythm"]), one.get("number", 0))
        promises.append(
            ColumnPromise(
                agency=staff.agencies[one["agency"]],
                **_column(one["item"]),
                rhythm=told.kind.value,
                number=told.number,
                promised_on=one["on"],
                set_by=staff.offices[one["agency"]].keeper,
            )
        )
    ColumnPromise.objects.bulk_create(promises)
    at = timezone.make_aware(datetime.combine(data["confirmed_on"], _OFFICE_OPENS))
    ColumnConfirmation.objects.bulk_create(
        ColumnConfirmation(
            agency=staff.agencies[one["agency"]],
            **_column(item),
            until=one["until"],
            note=one["note"],
            confirmed_by=staff.offices[one["agency"]].keeper,
            confirmed_at=at,
        )
        for one in data["nothing"]
        for item in one["items"]
    )


def _column(item: str) -> dict[str, str]:
    """``20-7`` is a statutory item, ``rules`` a column of its own."""
    if item == "rules":
        return {"column": item, "statutory": ""}
    return {"column": "statutory", "statutory": item}

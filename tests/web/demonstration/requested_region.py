"""The people and the requests of the region, without its items: what tests of requests need."""

from __future__ import annotations

from gongkai.web.demonstration.region import Region, read_region
from gongkai.web.demonstration.requested import keep_requested
from gongkai.web.demonstration.staff import keep_staff
from gongkai.web.demonstration.telling import Telling


def load_requests() -> Region:
    """Load them, inside the caller's transaction; the data they were loaded from."""
    region = read_region()
    staff = keep_staff(region)
    keep_requested(region, staff, Telling(lambda *_: None, len(region.requests["case"]) + 2))
    return region

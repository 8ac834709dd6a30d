"""What is forgotten when its time is over: who asked, who complained, ledgers never taken in."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from gongkai.web.remedies.acts.erase import erase_due as erase_beside
from gongkai.web.requests.around.acts.erase import erase_due
from gongkai.web.requests.around.acts.import_ledger import forget_uploads

_UPLOAD_DAYS = 7


def forget() -> int:
    """All of it; how many records were forgotten."""
    forget_uploads(timezone.now() - timedelta(days=_UPLOAD_DAYS))
    return erase_beside() + erase_due()

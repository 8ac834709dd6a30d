"""Reminders of due days; a mail server that is away is not asked again at once."""

from __future__ import annotations

import time

from gongkai.web.requests.around.reminders import NotReminded, send_due

_SECONDS_OF_REST = 600.0
# What failed last, and until when it is not tried again.
_resting: tuple[str, float] = ("", 0.0)


def remind() -> int:
    """Send what is due; how many reminders went. Raises NotReminded while some can't go."""
    global _resting
    why, until = _resting
    if why and time.monotonic() < until:
        raise NotReminded(why)
    try:
        sent = send_due()
    except NotReminded as failure:
        _resting = (str(failure), time.monotonic() + _SECONDS_OF_REST)
        raise
    _resting = ("", 0.0)
    return sent

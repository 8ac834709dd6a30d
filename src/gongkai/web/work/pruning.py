"""What need not be kept any longer: ended sessions, finished tasks, old counts of sign-ins,
drafts of requests that nobody took up again.

The audit trail is never pruned.  Logs of sign-in failures stay for seven months; the law
asks for six (网络安全法, art. 21 (3)).
"""

from __future__ import annotations

import io
import time
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from gongkai.web.requests.asking import drafts as asking_drafts
from gongkai.web.requests.asking import tries as asking_tries

_DAY_SECONDS = 86400
_TASK_DAYS = 14
_SIGN_IN_DAYS = 214


def prune() -> None:
    """Remove all of it."""
    call_command("clearsessions", verbosity=0)
    # It says how many there were, to nobody.
    call_command("axes_reset_failure_logs", age=_SIGN_IN_DAYS, stdout=io.StringIO())
    if not settings.REDIS_URL:
        long_ago = timezone.now() - timedelta(days=_TASK_DAYS)
        DBTaskResult.objects.finished().filter(finished_at__lt=long_ago).delete()
    remove_drafts()
    asking_drafts.forget()
    asking_tries.forget()


def remove_drafts() -> int:
    """Files half written into the file store when a process was killed; how many there were."""
    old = time.time() - _DAY_SECONDS
    drafts = [
        path
        for path in Path(settings.FILES).glob("*/*")
        # What is kept bears its digest as its name.
        if len(path.name) != 64 and path.stat().st_mtime < old
    ]
    for path in drafts:
        path.unlink()
    return len(drafts)

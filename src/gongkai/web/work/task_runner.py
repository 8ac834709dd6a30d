"""The process that runs tasks, and the tasks that a killed one left behind.

A task is claimed by a runner's name, and the runner holds a lock of that name as long as it
lives; a task whose runner's lock is free is put back into the queue.  Three times at most:
what kills its runner every time must not do so for ever.
"""

from __future__ import annotations

import os
import secrets
import socket
import time
from functools import partial
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connections, transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from gongkai.web.children import fork
from gongkai.web.locks import held, take

_TRIES = 3
_SECONDS_TO_END = 20.0
_DAY_SECONDS = 86400


class Killed(Exception):
    """The process of a task was killed as often as it is tried."""


class TaskRunner:
    """Keeps one runner alive from ``keep`` to ``stop``."""

    def __init__(self) -> None:
        self._child: BaseProcess | None = None

    def keep(self) -> None:
        """Start the runner unless it lives."""
        if self._child is not None and self._child.is_alive():
            return
        name = f"{_machine()}-{secrets.token_hex(4)}"
        lock = take(_lock_of(name))
        if lock is None:
            raise RuntimeError(f"a runner called {name} is there already")
        connections.close_all()
        try:
            self._child = fork(partial(_run_tasks, name), "tasks")
        finally:
            # The runner has a copy of its own, and with it the lock.
            os.close(lock)

    def stop(self) -> None:
        """End it once its present task is done, if that does not take too long."""
        if self._child is None:
            return
        self._child.terminate()
        self._child.join(_SECONDS_TO_END)
        self._child.kill()
        self._child.join()


def take_up_orphans() -> int:
    """Put back into the queue what a killed runner of this machine left; how many tasks."""
    if settings.REDIS_URL:
        return 0
    count = 0
    for task in DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING):
        name = task.worker_ids[-1] if task.worker_ids else ""
        if name.startswith(f"{_machine()}-") and not held(_lock_of(name)):
            count += _take_up(task)
    for lock in _locks().glob(f"{_machine()}-*"):
        if lock.stat().st_mtime < time.time() - _DAY_SECONDS and not held(lock):
            lock.unlink(missing_ok=True)
    return count


@transaction.atomic
def _take_up(task: DBTaskResult[Any, Any]) -> int:
    task = DBTaskResult.objects.select_for_update().get(pk=task.pk)
    if task.status != TaskResultStatus.RUNNING:
        return 0
    if len(task.worker_ids) >= _TRIES:
        task.set_failed(Killed(f"{_TRIES} 次都没有做完，程序中断"))
        return 0
    task.status, task.started_at = TaskResultStatus.READY, None
    task.save(update_fields=["status", "started_at"])
    return 1


def _run_tasks(name: str) -> None:
    if settings.REDIS_URL:
        call_command("rqworker", "default", name=name, verbosity=0)
        return
    call_command(
        "db_worker", queue_name="*", interval=0.5, startup_delay=False, worker_id=name, verbosity=0
    )


def _machine() -> str:
    return socket.gethostname()[:40]


def _locks() -> Path:
    return Path(settings.DATA) / "runners"


def _lock_of(name: str) -> Path:
    return _locks() / name

"""The loop of the worker: does what is due, keeps the task runner, shows that it lives.

A duty that fails waits before it is tried again, and the others go on.  ``worker.trouble``
in the data folder tells what fails now, for ``gongkai doctor``.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import threading
import time
from collections.abc import Iterable
from pathlib import Path
from types import FrameType

from django.conf import settings
from django.db import InterfaceError, OperationalError, close_old_connections
from django.utils import timezone

from gongkai.web.attempts import attempt_each
from gongkai.web.vital_signs import PULSE

from .data_files import MAKER
from .duties import DUTIES, Duty
from .task_runner import TaskRunner

TROUBLE, DAYS = "worker.trouble", "worker.days"
_SECONDS_AFTER_FAILURE = 15.0
# A duty that watches over others leaves them their turn so often.
_TURN_SECONDS = 1.0

logger = logging.getLogger(__name__)


class Stopped(BaseException):
    """Somebody asked the worker to end; no duty takes it for a failure of its own."""


class Loop:
    """One worker."""

    def __init__(self, duties: Iterable[Duty] = DUTIES) -> None:
        self._duties = tuple(duties)
        self._stop = threading.Event()
        self._not_before: dict[Duty, float] = {}
        self._data = Path(settings.DATA)
        self._troubles = _read(self._data / TROUBLE)
        self._days = _read(self._data / DAYS)
        self._busy: set[Duty] = set()
        self._turn_at = 0.0
        self._runner = TaskRunner()

    def run(self) -> None:
        """Until SIGTERM or Ctrl-C."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)
        try:
            while not self._stop.is_set():
                self._runner.keep()
                self.turn()
                self._stop.wait(_TURN_SECONDS)
        except Stopped:
            logger.info("stopped in the midst of a duty; it goes on at the next start")
        finally:
            self._runner.stop()
            MAKER.stop()
            (self._data / PULSE).unlink(missing_ok=True)

    def stop(self, number: int = 0, frame: FrameType | None = None) -> None:
        """End after the present step."""
        self._stop.set()

    def turn(self) -> None:
        """Do once what is due."""
        self._turn_at = time.monotonic()
        (self._data / PULSE).touch()
        close_old_connections()
        due = [duty for duty in self._duties if self._is_due(duty)]
        try:
            failures = attempt_each(self._do, due)
        except (OperationalError, InterfaceError) as error:
            logger.error("database: %s", error)
            self._tell({"数据库": str(error)})
            return
        for duty in failures:
            self._not_before[duty] = time.monotonic() + _SECONDS_AFTER_FAILURE
        known = {duty.label for duty in due} | {"数据库"}
        kept = {label: text for label, text in self._troubles.items() if label not in known}
        self._tell(kept | {duty.label: str(error) for duty, error in failures.items()})

    def _do(self, duty: Duty) -> None:
        self._busy.add(duty)
        try:
            duty.do(self._meanwhile)
        finally:
            self._busy.discard(duty)
        self._not_before[duty] = time.monotonic() + duty.every_seconds - _TURN_SECONDS
        if duty.daily:
            self._days[duty.name] = timezone.localdate().isoformat()
            _write(self._data / DAYS, self._days)

    def _meanwhile(self) -> None:
        """The others' turn while a long duty is at work."""
        if self._stop.is_set():
            raise Stopped
        if time.monotonic() - self._turn_at >= _TURN_SECONDS:
            self._runner.keep()
            self.turn()

    def _is_due(self, duty: Duty) -> bool:
        if duty in self._busy or time.monotonic() < self._not_before.get(duty, 0.0):
            return False
        return not duty.daily or self._days.get(duty.name) != timezone.localdate().isoformat()

    def _tell(self, troubles: dict[str, str]) -> None:
        if troubles != self._troubles:
            self._troubles = troubles
            _write(self._data / TROUBLE, troubles)


def _read(path: Path) -> dict[str, str]:
    """What was kept; nothing where it was cut off or is not there: the duties are done again."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def _write(path: Path, kept: dict[str, str]) -> None:
    draft = path.with_name(path.name + ".draft")
    draft.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
    os.replace(draft, path)

"""The files of open data, made in a process of its own: pages and withdrawals do not wait for it."""

from __future__ import annotations

import os
from multiprocessing.process import BaseProcess

from django.db import connections

from gongkai.web.children import fork
from gongkai.web.public import bake
from gongkai.web.public.open_data.reports import kept, pages

_NICE = 10


class NotMade(Exception):
    """The process that makes the files ended before its time; the log says why."""


class Maker:
    """Keeps the files of open data agreeing with what is published."""

    def __init__(self) -> None:
        self._child: BaseProcess | None = None
        self._begun = False

    def keep(self) -> None:
        """Have made what is due, unless that is under way."""
        if not self._begun and kept.kept():
            # What was made when the last worker was killed, the pages may not know of.
            bake.ask_for(pages.paths())
        self._begun = True
        if self._child is not None:
            if self._child.is_alive():
                return
            code, self._child = self._child.exitcode, None
            if code:
                raise NotMade(f"生成开放数据的进程中断（{code}）")
        if kept.due() or kept.outlived():
            connections.close_all()
            self._child = fork(_make_aside, "open data")

    def stop(self) -> None:
        """End it; what it had not finished is made at the next start."""
        if self._child is not None:
            self._child.kill()
            self._child.join()
            self._child = None


def make() -> None:
    """Make every set that is due, and have the pages tell of it."""
    for name in (*kept.due(), *kept.outlived()):
        kept.make(name)
        bake.ask_for(pages.paths_of(name))


def _make_aside() -> None:
    # All else goes before.
    os.nice(_NICE)
    make()


MAKER = Maker()

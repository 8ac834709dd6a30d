"""Processes of ours that end when their parent does, whatever ended that."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from functools import partial
from multiprocessing.process import BaseProcess

# From <sys/prctl.h>: the kernel sends this signal when the parent dies.
_PR_SET_PDEATHSIG = 1


def fork(run: Callable[[], None], name: str) -> BaseProcess:
    """A copy of this process that does ``run`` and ends; Ctrl-C reaches only the parent.

    It goes on with what is loaded already, which is quicker than to start Python anew.
    Nothing of a database connection may be open: two processes cannot share one.
    """
    child = multiprocessing.get_context("fork").Process(target=_begin, args=(run,), name=name)
    child.start()
    return child


def spawn(run: Callable[..., None], name: str, *args: object) -> BaseProcess:
    """A new Python that does ``run(*args)`` and ends; both are picklable.

    For what leaves threads behind, as setting type does: no copy made of that process afterwards
    would work.
    """
    child = multiprocessing.get_context("spawn").Process(
        target=_begin, args=(partial(run, *args),), name=name
    )
    child.start()
    return child


def _begin(run: Callable[[], None]) -> None:
    os.setsid()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)
    run()

"""Attempt many things of which one may fail: the others are done all the same.

For what runs without anybody watching (baking, the worker's duties): a fault of our own in
one page or one item must not keep back a withdrawal that stands behind it.  Nothing is
swallowed: every failure is written to the log and handed back.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

from django.db import InterfaceError, OperationalError

Subject = TypeVar("Subject", bound=Hashable)

logger = logging.getLogger(__name__)


def attempt_each(
    act: Callable[[Subject], object], subjects: Iterable[Subject]
) -> dict[Subject, Exception]:
    """``act`` on every one of ``subjects``; what failed, with its failure.

    A database that is away is everybody's trouble and is raised at once.
    """
    failures: dict[Subject, Exception] = {}
    for subject in subjects:
        try:
            act(subject)
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:
            logger.exception("%s: %s", getattr(act, "__name__", act), subject)
            failures[subject] = error
    return failures

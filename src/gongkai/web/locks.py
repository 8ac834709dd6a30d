"""One at a time: a lock that ends with its process, however that ends.

The kernel holds it (``flock``), so a process that was killed leaves nothing to clear away.
It holds between processes of one machine; the data folder belongs to one machine.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def take(path: Path, *, wait: bool = False) -> int | None:
    """A descriptor that holds ``path`` until every copy of it is closed; None where it is held.

    Given to a child process, the lock lives as long as the child.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor


@contextmanager
def hold(path: Path, *, wait: bool = False) -> Iterator[bool]:
    """Whether this process holds ``path`` now; with ``wait`` it holds it once others are done.

    A thread that asks for what its own process holds is refused as well.
    """
    descriptor = take(path, wait=wait)
    try:
        yield descriptor is not None
    finally:
        if descriptor is not None:
            os.close(descriptor)


def held(path: Path) -> bool:
    """Whether some process holds ``path``."""
    if not path.exists():
        return False
    with hold(path) as free:
        return not free

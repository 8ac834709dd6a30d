"""Start a Python process of ours that ends when its parent does, whatever ended that."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence

# From <sys/prctl.h>: the kernel sends this signal when the parent dies.
_PR_SET_PDEATHSIG = 1


def start_child(
    arguments: Sequence[str],
    *,
    environment: Mapping[str, str] | None = None,
    descriptors: Sequence[int] = (),
) -> subprocess.Popen[bytes]:
    """This Python with ``arguments``, in a session of its own: Ctrl-C reaches only its parent.

    ``descriptors`` stay open in it.
    """
    return subprocess.Popen(
        [sys.executable, *arguments],
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
        pass_fds=tuple(descriptors),
        start_new_session=True,
        preexec_fn=_end_with_parent if sys.platform == "linux" else None,
    )


def _end_with_parent() -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)

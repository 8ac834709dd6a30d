"""Tasks that go wrong in the ways real readers do.  Workers import them by name."""

from __future__ import annotations

import ctypes
import os
import re
import time
from pathlib import Path

from gongkai.cli.sources import Source
from gongkai.core.errors import UnreadableDocument


def act(source: Source) -> str:
    """Do what the name of the file says."""
    word = source.path.name.partition(".")[0]
    if word == "hang":
        # In C, with the interpreter locked: no Python code can end it.
        re.match(r"(a+)+$", "a" * 60 + "b")
    elif word == "sleep":
        time.sleep(60)
    elif word == "crash":
        ctypes.string_at(0)
    elif word == "bug":
        raise ZeroDivisionError
    elif word == "greedy":
        bytearray(8 * 1024**3)
    elif word == "refuse":
        raise UnreadableDocument("input.empty")
    elif word == "leave":
        os._exit(7)
    return word


def read_bytes(source: Source) -> bytes:
    return Path(source.path).read_bytes()


def child(source: Source) -> str:
    """Start a program that outlives its reader unless somebody ends it."""
    import subprocess

    sleeper = subprocess.Popen(["sleep", "60"])
    Path(source.path).write_text(str(sleeper.pid), encoding="ascii")
    time.sleep(60)
    return ""

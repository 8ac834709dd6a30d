"""The hook for a virus scanner: a command of the house, given by setting."""

from __future__ import annotations

import shlex
import subprocess
import tempfile

from django.conf import settings

CLEAN, UNSCANNED = "clean", "unscanned"
_SECONDS = 120


class Infected(Exception):
    """The scanner found something, or could not look: the file is not taken."""


def scan(data: bytes) -> str:
    """``clean``, or ``unscanned`` where no scanner is set; raises Infected otherwise."""
    if not settings.VIRUS_SCANNER:
        return UNSCANNED
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        try:
            done = subprocess.run(
                [*shlex.split(settings.VIRUS_SCANNER), file.name],
                capture_output=True,
                text=True,
                errors="replace",
                timeout=_SECONDS,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise Infected(f"查毒程序没有运行成：{error}") from error
    if done.returncode != 0:
        said = (done.stdout or done.stderr).strip().splitlines()
        raise Infected("查毒程序不放行：" + (said[-1] if said else f"返回码 {done.returncode}"))
    return CLEAN

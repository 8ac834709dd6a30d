"""An empty database of this release: migrated once in a run, copied for whoever wants one.

To migrate takes ten seconds, and every worker and every test that starts processes wants one.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

from gongkai.web.locks import hold

_NAME = "gongkai.sqlite3"


def copy_to(path: Path) -> None:
    """The database, as ``path``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(_made(), path)


def _made() -> Path:
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    folder = Path(tempfile.gettempdir()) / f"gongkai-migrated-{run}"
    with hold(folder / ".lock", wait=True):
        ready = folder / "ready.sqlite3"
        if not ready.exists():
            environment = {n: v for n, v in os.environ.items() if not n.startswith("GONGKAI_")}
            environment |= {
                "GONGKAI_DATA": str(folder),
                "DJANGO_SETTINGS_MODULE": "gongkai.web.settings",
            }
            command = [sys.executable, "-m", "django", "migrate", "-v0"]
            subprocess.run(command, env=environment, check=True)
            with sqlite3.connect(folder / _NAME) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.close()
            (folder / _NAME).rename(ready)
        return ready

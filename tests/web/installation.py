"""An installation of its own for tests that start real processes: folder, database, environment."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from .migrated import copy_to


@contextmanager
def installation(folder: Path, *, migrated: bool = False) -> Iterator[dict[str, str]]:
    """The environment of processes that keep their data in ``folder``.

    ``migrated``: with an empty database of this release, where that is a file of the folder.  On
    PostgreSQL a new database on the server of this run, dropped at the end.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GONGKAI_")}
    environment = {
        **kept,
        "GONGKAI_DATA": str(folder),
        "DJANGO_SETTINGS_MODULE": "gongkai.web.settings",
    }
    server = os.environ.get("GONGKAI_DATABASE_URL")
    if not server:
        if migrated:
            copy_to(folder / "gongkai.sqlite3")
        yield environment
        return
    name = f"gongkai_{secrets.token_hex(6)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    try:
        address = urlsplit(server)._replace(path=f"/{name}")
        yield {**environment, "GONGKAI_DATABASE_URL": urlunsplit(address)}
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')

"""Prepare what the platform runs on: its folder's settings, its database, the demonstration.

Django is imported inside the functions, once ``settle`` or ``recall`` has said where the data
are.  What stands in the way is a ``CannotRun`` with a name; the commands have the words for it.
"""

from __future__ import annotations

import json
import multiprocessing
import os
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from .children import spawn

# Told how far a step has come: (done, of how many, what is being done).
Progress = Callable[[int, int, str], None]

# What decides where the pages are and how they look: the commands beside the running platform
# must have it as the platform has.  Nothing secret is among them.
_KEPT = (
    "GONGKAI_MOUNT",
    "GONGKAI_ORIGIN",
    "GONGKAI_HOSTS",
    "GONGKAI_HOST_FILES",
    "GONGKAI_FONTS",
    "GONGKAI_HTTPS",
    "GONGKAI_PROXIES",
)
_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
_SEEN, _DATABASE = "settings.seen", "GONGKAI_DATABASE_URL"


class CannotRun(Exception):
    """Something stands in the way; ``reason`` names it, ``values`` go into its words."""

    def __init__(self, reason: str, **values: object) -> None:
        super().__init__(reason)
        self.reason, self.values = reason, values


@dataclass(frozen=True)
class Place:
    """Where the platform keeps its data and listens."""

    data: Path
    host: str = "127.0.0.1"
    port: int = 8000

    @property
    def address(self) -> str:
        """The address to open on this machine."""
        here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)
        return f"http://{f'[{here}]' if ':' in here else here}:{self.port}"


def settle(place: Place) -> None:
    """Tell the settings where the data are; what the environment says already, it says.

    Kept for ``recall``.
    """
    _name_folder(place.data)
    os.environ.setdefault("GONGKAI_ORIGIN", place.address)
    # This machine's own names always: by them it is asked whether it is well.
    given = os.environ.get("GONGKAI_HOSTS", place.host).split(",")
    os.environ["GONGKAI_HOSTS"] = ",".join(dict.fromkeys([*given, *_LOOPBACK]))
    seen = {name: os.environ[name] for name in _KEPT if name in os.environ}
    path = place.data / _SEEN
    draft = path.with_name(path.name + ".draft")
    draft.write_text(json.dumps({**seen, _DATABASE: _kind_of_database()}), encoding="utf-8")
    os.replace(draft, path)


def recall(data: Path) -> None:
    """The settings with which the platform of ``data`` was last started, where none are given."""
    _name_folder(data)
    try:
        seen = json.loads((data / _SEEN).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return
    if seen.pop(_DATABASE, "") != _kind_of_database():
        raise CannotRun("other_database", data=data)
    for name, value in seen.items():
        os.environ.setdefault(name, value)


def _name_folder(data: Path) -> None:
    os.environ["GONGKAI_DATA"] = str(data)
    os.environ["DJANGO_SETTINGS_MODULE"] = "gongkai.web.settings"


def _kind_of_database() -> str:
    """Without its address, which may hold a password."""
    return os.environ.get(_DATABASE, "").partition(":")[0]


def open_platform(data: Path) -> None:
    """Make the platform of ``data`` ready to be asked; its database is up to date."""
    recall(data)
    if _steps_to_go():
        raise CannotRun("not_migrated", data=data)


def migrate(progress: Progress) -> int:
    """Bring the database to this release; how many steps that took."""
    steps = _steps_to_go()
    if not steps:
        return 0
    from django.core.management import call_command
    from django.core.management.commands import migrate as command

    done = 0

    class Told(command.Command):
        """Migrates, and says how far it is."""

        def migration_progress_callback(
            self, action: str, migration: object = None, fake: bool = False
        ) -> None:
            nonlocal done
            if action == "apply_start":
                progress(done, steps, str(migration))
            elif action == "apply_success":
                done += 1
                progress(done, steps, str(migration))

    call_command(Told(), verbosity=0, interactive=False)
    return steps


def read_settings() -> None:
    """Read the settings; CannotRun where one of them is wrong."""
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except (ImproperlyConfigured, ValueError) as error:
        raise CannotRun("settings_wrong", said=error) from error


def _steps_to_go() -> int:
    """How many migrations the database still wants."""
    read_settings()
    from django.db import OperationalError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except OperationalError as error:
        raise CannotRun("no_database", said=error) from error


def is_untouched() -> bool:
    """Whether nobody and no agency is known yet: only then a demonstration may be loaded."""
    from .agencies.models import Agency
    from .people.models import Person

    return not (Person.objects.exists() or Agency.objects.exists())


def load_demonstration(progress: Progress) -> None:
    """The invented region, wholly or not at all.

    In a process of its own, since its letters are set in type: what does that keeps threads, and
    the web server is a copy of this process.
    """
    ours, theirs = multiprocessing.Pipe(duplex=False)
    child = spawn(_load, "demonstration", theirs)
    theirs.close()
    try:
        while True:
            progress(*ours.recv())
    except EOFError:
        child.join()
    finally:
        child.kill()
        child.join()
    if child.exitcode:
        raise CannotRun("not_loaded", code=child.exitcode)


def _load(pipe: Connection) -> None:
    read_settings()
    from django.db import transaction

    from .demonstration.load import load

    with transaction.atomic():
        load(lambda done, of, what: pipe.send((done, of, what)))

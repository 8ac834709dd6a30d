"""Bake the public pages as files, for a plain web server.

An act leaves a ``Change`` in its own transaction; here the pages and files that the change
touches are brought into agreement with the database as it stands, and only then is the
change struck out.  Whenever a process is killed, the change is still there and the work is
done again: doing it twice changes nothing.

What was taken back comes before all else that waits, and a page of it that cannot be
rendered is taken away rather than left as it was.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from django.db import transaction
from django.db.models import Q

from gongkai.web.attempts import attempt_each
from gongkai.web.publication.models import Change

from . import bake_sources as sources
from .bake_files import Stored
from .bake_progress import Progress, looks_now
from .bake_site import FILES, Site

# Told how many pages are done, and of how many; called about once a second.  What it raises
# ends the run, which the next one takes up.
Watcher = Callable[[int, int], None]

# Scopes of a change: everything; and pages that are named outright.
SITE, PAGES = "site", "pages"
# While everything is baked, a change of everything waits for the end, and begins it again.
_ALL, _SINGLE = Q(), ~Q(scope=SITE)
_BATCH = 100
# What could not be baked is tried again after so many seconds.
_PAUSE = 60.0
# While everything is baked, what changes meanwhile is looked after once in so many seconds,
_ROUND = 1.0
# and so many pages are written before they are made durable and listed.
_KEEP = 1000

# Changes that failed, and when to try them again.
_postponed: dict[int, float] = {}


@dataclass
class Baked:
    """What was done: changes struck out, files written and taken away, pages that failed."""

    # How many pages and files there are, once all were looked at.
    pages: int = 0
    changes: int = 0
    written: int = 0
    removed: int = 0
    failures: dict[str, Exception] = field(default_factory=dict)

    def add(self, other: Baked) -> None:
        """Count ``other`` in."""
        self.changes += other.changes
        self.written += other.written
        self.removed += other.removed
        self.failures |= other.failures


def _nobody(done: int, total: int) -> None:
    """The watcher where nobody watches."""


def catch_up(watcher: Watcher = _nobody) -> Baked:
    """Bring the folder into agreement: what waits, or everything where it was never whole."""
    if Progress(Site.current().folder, looks_now()).whole():
        return bake_changes(watcher)
    return bake_all(watcher)


def bake_changes(watcher: Watcher = _nobody) -> Baked:
    """Bake what the waiting changes touch. Where another process bakes, that one does it."""
    site = Site.current()
    with site.lock() as ours:
        return _bake_waiting(site, watcher) if ours else Baked()


def bake_all(watcher: Watcher = _nobody, *, anew: bool = False) -> Baked:
    """Bake everything and take away what belongs to nothing; a killed run is taken up.

    ``anew``: forget a killed run, and write also what already stands as it should.
    """
    site = replace(Site.current(), anew=anew)
    with site.lock(wait=True):
        progress = Progress(site.folder, looks_now())
        if anew or progress.whole():
            progress.start_over()
        baked = Baked()
        while not _pass(site, progress, watcher, baked):
            # Something changed that every page shows: those written before it are out of date.
            progress.start_over()
        return baked


def ask_for(paths: Iterable[str]) -> list[Change]:
    """Have ``paths`` baked with the next changes, though no act changed them."""
    named = {"paths": sorted(paths)}
    if not named["paths"]:
        return []
    asked = Change.objects.filter(scope=PAGES, before=named).first()
    return [asked or Change.objects.create(scope=PAGES, before=named)]


def ask_for_all() -> None:
    """Have everything baked anew."""
    Change.objects.create(scope=SITE)


def _pass(site: Site, progress: Progress, watcher: Watcher, baked: Baked) -> bool:
    """Bake all that ``progress`` does not list; False where everything has to be done again."""
    of_all = Change.objects.filter(scope=SITE)
    if of_all.exists():
        progress.start_over()
        of_all.delete()
    quick = replace(site, durable=False)
    paths = list(sources.paths())
    written: list[str] = []
    failures: dict[str, Exception] = {}
    looked = time.monotonic() - _ROUND

    def look_round(number: int) -> None:
        watcher(number, len(paths))
        baked.add(_bake_waiting(site, lambda done, total: watcher(number, len(paths)), _SINGLE))

    for number, path in enumerate(paths):
        if time.monotonic() - looked >= _ROUND:
            look_round(number)
            looked = time.monotonic()
        if path in progress.done:
            continue
        failed = _bake(quick, [path], baked)
        failures |= failed
        written += [] if failed else [path]
        if len(written) >= _KEEP:
            progress.keep(written)
            written.clear()
    progress.keep(written)
    look_round(len(paths))
    if of_all.exists():
        return False
    expected = set(sources.paths())
    failures |= _bake(quick, expected - progress.done, baked)
    baked.pages = len(expected)
    baked.removed += site.remove_strays(expected)
    ask_for(failures)
    progress.finish()
    watcher(len(paths), len(paths))
    return True


def _bake_waiting(site: Site, watcher: Watcher, which: Q = _ALL) -> Baked:
    """Bake all changes that wait; the lock is held."""
    baked = Baked()
    while changes := _waiting(which):
        if any(change.scope == SITE for change in changes):
            Progress(site.folder, looks_now()).start_over()
        pages, unknown = _pages_of(changes)
        baked.failures |= {str(change): error for change, error in unknown.items()}
        # A list of many pages moves as a whole when an old item goes: the few pages that still
        # lead to the item come first, for it must be gone at once, and the others may wait.
        first = _still_leading(site, pages)
        failures = _bake(site, first, baked)
        failures |= _bake(site, set().union(*pages.values()) - first, baked)
        failed = failures.keys()
        for change in pages:
            if change.number and not change.after:
                baked.removed += sum(site.remove(path) for path in pages[change] & failed)
        with transaction.atomic():
            later = [*unknown, *ask_for(failed)]
            done = [change.pk for change in pages if change not in later]
            Change.objects.filter(pk__in=done).delete()
        again = time.monotonic() + _PAUSE
        _postponed.update({change.pk: again for change in later})
        baked.changes += len(done)
        watcher(baked.changes, baked.changes)
    return baked


def _still_leading(site: Site, pages: dict[Change, set[str]]) -> set[str]:
    """The pages, files and lists that still show what was taken back."""
    gone = [change.before["path"] for change in pages if change.number and not change.after]
    return {
        path
        for change, touched in pages.items()
        if change.number and not change.after
        for path in touched
        if path.startswith((FILES, "item/")) or any(site.shows(path, p.encode()) for p in gone)
    }


def _pages_of(
    changes: Iterable[Change],
) -> tuple[dict[Change, set[str]], dict[Change, Exception]]:
    """The pages that each of ``changes`` touches; and those of which that cannot be told."""
    pages: dict[Change, set[str]] = {}

    def look_up(change: Change) -> None:
        if change.scope == SITE:
            pages[change] = set()
        elif change.scope == PAGES:
            pages[change] = set(change.before["paths"])
        else:
            pages[change] = sources.touched(change)

    return pages, attempt_each(look_up, changes)


def _waiting(which: Q) -> list[Change]:
    """The changes to bake next: what was taken back first, then in the order they were made."""
    now = time.monotonic()
    later = [number for number, when in _postponed.items() if when > now]
    waiting = Change.objects.filter(which).exclude(pk__in=later)
    first = list(waiting[:_BATCH])
    if len(first) < _BATCH:
        return first
    return list(waiting.filter(after={}, number__isnull=False)[:_BATCH]) or first


def _bake(site: Site, paths: Iterable[str], baked: Baked) -> dict[str, Exception]:
    """Bring ``paths`` into agreement with the database; those that could not be, and why."""

    def bake_page(path: str) -> None:
        made = sources.render(path)
        if made is None:
            baked.removed += site.remove(path)
        elif isinstance(made, Stored):
            baked.written += site.put_stored(path, made.file, made.twin)
        else:
            gone = made.status == 410
            baked.written += site.put(path, made.body, made.media_type, gone=gone)

    # Files and items before the lists that lead to them: they are what must not stay.
    ordered = sorted(paths, key=lambda path: (not path.startswith((FILES, "item/")), path))
    failures = attempt_each(bake_page, ordered)
    baked.failures |= failures
    return failures

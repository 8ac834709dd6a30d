"""Act of the platform: read and check uploaded files in the background, in processes apart.

A batch is read by one task.  Where a process hangs or crashes, its files are halved until the
one that did it stands alone, so that it takes no other with it; what it did is said beside it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import partial
from queue import SimpleQueue

from django.db import transaction
from django_tasks import task

from gongkai.core.forms import edition_for
from gongkai.web import filestore
from gongkai.web.agencies.models import Agency
from gongkai.web.apart import Helper, NoAnswer

from ..file_reading import Read, read_all
from ..matching import Names
from ..models import Batch, FileState, UploadedReport

# As many at once as end well within the time of a call, and need not much memory.
TOGETHER = 16
_BYTES = 32 * 2**20
# Processes side by side: what waits for them is this one, which only keeps what they told.
SIDE_BY_SIDE = max(1, min(4, os.cpu_count() or 1))


@task()
def read_batch(number: int) -> None:
    """Read every waiting file of a batch; to be run again without harm after it was cut off."""
    batch = Batch.objects.select_related("to").get(pk=number)
    names = Names(Agency.objects.under(batch.to).prefetch_related("past_names"))
    groups = _groups(batch)
    # The first file of each agency, to tell of a second.
    known = batch.files.exclude(state=FileState.DROPPED).exclude(agency=None).order_by("-pk")
    twins = {
        agency: (key, name)
        for agency, key, name in known.values_list("agency", "pk", "name")
        if agency is not None
    }
    with _readers() as readers:
        for files, read in zip(groups, readers(groups), strict=True):
            with transaction.atomic():
                for file, one in zip(files, read, strict=True):
                    _keep(file, one, batch, names, twins)


_Groups = list[list[UploadedReport]]


@contextmanager
def _readers() -> Iterator[Callable[[_Groups], Iterator[list[Read]]]]:
    """Reads groups side by side and tells them in their order; started once for all of them."""
    free: SimpleQueue[Helper] = SimpleQueue()

    def read(files: list[UploadedReport]) -> list[Read]:
        helper = free.get()
        try:
            return read_apart(helper, files)
        finally:
            free.put(helper)

    with ExitStack() as stack:
        for _ in range(SIDE_BY_SIDE):
            free.put(stack.enter_context(Helper()))
        threads = stack.enter_context(ThreadPoolExecutor(SIDE_BY_SIDE))
        yield partial(threads.map, read)


def read_apart(helper: Helper, files: Sequence[UploadedReport]) -> list[Read]:
    """What is read of each, whatever one of them does to its process."""
    try:
        return helper(read_all, [(filestore.path_of(f.file.digest), f.name) for f in files])
    except NoAnswer as reason:
        if len(files) == 1:
            return [Read(failure=f"{reason}。")]
    half = len(files) // 2
    return [*read_apart(helper, files[:half]), *read_apart(helper, files[half:])]


def _groups(batch: Batch) -> _Groups:
    """The waiting files by those that are read together."""
    groups: _Groups = []
    size = 0
    for one in batch.files.filter(state=FileState.WAITING).select_related("file"):
        size += one.file.size
        if not groups or len(groups[-1]) >= TOGETHER or size > _BYTES:
            groups.append([])
            size = one.file.size
        groups[-1].append(one)
    return groups


def _keep(
    file: UploadedReport,
    read: Read,
    batch: Batch,
    names: Names,
    twins: dict[int, tuple[int, str]],
) -> None:
    """Beside the file what was read in it, and every reason to look before it is taken in."""
    if read.failure:
        file.state, file.failure = FileState.FAILED, read.failure[:500]
        file.save()
        return
    file.state, file.reading, file.edition = FileState.READ, read.reading, read.edition
    file.told_agency, file.told_year, file.unread = read.agency[:200], read.year, read.unread
    file.errors, file.warnings = read.errors, read.warnings
    doubts: list[str] = []
    match = names.match(read.agency, file.name)
    file.agency = match.agency
    if match.doubt:
        doubts.append(match.doubt)
    if read.year is not None and read.year != batch.year:
        doubts.append(f"文件写的是 {read.year} 年度，这一批收的是 {batch.year} 年度。")
    wanted = edition_for(batch.year).id
    if read.edition != wanted:
        own = f"{read.edition}年版" if read.edition else "没有统一格式的表"
        doubts.append(f"{batch.year} 年度用 {wanted} 年版格式，文件是{own}，不能收入。")
    if read.unread:
        doubts.append(f"有 {read.unread} 格没有读出来。")
    if file.agency is not None:
        first, other = twins.setdefault(file.agency.pk, (file.pk, file.name))
        if first != file.pk:
            doubts.append(f"“{other}”看来是同一个机关的。")
    file.doubts = [*doubts, *read.doubts]
    file.save()

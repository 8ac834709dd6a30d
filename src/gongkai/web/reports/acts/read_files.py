"""Act of the platform: read uploaded files in the background, some at a time, in processes apart.

A batch is read by one task.  Where a process hangs or crashes, its files are halved until the
one that did it stands alone, so that it takes no other with it; what it did is said beside it.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from django.db import transaction
from django_tasks import task

from gongkai.core.forms import edition_for
from gongkai.web import filestore
from gongkai.web.agencies.models import Agency
from gongkai.web.apart import NoAnswer, apart

from ..file_reading import Read, read_all
from ..matching import Names
from ..models import Batch, FileState, UploadedReport

# As many in one process as end well within its time, and as need not much of its memory;
# enough that starting it does not count.
TOGETHER = 64
_BYTES = 32 * 2**20
# Processes side by side: what waits for them is this one, which only keeps what they told.
_SIDE_BY_SIDE = max(1, min(4, os.cpu_count() or 1))


@task()
def read_batch(number: int) -> None:
    """Read every waiting file of a batch; to be run again without harm after it was cut off."""
    batch = Batch.objects.select_related("to").get(pk=number)
    reach = Agency.objects.under(batch.to).prefetch_related("past_names")
    names = Names(reach)
    with ThreadPoolExecutor(_SIDE_BY_SIDE) as readers:
        while groups := _groups(batch):
            for files, read in zip(groups, readers.map(read_apart, groups), strict=True):
                with transaction.atomic():
                    for file, one in zip(files, read, strict=True):
                        _keep(file, one, batch, names)


def read_apart(files: Sequence[UploadedReport]) -> list[Read]:
    """What is read of each, whatever one of them does to its process."""
    try:
        given = [(filestore.read(one.file.digest), one.name) for one in files]
        return apart(read_all, given)
    except FileNotFoundError:
        if len(files) == 1:
            return [Read(failure="文件库里没有这个文件了，重新上传。")]
    except NoAnswer as reason:
        if len(files) == 1:
            return [Read(failure=f"{reason}。")]
    half = len(files) // 2
    return [*read_apart(files[:half]), *read_apart(files[half:])]


def _groups(batch: Batch) -> list[list[UploadedReport]]:
    """The next files, by those that are read together; none once all are read."""
    waiting = batch.files.filter(state=FileState.WAITING).select_related("file")
    groups: list[list[UploadedReport]] = [[]]
    size = 0
    for one in waiting[: TOGETHER * _SIDE_BY_SIDE]:
        full = len(groups[-1]) >= TOGETHER or size + one.file.size > _BYTES
        if groups[-1] and full:
            if len(groups) == _SIDE_BY_SIDE:
                break
            groups.append([])
            size = 0
        groups[-1].append(one)
        size += one.file.size
    return groups if groups[0] else []


def _keep(file: UploadedReport, read: Read, batch: Batch, names: Names) -> None:
    """Beside the file what was read in it, and every reason to look before it is taken in."""
    if read.failure:
        file.state, file.failure = FileState.FAILED, read.failure[:500]
        file.save()
        return
    file.state, file.reading, file.edition = FileState.READ, read.reading, read.edition
    file.told_agency, file.told_year, file.unread = read.agency[:200], read.year, read.unread
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
        twins = batch.files.filter(agency=file.agency).exclude(state=FileState.DROPPED)
        other = twins.exclude(pk=file.pk).values_list("name", flat=True).first()
        if other is not None:
            doubts.append(f"“{other}”看来是同一个机关的。")
    file.doubts = [*doubts, *read.doubts]
    file.save()

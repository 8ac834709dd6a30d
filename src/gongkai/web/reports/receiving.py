"""The reading of uploaded files in the background: some at a time, each in a process apart.

A batch is read by one task.  A file that hangs or crashes its process is tried once more
alone, so that it takes no other with it; what it did is said beside it.
"""

from __future__ import annotations

from collections.abc import Sequence

from django_tasks import task

from gongkai.core.forms import edition_for
from gongkai.web import filestore
from gongkai.web.agencies.models import Agency
from gongkai.web.apart import NoAnswer, apart

from .file_reading import Read, read_all
from .matching import Names
from .models import Batch, FileState, UploadedReport

# Few enough that they end well within the time of one process, and enough that starting it
# does not count.
TOGETHER = 8


@task()
def read_batch(number: int) -> None:
    """Read every waiting file of a batch; to be run again without harm after it was cut off."""
    batch = Batch.objects.select_related("to").get(pk=number)
    reach = Agency.objects.under(batch.to).prefetch_related("past_names")
    names = Names(reach)
    while True:
        waiting = batch.files.filter(state=FileState.WAITING).select_related("file")
        files = list(waiting[:TOGETHER])
        if not files:
            return
        for file, read in zip(files, read_apart(files), strict=True):
            _keep(file, read, batch, names)


def read_apart(files: Sequence[UploadedReport]) -> list[Read]:
    """What is read of each, whatever one of them does to its process."""
    given = [(filestore.path_of(one.file.digest).read_bytes(), one.name) for one in files]
    try:
        return apart(read_all, given)
    except NoAnswer as reason:
        if len(given) == 1:
            return [Read(failure=f"{reason}。")]
        return [read for one in files for read in read_apart([one])]


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
    same = file.agency and batch.files.filter(agency=file.agency).exclude(pk=file.pk)
    if same and (other := same.exclude(state=FileState.DROPPED).first()):
        doubts.append(f"“{other.name}”看来是同一个机关的。")
    file.doubts = [*doubts, *read.doubts]
    file.save()

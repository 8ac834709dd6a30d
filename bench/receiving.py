"""A region's documents received: ``python -m bench.receiving NUMBER``.

Our way is that of an upload: the files are kept, read and checked apart, matched to their
agencies, and a row beside each says what was found.  Beside it the core alone reads and checks
the same bytes in as many processes.  The folder is that of GONGKAI_DATA; prints JSON: seconds.
"""

from __future__ import annotations

import json
import multiprocessing
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date

import django

from gongkai.core.checks import check
from gongkai.core.readers import read_bytes

from .office import docx
from .report import made_up

_YEAR = 2024
_PERSON = "bench"
# Two of them make the name of a street.
_WORDS = "青听平临云松安永和新东西南北长清泉石林江河湖山水桥塘柳竹梅兰菊荷金银玉珠星月光华福寿"
_Files = list[tuple[str, bytes]]


def measure(number: str) -> None:
    """The core alone, then the platform."""
    from django.conf import settings
    from django.core.management import call_command

    (settings.DATA / "files").mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
    files = [_document(at) for at in range(int(number))]
    _roster(int(number))
    theirs = _core(files)
    ours = _platform(files)
    print(json.dumps({"ours": ours, "theirs": theirs}))


def _name(at: int) -> str:
    first, second = divmod(at, len(_WORDS))
    return f"青禾区{_WORDS[first]}{_WORDS[second]}街道办事处"


def _document(at: int) -> tuple[str, bytes]:
    """A report as Word keeps it, of an agency of its own."""
    report = made_up(at)
    named = replace(
        report,
        agency=_name(at),
        title=(report.title or "").replace(report.agency or "", _name(at)),
        lead=report.lead.replace(report.agency or "", _name(at)),
    )
    return f"{at:05d}.docx", docx(named)


def _roster(number: int) -> None:
    from gongkai.web.agencies.models import Agency, Kind
    from gongkai.web.people.models import Appointment, Person, Role

    top = Agency.objects.create(
        slug="top", code="TOP", name="青禾区人民政府", short_name="区政府", kind=Kind.GOVERNMENT
    )
    for at in range(number):
        Agency.objects.create(
            slug=f"a{at}", code=f"A{at}", name=_name(at), short_name=_name(at)[3:-3], kind=Kind.STREET,
            parent=top, position=at,
        )  # fmt: skip
    Appointment.objects.create(
        person=Person.objects.make(_PERSON, "周远", None), agency=top,
        role=Role.COMPETENT_DEPARTMENT, since=date(_YEAR, 1, 1),
    )  # fmt: skip


def _core(files: _Files) -> float:
    """Read and check each in as many processes as the platform uses."""
    from gongkai.web.reports.acts.read_files import SIDE_BY_SIDE, TOGETHER

    began = time.perf_counter()
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(SIDE_BY_SIDE, context) as pool:
        found = sum(pool.map(_read_and_check, files, chunksize=TOGETHER // 4))
    took = time.perf_counter() - began
    if not found:
        raise RuntimeError("nothing was found in any report")
    return took


def _read_and_check(file: tuple[str, bytes]) -> int:
    name, data = file
    return len(list(check(read_bytes(data, name).report)))


def _platform(files: _Files) -> float:
    """Hand them over and let the worker's task read them."""
    from gongkai.web.agencies.models import Agency
    from gongkai.web.people.models import Person
    from gongkai.web.policies import actor_of
    from gongkai.web.reports.acts.read_files import read_batch
    from gongkai.web.reports.acts.receive import hand_over
    from gongkai.web.reports.models import FileState

    actor = actor_of(Person.objects.get(username=_PERSON))
    top = Agency.objects.get(parent=None)
    began = time.perf_counter()
    batch, refused = hand_over(actor, top, _YEAR, files)
    read_batch.func(batch.pk)
    took = time.perf_counter() - began
    read = batch.files.filter(state=FileState.READ, agency__isnull=False, doubts=[]).count()
    if refused or read != len(files):
        raise RuntimeError(
            f"{len(files)} files, {len(refused)} refused, {read} read: {refused[:3]}"
        )
    return took


if __name__ == "__main__":
    django.setup()
    measure(*sys.argv[1:])

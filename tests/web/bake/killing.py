"""Publish, withdraw and bake in a process that is killed at a random moment; look; go on.

``python -m tests.web.bake.killing SEED ROUNDS SECONDS`` with the environment of an installation
of its own.  After each kill every file is whole, every item is of one version, and what a
new process bakes agrees with the database.  Prints the number of rounds; ends with 1 and
says what is wrong otherwise.
"""

from __future__ import annotations

import gzip
import os
import random
import re
import signal
import sys
import time
from itertools import count
from pathlib import Path

import django

_STAMP = re.compile(r"第(\d+)版")
_NUMBERS = range(1, 9)
# The longest that a process lives before it is killed.
_LONGEST_SECONDS = 0.5


def main(seed: int, rounds: int, seconds: float) -> int:
    """Rounds until ``rounds`` are done or ``seconds`` are over, at least 25."""
    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from gongkai.web.public import bake

    call_command("migrate", verbosity=0)
    _make_agency()
    bake.bake_all()
    site = Path(settings.SITE)
    chance = random.Random(seed)
    until = time.monotonic() + seconds
    done = 0
    kills_within_bake = 0
    while done < rounds and (done < 25 or time.monotonic() < until):
        connection.close()
        child = os.fork()
        if child == 0:
            _work(random.Random(seed * 1000 + done))
        time.sleep(chance.uniform(0.0, _LONGEST_SECONDS))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            print(f"round {done}: the process ended by itself ({status})")
            return 1
        wrong = [*_torn_items(), *_torn_files(site)]
        kills_within_bake += _waits()
        bake.catch_up()
        wrong += _disagreement(site)
        if wrong:
            print(f"round {done}, seed {seed}: {wrong}")
            return 1
        done += 1
    if not kills_within_bake:
        print("no kill came between an act and its baking: nothing was shown")
        return 1
    print(done)
    return 0


def _work(chance: random.Random) -> None:
    """Acts and baking, for ever; never returns."""
    from django.db import connection

    from gongkai.web.agencies.models import Agency
    from gongkai.web.public import bake
    from gongkai.web.publication.models import Publication
    from tests.web.public.publishing import public_file, publish, take_back

    connection.close()
    agency = Agency.objects.get(slug="qh0411")
    for version in count(time.monotonic_ns()):
        number = chance.choice(_NUMBERS)
        if chance.random() < 0.3 and Publication.objects.filter(pk=number).exists():
            take_back(number, f"第{version}版有误。")
        else:
            stamp = f"第{version}版"
            publish(
                agency,
                number,
                f"通告{number}（{stamp}）",
                body_html=f"<p>{stamp}</p>",
                theme=chance.choice(("agriculture_and_water", "")),
                files=tuple(
                    public_file(f"{name}.txt", stamp.encode() * 1000)
                    for name in chance.sample("甲乙丙", chance.randrange(3))
                ),
            )
        if chance.random() < 0.05:
            bake.bake_all(anew=chance.random() < 0.5)
        elif chance.random() < 0.7:
            bake.catch_up()


def _make_agency() -> None:
    from gongkai.web.agencies.models import Agency, Kind

    Agency.objects.create(
        slug="qh0411",
        code="QH0411",
        name="泉苑社区居民委员会",
        short_name="泉苑社区",
        kind=Kind.COMMUNITY,
    )


def _waits() -> bool:
    from gongkai.web.publication.models import Change

    return Change.objects.exists()


def _torn_items() -> list[str]:
    """Items whose title, text and files are not of one version; changes without their item."""
    from gongkai.web import filestore
    from gongkai.web.publication.models import Publication, Withdrawal

    wrong = []
    for item in Publication.objects.prefetch_related("files"):
        seen = {*_STAMP.findall(item.title), *_STAMP.findall(item.body_html)}
        for file in item.files.all():
            seen.update(_STAMP.findall(filestore.read(file.digest).decode()))
        if len(seen) != 1:
            wrong.append(f"item {item.pk}: {seen}")
    both = Publication.objects.filter(pk__in=Withdrawal.objects.values("pk"))
    return wrong + [f"item {item.pk} is public and withdrawn" for item in both]


def _torn_files(site: Path) -> list[str]:
    """Files that are half of something: as they lie there, before anything is put right."""
    wrong = []
    for path in site.rglob("*"):
        name = str(path.relative_to(site))
        if path.is_dir() or path.suffix == ".gone":
            continue
        data = path.read_bytes()
        if path.suffix == ".gz":
            page = path.with_suffix("")
            if gzip.decompress(data) != page.read_bytes():
                wrong.append(f"{name}: not the page's twin")
        elif path.suffix == ".html" and not data.rstrip().endswith(b"</html>"):
            wrong.append(f"{name}: cut off")
        elif name.startswith("files/"):
            stamps = _STAMP.findall(data.decode())
            if len(stamps) != 1000 or len(set(stamps)) != 1:
                wrong.append(f"{name}: cut off")
    return wrong


def _disagreement(site: Path) -> list[str]:
    from .agreement import differences

    return differences(site) + (["changes still wait"] if _waits() else [])


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])))

"""The task runner with Redis by setting: a check asked for by one process is done by another."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.installation import installation

from .test_up import ROOT, SECONDS, free_port, up

# What a view does, in a process of its own: a draft with an identity number is to be checked.
_ASK = """
import sys, time, django
django.setup()
from django.db import transaction
from gongkai.web.disclosure import screening
from gongkai.web.disclosure.models import InformationItem, ItemVersion
from gongkai.web.people.models import Role
from tests.web.conftest import make_office
office = make_office()
author = office.people[Role.AUTHOR]
item = InformationItem.objects.create(agency=office.street, author=author)
item.current = ItemVersion.objects.create(
    item=item, number=1, title="公示", body_html="<p>电话 13800138000</p>", written_by=author
)
item.save()
with transaction.atomic():
    asked = screening.start(item.current)
until = time.monotonic() + float(sys.argv[1])
while asked.finished_at is None and time.monotonic() < until:
    time.sleep(0.2)
    asked.refresh_from_db()
print(asked.finished_at is not None, asked.failures, item.current.findings.count())
"""


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[str]:
    """The address of a Redis of its own."""
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("redis-server is not installed")
    port = free_port()
    server = subprocess.Popen(
        [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)],
        stdout=subprocess.DEVNULL,
    )
    try:
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait(SECONDS)


@pytest.mark.once
def test_a_check_asked_for_here_is_done_there(tmp_path: Path, redis: str) -> None:
    with installation(tmp_path / "data", migrated=True) as environment:
        environment["GONGKAI_REDIS_URL"] = redis
        with up(environment) as run:
            run.until_well()
            done = subprocess.run(
                [sys.executable, "-c", _ASK, str(SECONDS)],
                env=environment, cwd=ROOT, capture_output=True, text=True, timeout=2 * SECONDS,
            )  # fmt: skip
            assert done.stdout.strip() == "True [] 1", done.stdout + done.stderr
            code, said = run.end()
    assert code == 0, said

"""The worker's loop: what is due is done, failures keep nothing back, orphans are taken up."""

from __future__ import annotations

import json
import os
import socket
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from gongkai.web import filestore
from gongkai.web.agencies.models import Agency, Kind
from gongkai.web.locks import take
from gongkai.web.public import bake
from gongkai.web.vital_signs import PULSE
from gongkai.web.work import pruning, task_runner
from gongkai.web.work.duties import DUTIES, Duty, Meanwhile, Unfinished, bake_site
from gongkai.web.work.loop import DAYS, TROUBLE, Loop, Stopped
from tests.web.public.publishing import publish

pytestmark = pytest.mark.django_db


def noting(name: str, log: list[str], *, daily: bool = False) -> Duty:
    """A duty that notes when it was done."""

    def note(meanwhile: Meanwhile) -> None:
        log.append(name)

    return Duty(name, name, note, daily=daily)


def failing(error: Exception) -> Duty:
    """A duty that fails."""

    def fail(meanwhile: Meanwhile) -> None:
        raise error

    return Duty("bad", "坏的", fail)


def test_a_duty_that_fails_keeps_no_other_back_and_is_told(data: Path) -> None:
    log: list[str] = []
    loop = Loop((failing(ZeroDivisionError("零")), noting("good", log)))
    loop.turn()
    assert log == ["good"]
    assert json.loads((data / TROUBLE).read_text(encoding="utf-8")) == {"坏的": "零"}
    assert (data / PULSE).exists()


def test_it_waits_before_it_is_tried_again_and_then_is_well(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fails = [True]
    log: list[str] = []

    def sometimes(meanwhile: Meanwhile) -> None:
        log.append("tried")
        if fails[0]:
            raise ZeroDivisionError

    loop = Loop((Duty("some", "有时", sometimes),))
    loop.turn()
    fails[0] = False
    loop.turn()
    assert log == ["tried"]
    soon = time.monotonic() + 16
    monkeypatch.setattr(time, "monotonic", lambda: soon)
    loop.turn()
    assert log == ["tried", "tried"]
    assert json.loads((data / TROUBLE).read_text(encoding="utf-8")) == {}


def test_a_database_that_is_away_ends_the_turn_not_the_worker(data: Path) -> None:
    loop = Loop((failing(OperationalError("gone away")),))
    loop.turn()
    assert json.loads((data / TROUBLE).read_text(encoding="utf-8")) == {"数据库": "gone away"}


def test_what_is_daily_is_done_once_a_day_also_after_a_restart(
    data: Path, later: Callable[..., object]
) -> None:
    log: list[str] = []
    duties = (noting("day", log, daily=True),)
    for _ in range(2):
        Loop(duties).turn()
    assert log == ["day"]
    later(days=1)
    Loop(duties).turn()
    assert log == ["day", "day"]


def test_days_that_were_cut_off_in_writing_are_done_again(data: Path) -> None:
    (data / DAYS).write_text('{"day": "20', encoding="utf-8")
    log: list[str] = []
    Loop((noting("day", log, daily=True),)).turn()
    assert log == ["day"]


def test_others_have_their_turn_while_a_long_duty_is_at_work(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log: list[str] = []
    moment = [time.monotonic()]
    monkeypatch.setattr(time, "monotonic", lambda: moment[0])
    monkeypatch.setattr(task_runner.TaskRunner, "keep", lambda self: None)

    def long(meanwhile: Meanwhile) -> None:
        for _ in range(3):
            moment[0] += 2
            meanwhile()

    Loop((Duty("long", "长", long), noting("short", log))).turn()
    assert log == ["short"] * 4


def test_a_long_duty_ends_when_the_worker_is_asked_to(data: Path) -> None:
    def long(meanwhile: Meanwhile) -> None:
        while True:
            meanwhile()

    loop = Loop((Duty("long", "长", long),))
    loop.stop()
    with pytest.raises(Stopped):
        loop.turn()


def test_every_duty_can_be_done(data: Path) -> None:
    for duty in DUTIES:
        duty.do(lambda: None)


def test_pages_that_failed_are_told(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    street = Agency.objects.create(
        slug="qh0401", code="QH0401", name="听泉街道办事处", short_name="听泉", kind=Kind.STREET
    )
    bake.catch_up()
    publish(street, 8)
    render = bake.sources.render

    def failing_page(path: str) -> object:
        return 1 / 0 if path == "item/2026/8.html" else render(path)

    monkeypatch.setattr(bake.sources, "render", failing_page)
    with pytest.raises(Unfinished, match="item/2026/8"):
        bake_site(lambda: None)


def test_finished_tasks_are_pruned_the_others_kept(data: Path) -> None:
    old, new = claimed("x"), claimed("x")
    for key in (old, new):
        DBTaskResult.objects.get(pk=key).set_successful(None)
    waiting = claimed("x")
    DBTaskResult.objects.filter(pk=old).update(finished_at=timezone.now() - timedelta(days=15))
    pruning.prune()
    assert {task.pk for task in DBTaskResult.objects.all()} == {new, waiting}


def test_drafts_of_killed_uploads_are_removed_and_files_are_kept(data: Path) -> None:
    digest = filestore.put(b"kept")
    folder = filestore.path_of(digest).parent
    old, new = folder / "tmpold", folder / "tmpnew"
    for path in (old, new):
        path.write_bytes(b"half")
    os.utime(old, (0, 0))
    os.utime(filestore.path_of(digest), (0, 0))
    assert pruning.remove_drafts() == 1
    assert not old.exists()
    assert new.exists()
    assert filestore.read(digest) == b"kept"


HERE = socket.gethostname()[:40]


def claimed(*runners: str) -> Any:
    """The key of a task that the last of ``runners`` claimed."""
    task = DBTaskResult.objects.create(
        status=TaskResultStatus.RUNNING,
        args_kwargs={"args": [], "kwargs": {}},
        task_path="gongkai.web.disclosure.screening.run",
        worker_ids=list(runners),
        queue_name="default",
        backend_name="default",
        run_after=timezone.now(),
        started_at=timezone.now(),
    )
    return task.pk


def state_of(key: Any) -> str:
    """Where a task stands."""
    return str(DBTaskResult.objects.get(pk=key).status)


def test_a_task_of_a_killed_runner_is_put_back(data: Path) -> None:
    dead, living, elsewhere = claimed(f"{HERE}-dead"), claimed(f"{HERE}-lives"), claimed("other-x")
    lock = take(data / "runners" / f"{HERE}-lives")
    assert lock is not None
    try:
        assert task_runner.take_up_orphans() == 1
    finally:
        os.close(lock)
    assert [state_of(key) for key in (dead, living, elsewhere)] == ["READY", "RUNNING", "RUNNING"]


def test_a_task_that_kills_its_runner_each_time_is_given_up(data: Path) -> None:
    key = claimed(*(f"{HERE}-{number}" for number in "123"))
    assert task_runner.take_up_orphans() == 0
    task = DBTaskResult.objects.get(pk=key)
    assert (task.status, "3 次" in task.traceback) == (TaskResultStatus.FAILED, True)

"""Reading apart: a file that crashes or hangs its process takes no other with it."""

from __future__ import annotations

import signal
from typing import Any, ClassVar

import pytest

from gongkai.core.writers import render
from gongkai.web import apart, filestore
from gongkai.web.people.models import Role
from gongkai.web.reports.acts import read_files
from gongkai.web.reports.acts.receive import hand_over
from gongkai.web.reports.models import Batch, FileState
from tests.web.conftest import Office

from .crashing import crashing
from .test_collect import a_report
from .year import YEAR

pytestmark = pytest.mark.django_db


def test_only_the_file_that_crashed_is_lost(
    office: Office, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    monkeypatch.setattr(read_files, "read_all", crashing)
    names = ["甲.json", "坏.json", "乙.json", "丙.json", "丁.json"]
    files = [
        (name, render(a_report("枕流街道办事处", str(place)), ".json"))
        for place, name in enumerate(names)
    ]
    with django_capture_on_commit_callbacks(execute=True):
        hand_over(office.actor(Role.COMPETENT_DEPARTMENT), office.district, YEAR, files)
    states = {file.name: file for file in Batch.objects.get().files.all()}
    assert states.pop("坏.json").failure == "读取时程序崩溃，文件可能已损坏。"
    assert {file.state for file in states.values()} == {FileState.READ}
    # The same agency four times: each later one says so.
    doubted = [name for name, file in states.items() if any("甲.json" in d for d in file.doubts)]
    assert doubted == ["乙.json", "丙.json", "丁.json"]


class Counting(apart.Helper):
    """Answers in this process, and keeps how many files it was asked."""

    asked: ClassVar[list[int]] = []

    def __call__(self, call: Any, *args: Any, **kwargs: Any) -> Any:
        self.asked.append(len(args[0]))
        return call(*args, **kwargs)


def test_large_files_are_not_put_together_and_lost_ones_are_told(
    office: Office, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    monkeypatch.setattr(read_files, "Helper", Counting)
    monkeypatch.setattr(read_files, "SIDE_BY_SIDE", 1)
    files = [(f"{n}.json", render(a_report("枕流街道办事处", str(n)), ".json")) for n in range(3)]
    monkeypatch.setattr(read_files, "_BYTES", 2 * len(files[0][1]))
    actor = office.actor(Role.COMPETENT_DEPARTMENT)
    with django_capture_on_commit_callbacks(execute=True):
        batch, _ = hand_over(actor, office.district, YEAR, files)
        last = batch.files.select_related("file").last()
        assert last is not None
        filestore.path_of(last.file.digest).unlink()
    assert Counting.asked == [2, 1]
    told = list(batch.files.values_list("state", "failure"))
    assert told[:2] == [(FileState.READ, "")] * 2
    assert told[2] == (FileState.FAILED, "文件库里没有这个文件了，重新上传。")


def test_a_helper_goes_on_after_a_crash() -> None:
    with apart.Helper() as helper:
        assert helper(len, "公开") == 2
        with pytest.raises(apart.NoAnswer, match="崩溃"):
            helper(signal.raise_signal, signal.SIGKILL)
        assert helper(len, "甲") == 1

"""Reading apart: a file that crashes or hangs its process takes no other with it."""

from __future__ import annotations

from typing import Any

import pytest

from gongkai.core.writers import render
from gongkai.web.apart import NoAnswer
from gongkai.web.people.models import Role
from gongkai.web.reports.acts import read_files
from gongkai.web.reports.acts.receive import hand_over
from gongkai.web.reports.file_reading import Read, read_all
from gongkai.web.reports.models import Batch, FileState
from tests.web.conftest import Office

from .test_collect import a_report
from .year import YEAR

pytestmark = pytest.mark.django_db


def test_only_the_file_that_crashed_is_lost(
    office: Office, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    asked: list[int] = []

    def crashing(call: Any, given: list[tuple[bytes, str]]) -> list[Read]:
        asked.append(len(given))
        if any(name == "坏.json" for _, name in given):
            raise NoAnswer("读取时程序崩溃，文件可能已损坏")
        return read_all(given)

    monkeypatch.setattr(read_files, "apart", crashing)
    monkeypatch.setattr(read_files, "_SIDE_BY_SIDE", 1)
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
    assert asked == [5, 2, 1, 1, 3]


def test_large_files_are_not_put_together(
    office: Office, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    asked: list[int] = []

    def counting(call: Any, given: list[tuple[bytes, str]]) -> list[Read]:
        asked.append(len(given))
        return read_all(given)

    monkeypatch.setattr(read_files, "apart", counting)
    monkeypatch.setattr(read_files, "_SIDE_BY_SIDE", 1)
    files = [(f"{n}.json", render(a_report("枕流街道办事处", str(n)), ".json")) for n in range(3)]
    monkeypatch.setattr(read_files, "_BYTES", 2 * len(files[0][1]))
    with django_capture_on_commit_callbacks(execute=True):
        hand_over(office.actor(Role.COMPETENT_DEPARTMENT), office.district, YEAR, files)
    assert asked == [2, 1]

"""What an act changes is in the files afterwards, and nothing else; what is taken back is gone."""

from __future__ import annotations

import gzip
import logging
import os
import stat
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, transaction

from gongkai.web.agencies.models import Agency
from gongkai.web.locks import hold
from gongkai.web.public import bake
from gongkai.web.public.bake_site import Site
from gongkai.web.publication.models import Change
from gongkai.web.publication.release import announce
from tests.web.public.publishing import public_file, publish, take_back

from .agreement import differences
from .conftest import nothing_waits

pytestmark = pytest.mark.django_db

SECRET = "张某的住址"


def everything_in(folder: Path) -> bytes:
    """All bytes of all files, compressed ones opened."""
    found = []
    for path in folder.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            found.append(gzip.decompress(data) if path.suffix == ".gz" else data)
    return b"\n".join(found)


def test_what_is_published_is_in_the_files(street: Agency, site: Path) -> None:
    bake.bake_all()
    publish(street, 8, "青听路交通管制", files=(public_file("附件 一.pdf", b"%PDF-1.7"),))
    baked = bake.bake_changes()
    assert (baked.changes, baked.failures, nothing_waits()) == (1, {}, True)
    page = site / "item/2026/8.html"
    assert "青听路交通管制".encode() in page.read_bytes()
    assert gzip.decompress(page.with_name("8.html.gz").read_bytes()) == page.read_bytes()
    assert (site / "files/8/附件 一.pdf").read_bytes() == b"%PDF-1.7"
    assert "青听路交通管制".encode() in (site / "index.html").read_bytes()
    assert differences(site) == []


def test_a_list_that_shows_what_was_taken_back_is_written_before_those_that_only_move(
    street: Agency, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(1, 130):
        publish(street, number, f"青听路公告第 {number} 件")
    bake.bake_all()
    shown = {p for p in site.rglob("*.html") if b"item/2026/9.html" in p.read_bytes()}
    assert shown
    written: list[Path] = []
    put = Site.put

    def watched(self: Site, path: str, *args: Any, **more: Any) -> bool:
        written.append(site / path)
        return put(self, path, *args, **more)

    monkeypatch.setattr(Site, "put", watched)
    take_back(9)
    bake.bake_changes()
    assert not [p for p in shown if b"item/2026/9.html" in p.read_bytes()]
    last = max(written.index(page) for page in shown)
    only_moved = [page for page in written if page.name.startswith("list-")]
    assert len(only_moved) > 5
    assert last < len(shown) + 1 < len(written) - 3
    assert differences(site) == []


def test_others_can_read_what_is_baked_whatever_the_umask(street: Agency, site: Path) -> None:
    before = os.umask(0o077)
    try:
        publish(street, 8, files=(public_file("a.pdf"),))
        bake.bake_changes()
    finally:
        os.umask(before)
    for path in (site, *site.rglob("*")):
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o755 if path.is_dir() else 0o644), path


def test_what_is_withdrawn_is_gone_from_every_file(few: Agency, site: Path) -> None:
    publish(few, 8, SECRET, body_html=f"<p>{SECRET}</p>",
            files=(public_file("名单.pdf", SECRET.encode()),))  # fmt: skip
    bake.bake_all()
    assert SECRET.encode() in everything_in(site)
    take_back(8, "名单有误。")
    bake.bake_changes()
    assert SECRET.encode() not in everything_in(site)
    assert not (site / "files/8").exists()
    notice = site / "item/2026/8.html"
    assert "名单有误。".encode() in notice.read_bytes()
    assert notice.with_name("8.html.gone").exists()
    assert differences(site) == []


def test_what_is_published_again_is_a_page_again(street: Agency, site: Path) -> None:
    publish(street, 8, "通告")
    bake.bake_changes()
    take_back(8)
    bake.bake_changes()
    publish(street, 8, "更正后的通告")
    bake.bake_changes()
    page = site / "item/2026/8.html"
    assert "更正后的通告".encode() in page.read_bytes()
    assert not page.with_name("8.html.gone").exists()


def test_a_replaced_attachment_is_gone(street: Agency, site: Path) -> None:
    publish(street, 8, files=(public_file("旧.pdf", b"old"), public_file("同.pdf", b"1")))
    bake.bake_all()
    publish(street, 8, files=(public_file("新.pdf", b"new"), public_file("同.pdf", b"2")))
    bake.bake_changes()
    assert {p.name: p.read_bytes() for p in (site / "files/8").iterdir()} == {
        "新.pdf": b"new",
        "同.pdf": b"2",
    }


def test_names_that_look_like_ours_are_left_alone(street: Agency, site: Path) -> None:
    """An archive that somebody attached is no compressed twin of a page."""
    names = {"a.html": b"1", "a.html.gz": b"2", "a.html.gone": b"3"}
    publish(street, 8, files=tuple(public_file(n, d) for n, d in names.items()))
    publish(street, 9, files=(public_file("a.html", b"1"),))
    bake.bake_all()
    folder = site / "files/8"
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == names
    publish(street, 8, files=(public_file("a.html.gz", b"2"),))
    bake.bake_changes()
    assert [p.name for p in folder.iterdir()] == ["a.html.gz"]


def test_doing_it_again_writes_nothing(few: Agency, site: Path) -> None:
    bake.bake_all()
    times = {path: path.stat().st_mtime_ns for path in site.rglob("*")}
    with transaction.atomic():
        announce(scope=f"agency:{few.pk}")
    baked = bake.bake_changes()
    assert (baked.changes, baked.written) == (1, 0)
    assert {path: path.stat().st_mtime_ns for path in site.rglob("*")} == times


def test_while_another_process_bakes_nothing_is_done(street: Agency, site: Path) -> None:
    publish(street, 8)
    with hold(site.with_name("site.lock")):
        assert bake.bake_changes().changes == 0
        assert Change.objects.count() == 1
    assert bake.bake_changes().changes == 1


def test_a_page_that_fails_keeps_nothing_else_back(
    street: Agency, site: Path, faulty: Callable[[str], None], caplog: pytest.LogCaptureFixture
) -> None:
    faulty("item/2026/8.html")
    publish(street, 8)
    publish(street, 9, "另一条")
    with caplog.at_level(logging.ERROR):
        baked = bake.bake_changes()
    assert list(baked.failures) == ["item/2026/8.html"]
    assert "item/2026/8.html" in caplog.text
    assert "另一条".encode() in (site / "item/2026/9.html").read_bytes()
    assert [change.before for change in Change.objects.all()] == [{"paths": ["item/2026/8.html"]}]


def test_what_failed_is_tried_again_later(
    street: Agency, site: Path, faulty: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(bake.sources, "render", lambda path: 1 / 0)
        publish(street, 8)
        assert bake.bake_changes().failures
    assert bake.bake_changes().changes == 0, "not before the pause is over"
    later = time.monotonic() + 61
    monkeypatch.setattr(bake.time, "monotonic", lambda: later)
    assert bake.bake_changes().changes == 1
    assert (site / "item/2026/8.html").exists()


def test_a_list_that_cannot_be_rendered_does_not_go_on_showing_what_was_withdrawn(
    street: Agency, site: Path, faulty: Callable[[str], None]
) -> None:
    publish(street, 8, SECRET)
    bake.bake_all()
    faulty("index.html")
    take_back(8)
    bake.bake_changes()
    assert not (site / "index.html").exists()
    assert SECRET.encode() not in everything_in(site)


def test_what_is_taken_back_comes_first(
    street: Agency, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(street, 8, SECRET)
    bake.bake_all()
    for number in range(100, 100 + bake._BATCH + 20):
        publish(street, number)
    take_back(8)
    order: list[int | None] = []
    touched = bake.sources.touched

    def noted(change: Change) -> set[str]:
        order.append(change.number)
        return touched(change)

    monkeypatch.setattr(bake.sources, "touched", noted)
    bake.bake_changes()
    assert order[0] == 8
    assert sorted(filter(None, order)) == [8, *range(100, 100 + bake._BATCH + 20)]


def test_a_lost_database_is_told_at_once(
    street: Agency, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(path: str) -> object:
        raise OperationalError("gone away")

    publish(street, 8)
    monkeypatch.setattr(bake.sources, "render", away)
    with pytest.raises(OperationalError):
        bake.bake_changes()
    assert Change.objects.count() == 1


def test_a_store_on_another_disk_is_copied(
    street: Agency, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def other_disk(*names: object) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", other_disk)
    publish(street, 8, files=(public_file("a.pdf", b"%PDF"),))
    assert bake.bake_changes().failures == {}
    copied = site / "files/8/a.pdf"
    assert (copied.read_bytes(), copied.stat().st_nlink) == (b"%PDF", 1)
    with transaction.atomic():
        bake.ask_for(["files/8/a.pdf"])
    assert bake.bake_changes().written == 0


def test_a_file_the_store_has_lost_is_named(street: Agency, site: Path) -> None:
    lost = public_file("a.pdf", b"%PDF")
    publish(street, 8, files=(lost,))
    next((site.parent / "files").rglob(lost.digest)).unlink()
    assert list(bake.bake_changes().failures) == ["files/8/a.pdf"]
    assert (site / "item/2026/8.html").exists()

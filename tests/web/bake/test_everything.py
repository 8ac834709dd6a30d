"""Baking everything: whole, without strays, taken up after a kill, anew when looks change."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import transaction

from gongkai.web.agencies.models import Agency
from gongkai.web.public import bake, bake_missing, bake_sources
from gongkai.web.public.bake_progress import Progress, looks_now
from gongkai.web.publication.models import Change
from gongkai.web.publication.release import announce
from tests.web.public.conftest import Region
from tests.web.public.publishing import publish, take_back

from .agreement import differences
from .conftest import nothing_waits

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """The run was ended from outside."""


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths that were rendered, in order."""
    found: list[str] = []
    render = bake_sources.render

    def noted(path: str) -> object:
        found.append(path)
        return render(path)

    monkeypatch.setattr(bake.sources, "render", noted)
    return found


def kill_after(pages: int) -> bake.Watcher:
    """A watcher that ends the run once ``pages`` are done."""

    def watch(done: int, total: int) -> None:
        if done >= pages:
            raise Killed

    return watch


def test_the_whole_folder_agrees_with_the_database(region: Region, site: Path) -> None:
    told: list[tuple[int, int]] = []
    baked = bake.bake_all(lambda done, total: told.append((done, total)))
    assert differences(site) == []
    assert baked.pages == len(set(bake_sources.paths())) == told[-1][0] == told[-1][1]
    assert nothing_waits()


def test_strays_are_taken_away_with_their_folders(street: Agency, site: Path) -> None:
    for name in ("old/page.html", "item/2019/1.html.gz", "files/9/secret.pdf", ".draft"):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes(b"x")
    assert bake.bake_all().removed == 4
    assert differences(site) == []
    assert not (site / "old").exists()
    assert not (site / "files").exists()


def test_a_killed_run_goes_on_where_it_ended(
    few: Agency, site: Path, rendered: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bake, "_ROUND", 0.0)
    monkeypatch.setattr(bake, "_KEEP", 10)
    bake.bake_changes()
    rendered.clear()
    with pytest.raises(Killed):
        bake.bake_all(kill_after(40))
    before = set(rendered)
    rendered.clear()
    bake.bake_all()
    assert len(before & set(rendered)) < 10, "only what was not listed yet is done twice"
    assert differences(site) == []


def test_what_changed_while_it_lay_killed_is_not_forgotten(
    few: Agency, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bake, "_ROUND", 0.0)
    monkeypatch.setattr(bake, "_KEEP", 1)
    with pytest.raises(Killed):
        bake.bake_all(kill_after(60))
    publish(few, 8, "后来的通告")
    take_back(5)
    bake.catch_up()
    assert differences(site) == []


def test_what_changes_meanwhile_is_in_the_files_before_the_run_ends(
    few: Agency, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bake, "_ROUND", 0.0)
    made: list[bool] = []

    def watch(done: int, total: int) -> None:
        if done == 30 and not made:
            publish(few, 8, "紧急通告")
            made.append((site / "item/2026/8.html").exists())
        elif done == 32:
            made.append((site / "item/2026/8.html").exists())

    bake.bake_all(watch)
    assert made == [False, True]
    assert differences(site) == []


def test_a_change_of_the_whole_site_begins_it_again(
    few: Agency, site: Path, rendered: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bake, "_ROUND", 0.0)
    asked: list[int] = []

    def watch(done: int, total: int) -> None:
        if done == 20 and not asked:
            asked.append(done)
            with transaction.atomic():
                announce(scope="site")

    bake.bake_all(watch)
    assert rendered.count("index.html") >= 2
    assert nothing_waits()
    assert differences(site) == []


def test_catching_up_bakes_everything_once_and_then_changes_only(
    few: Agency, site: Path, rendered: list[str]
) -> None:
    bake.catch_up()
    assert differences(site) == []
    rendered.clear()
    bake.catch_up()
    assert rendered == []
    publish(few, 8)
    bake.catch_up()
    assert "item/2026/8.html" in rendered
    assert "item/2026/1.html" not in rendered


@pytest.mark.parametrize("reason", ["looks", "folder", "asked"])
def test_catching_up_bakes_everything_when_pages_look_otherwise(
    few: Agency, site: Path, rendered: list[str], monkeypatch: pytest.MonkeyPatch, reason: str
) -> None:
    bake.catch_up()
    rendered.clear()
    if reason == "looks":
        monkeypatch.setattr(bake, "looks_now", lambda: "otherwise")
    elif reason == "folder":
        site.rename(site.with_name("lost"))
    else:
        with transaction.atomic():
            announce(scope="site")
        bake.catch_up()
    bake.catch_up()
    assert set(bake_sources.paths()) <= set(rendered)
    assert differences(site) == []


def test_anew_writes_also_what_stands_as_it_should(street: Agency, site: Path) -> None:
    first = bake.bake_all()
    assert bake.bake_all().written == 0
    (site / "index.html.gz").write_bytes(b"damaged")
    again = bake.bake_all(anew=True)
    assert again.written >= first.written > 0
    assert differences(site) == []


def test_pages_that_fail_do_not_end_the_run_and_are_tried_again(
    few: Agency, site: Path, faulty: Callable[[str], None]
) -> None:
    faulty("index.html")
    baked = bake.bake_all()
    assert list(baked.failures) == ["index.html"]
    assert differences_but_faulty(site) == ["index.html", "index.html.gz"]
    assert [change.before for change in Change.objects.all()] == [{"paths": ["index.html"]}]
    bake.bake_all()
    assert Change.objects.count() == 1, "asked for once"
    assert Progress(site, looks_now()).whole()


def differences_but_faulty(site: Path) -> list[str]:
    """What is missing, where a page cannot be rendered to compare."""
    wanted = set(bake_sources.paths())
    there = {str(p.relative_to(site)) for p in site.rglob("*") if p.is_file()}
    return sorted(
        {path for path in wanted if path not in there}
        | {f"{path}.gz" for path in wanted if path.endswith(".html") and f"{path}.gz" not in there}
    )


def test_the_page_for_wrong_addresses_leads_somewhere_from_any_of_them(
    street: Agency, site: Path
) -> None:
    bake.bake_all()
    page = (site / "404.html").read_text(encoding="utf-8")
    links = [part.partition('"')[0] for part in page.split('href="')[1:]]
    assert all(link.startswith(("/zwgk/zfxxgk/", "#", "http")) for link in links)
    assert 'href="/zwgk/zfxxgk/assets/gongkai.css"' in page
    assert bake_missing.render("index.html") is None

"""The doctor finds each thing that is missing or wrong, and says what to do about it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

from gongkai.web import filestore
from gongkai.web.audit.models import AuditEntry
from gongkai.web.audit.record import SYSTEM, Subject, record
from gongkai.web.doctor import configuration, database, folder, machine, operation, site
from gongkai.web.doctor.condition import Condition, Level
from gongkai.web.public import bake
from gongkai.web.publication.models import Change
from gongkai.web.vital_signs import PULSE
from gongkai.web.work.loop import TROUBLE
from tests.web.conftest import Office
from tests.web.public.publishing import public_file, publish

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def levels(conditions: Iterable[Condition]) -> dict[str, Level]:
    """How each thing stands; whatever is not well says what to do."""
    found = list(conditions)
    for condition in found:
        assert condition.level is Level.GOOD or condition.remedy, condition
    return {condition.slug: condition.level for condition in found}


@pytest.fixture
def begun(data: Path) -> Path:
    """A data folder in which a platform was begun, with the rights that ``up`` gives."""
    data.chmod(0o711)
    for name in ("secret.key", "identity.keys"):
        (data / name).write_text("k" * 50)
        (data / name).chmod(0o600)
    return data


def test_this_machine_is_well_enough() -> None:
    found = levels(machine.conditions())
    assert set(found) == {"python", "sqlite", "libreoffice", "fonts", "clock"}
    assert Level.WRONG not in found.values()


def test_a_clock_that_is_behind_is_seen() -> None:
    assert machine._clock(time.time() - 400 * 86400).level is Level.WRONG


def test_a_machine_without_programs_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    found = {c.slug: c for c in machine.conditions()}
    assert found["libreoffice"].level is Level.NOTICE
    assert "apt install libreoffice" in found["libreoffice"].remedy
    assert found["fonts"].level is Level.GOOD, "our own font serves"


def test_the_rights_that_up_gives_are_well(begun: Path) -> None:
    (begun / "files").mkdir(mode=0o700)
    (begun / "site").mkdir(mode=0o755)
    assert set(levels(folder.conditions(begun)).values()) == {Level.GOOD}


@pytest.mark.parametrize("name", ["gongkai.sqlite3", "files"])
def test_what_others_can_read_is_named(begun: Path, name: str) -> None:
    path = begun / name
    if name == "files":
        path.mkdir()
    else:
        path.write_text("x")
    path.chmod(0o755)
    found = {c.slug: c for c in folder.conditions(begun)}
    assert found["rights"].level is Level.WRONG
    assert name in found["rights"].text
    begun.chmod(0o750)
    assert levels(folder.conditions(begun))["rights"] is Level.GOOD


@pytest.mark.parametrize(
    ("name", "slug"), [("secret.key", "secret_key"), ("identity.keys", "identity_keys")]
)
def test_a_key_that_others_can_read_is_wrong(begun: Path, name: str, slug: str) -> None:
    assert levels(folder.conditions(begun))[slug] is Level.GOOD
    (begun / name).chmod(0o644)
    assert levels(folder.conditions(begun))[slug] is Level.WRONG


def test_a_full_disk_is_wrong(begun: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = folder.shutil.disk_usage(begun)
    monkeypatch.setattr(folder.shutil, "disk_usage", lambda path: usage._replace(free=1000))
    assert levels(folder.conditions(begun))["space"] is Level.WRONG


def test_a_folder_that_is_not_there_or_not_ours(tmp_path: Path) -> None:
    assert levels(folder.conditions(tmp_path / "none")) == {"folder": Level.WRONG}
    assert levels(folder.conditions(tmp_path)) == {"folder": Level.WRONG}


@pytest.mark.parametrize(
    ("changed", "slug", "level"),
    [
        ({}, "hosts", Level.GOOD),
        ({}, "https", Level.GOOD),
        ({"ALLOWED_HOSTS": ["*"]}, "hosts", Level.WRONG),
        ({"ORIGIN": "https://zwgk.example", "HTTPS": True}, "hosts", Level.WRONG),
        ({"ORIGIN": "http://zwgk.example"}, "https", Level.WRONG),
        ({"ORIGIN": "https://zwgk.example"}, "https", Level.WRONG),
        ({"ORIGIN": "https://zwgk.example", "HTTPS": True}, "https", Level.GOOD),
        ({"HTTPS": True, "ORIGIN": "https://zwgk.example"}, "proxies", Level.WRONG),
        (
            {"HTTPS": True, "ORIGIN": "https://zwgk.example", "PROXIES": {"127.0.0.1"}},
            "proxies",
            Level.GOOD,
        ),
        ({}, "oidc", Level.GOOD),
        ({"OIDC_ISSUER": "https://id.example"}, "oidc", Level.WRONG),
        (
            {"OIDC_ISSUER": "http://127.0.0.1:9", "OIDC_CLIENT": "a", "OIDC_SECRET": "b"},
            "oidc",
            Level.WRONG,
        ),
        ({}, "mail", Level.NOTICE),
        (
            {"MAIL_HOST": "127.0.0.1", "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": 9},
            "mail",
            Level.WRONG,
        ),
        ({"SMS_COMMAND": "/nowhere/sms --to"}, "sms", Level.WRONG),
        ({"SMS_COMMAND": "cat"}, "sms", Level.GOOD),
        ({}, "letter_fonts", Level.NOTICE),
    ],
)
def test_settings(settings: Settings, changed: dict[str, object], slug: str, level: Level) -> None:
    for name, value in changed.items():
        setattr(settings, name, value)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert levels(configuration.conditions())[slug] is level


def test_a_database_of_this_release_is_well(office: Office) -> None:
    assert levels(database.conditions()) == dict.fromkeys(("database", "audit", "time"), Level.GOOD)


def test_a_trail_that_was_tampered_with_is_wrong(office: Office) -> None:
    last = record("item.draft", Subject("item", "1", "一件"), SYSTEM)
    assert levels(database.conditions())["audit"] is Level.GOOD
    AuditEntry.objects.create(
        number=last.number + 1, at=timezone.now(), act="item.publish", subject_kind="item",
        subject="1", subject_name="一件", previous=last.digest, digest="0" * 64,
    )  # fmt: skip
    told = {c.slug: c for c in database.conditions()}["audit"]
    assert told.level is Level.WRONG
    assert f"第 {last.number + 1} 条起不完整：内容被改动过" in told.text


def test_a_clock_that_was_set_back_is_seen(
    office: Office, later: Callable[..., object], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as future:
        moment = timezone.now() + timedelta(days=2)
        future.setattr(timezone, "now", lambda: moment)
        record("item.draft", Subject("item", "1", "一件"), SYSTEM)
    assert levels(database.conditions())["time"] is Level.WRONG


def test_a_worker_by_its_pulse(data: Path, office: Office) -> None:
    assert levels(operation.conditions(data))["worker"] is Level.NOTICE
    (data / PULSE).touch()
    assert levels(operation.conditions(data))["worker"] is Level.GOOD
    os.utime(data / PULSE, (0, 0))
    assert levels(operation.conditions(data))["worker"] is Level.WRONG


def test_what_the_worker_cannot_do_is_told(data: Path, office: Office) -> None:
    (data / TROUBLE).write_text('{"写出网页": "磁盘满"}', encoding="utf-8")
    told = {c.slug: c for c in operation.conditions(data)}["duty"]
    assert (told.name, told.level, "磁盘满" in told.text) == ("写出网页", Level.WRONG, True)


def test_the_site_and_what_waits(data: Path, office: Office) -> None:
    publish(office.street, 8, files=(public_file("a.pdf"),))
    assert levels(site.conditions()) == {
        "outbox": Level.GOOD,
        "site": Level.NOTICE,
        "store": Level.GOOD,
    }
    Change.objects.update(made_at=timezone.now() - timedelta(minutes=5))
    assert levels(site.conditions())["outbox"] is Level.WRONG
    bake.catch_up()
    assert set(levels(site.conditions()).values()) == {Level.GOOD}
    (data / "site/item/2026/8.html").unlink()
    told = {c.slug: c for c in site.conditions()}["site"]
    assert (told.level, "缺 1 个（item/2026/8.html）" in told.text) == (Level.WRONG, True)
    filestore.path_of(public_file("a.pdf").digest).unlink()
    assert levels(site.conditions())["store"] is Level.WRONG

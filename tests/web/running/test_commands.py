"""The commands of the platform beside ``up``: quick when they are not asked for, clear when they are."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from gongkai.web.preparing import CannotRun, Place, recall, settle
from tests.web.installation import installation

# Processes start and end alike whichever database they use.
pytestmark = pytest.mark.once


def gongkai(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """A run of the command as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "gongkai", *arguments],
        env=environment, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


def test_the_commands_of_the_core_load_no_platform() -> None:
    loaded = "import sys, gongkai.cli.main as m; m.build('zh'); print('django' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert run.stdout == "False\n"


def test_baking_wants_a_folder_of_a_platform(tmp_path: Path) -> None:
    with installation(tmp_path / "none") as environment:
        run = gongkai(environment, "bake")
    assert run.returncode == 3
    assert f"{tmp_path / 'none'} 里没有平台的数据。先运行 gongkai up" in run.stderr
    assert not (tmp_path / "none").exists()


def test_an_unknown_database_is_not_baked(tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_text("k" * 50)
    with installation(tmp_path) as environment:
        run = gongkai(environment, "bake")
    assert run.returncode == 1
    assert "里的数据库不是这一版的。先运行 gongkai up。" in run.stderr


def test_baking_tells_what_it_did_and_the_doctor_agrees(tmp_path: Path) -> None:
    with installation(tmp_path, migrated=True) as environment:
        (tmp_path / "secret.key").write_text("k" * 50)
        (tmp_path / "secret.key").chmod(0o600)
        for path in tmp_path.glob("gongkai.sqlite3*"):
            path.chmod(0o600)
        run = gongkai(environment, "bake")
        assert run.returncode == 0, run.stderr
        assert "其余没有变" in run.stdout
        assert (tmp_path / "site/index.html.gz").exists()
        (tmp_path / "site/stray.html").write_text("x")
        found = doctor(environment)
        assert "多 1 个（stray.html）" in found["site"]["text"]
        assert gongkai(environment, "bake").returncode == 0
        found = doctor(environment)
    assert found["site"]["level"] == "good"
    assert [slug for slug, one in found.items() if one["level"] == "wrong"] == []


def doctor(environment: dict[str, str]) -> dict[str, dict[str, str]]:
    """What the doctor says, by slug."""
    run = gongkai(environment, "doctor", "--json")
    assert run.stderr == ""
    told: list[dict[str, str]] = json.loads(run.stdout)
    assert run.returncode == int(any(one["level"] == "wrong" for one in told))
    return {one["slug"]: one for one in told}


def test_the_doctor_of_no_folder_says_what_to_do_and_makes_none(tmp_path: Path) -> None:
    with installation(tmp_path / "none") as environment:
        run = gongkai(environment, "doctor")
    assert run.returncode == 1
    assert "办法：运行 gongkai up 建好" in run.stdout
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("command", ["up", "bake", "doctor"])
def test_help_is_there_in_both_languages(command: str, tmp_path: Path) -> None:
    with installation(tmp_path) as environment:
        chinese = gongkai(environment, command, "--help").stdout
        english = gongkai(environment, command, "--help", "--lang", "en").stdout
    assert chinese.startswith(f"用法：gongkai {command} ")
    assert english.startswith(f"Usage: gongkai {command} ")


def test_the_commands_know_how_the_platform_was_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Baked by hand, pages bear the same addresses as those that the platform bakes."""
    environment = {"GONGKAI_MOUNT": "/gk/", "GONGKAI_HOSTS": "www.example"}
    monkeypatch.setattr(os, "environ", environment)
    settle(Place(tmp_path, port=8321))
    assert environment["GONGKAI_HOSTS"] == "www.example,127.0.0.1,localhost,[::1]"
    environment.clear()
    environment["GONGKAI_HOSTS"] = "given.example"
    recall(tmp_path)
    assert environment["GONGKAI_MOUNT"] == "/gk/"
    assert environment["GONGKAI_ORIGIN"] == "http://127.0.0.1:8321"
    assert environment["GONGKAI_HOSTS"] == "given.example"
    environment["GONGKAI_DATABASE_URL"] = "postgresql://u:p@h/d"
    with pytest.raises(CannotRun) as refused:
        recall(tmp_path)
    assert refused.value.reason == "other_database"
    environment.clear()
    environment["GONGKAI_DATABASE_URL"] = "postgresql://u:p@h/d"
    settle(Place(tmp_path))
    assert "p@h" not in (tmp_path / "settings.seen").read_text(encoding="utf-8")

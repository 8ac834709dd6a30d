"""The lock: every dependency, every hash, and no registry named."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def named(requirement: str) -> str:
    match = re.match(r"[\w.\-]+", requirement)
    assert match
    return match[0].lower().replace("_", "-").replace(".", "-")


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [r for group in project["optional-dependencies"].values() for r in group]
    locked = {named(line) for line in LOCK.splitlines() if "==" in line}
    assert {named(r) for r in (*project["dependencies"], *extras)} - locked == set()


def test_every_version_has_hashes_and_no_registry_is_named() -> None:
    entries = re.split(r"\n(?=\S)", LOCK.strip())
    assert [e.splitlines()[0] for e in entries if "--hash=sha256:" not in e] == []
    assert not re.search(r"://|--(extra-)?index|--find-links", LOCK)

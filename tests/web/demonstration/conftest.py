"""The demonstration region as plain data, read once."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

REGION = Path(__file__).parents[3] / "src" / "gongkai" / "web" / "demonstration" / "region"


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((REGION / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def region() -> dict[str, Any]:
    return read("region.toml")


@pytest.fixture(scope="session")
def agencies() -> dict[str, dict[str, Any]]:
    return {agency["slug"]: agency for agency in read("agencies.toml")["agency"]}


@pytest.fixture(scope="session")
def people() -> list[dict[str, Any]]:
    return list(read("people.toml")["person"])


@pytest.fixture(scope="session")
def items() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for path in sorted((REGION / "items").glob("*.toml")):
        for item in tomllib.loads(path.read_text(encoding="utf-8"))["item"]:
            assert item["key"] not in found, item["key"]
            found[item["key"]] = {**item, "agency": path.stem}
    return found


@pytest.fixture(scope="session")
def published(items: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    return [item for item in items.values() if item["disclosure_class"] == "proactive"]


@pytest.fixture(scope="session")
def drafts() -> dict[str, dict[str, Any]]:
    return {draft["key"]: draft for draft in read("drafts.toml")["draft"]}

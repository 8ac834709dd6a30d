"""A mistake in the catalogue's own data is told with its file and its place."""

from __future__ import annotations

import pytest

from gongkai.core.catalogue.load import by_name, made
from gongkai.core.errors import CatalogueError


def test_an_entry_that_lacks_something_is_named() -> None:
    with pytest.raises(CatalogueError, match=r"x\.toml, entry 2: KeyError\('id'\)"):
        made("x.toml", [{"id": "a"}, {}], lambda e: e["id"])


def test_a_double_is_named() -> None:
    with pytest.raises(CatalogueError, match=r"x\.toml: 'a' is declared twice"):
        by_name("x.toml", ("a", "b", "a"), lambda v: v)

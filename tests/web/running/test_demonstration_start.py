"""The first start without a word more: the demonstration, and passwords that open it once."""

from __future__ import annotations

import http.cookiejar
import re
import sqlite3
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Sequence
from pathlib import Path

import pytest

from gongkai.web.people.models import Role
from tests.web.installation import installation

from .test_up import Up, up

# Processes start and end alike whichever database they use.
pytestmark = pytest.mark.once


def test_the_first_start_loads_the_demonstration_and_shows_passwords_once(tmp_path: Path) -> None:
    with installation(tmp_path / "data") as environment:
        with up(environment, empty=False) as run:
            run.until_well(180)
            assert "示范数据" in run.get("/zwgk/zfxxgk/")[1]
            table = re.findall(
                r"^ (\S+) +(\S+) +(\S+) +(\S+) +(\S{4}-\S{4}-\S{4}-\S{4}) *$", until_told(run), re.M
            )
            assert {row[2] for row in table} == {role.label for role in Role}
            username, password = table[0][3:]
            assert Visitor(run).signs_in(username, "wrong") == "422"
            assert Visitor(run).signs_in(username, password) == "/desk/people/me/password/"
            sets_type(run, next(row for row in table if row[2] == Role.DISCLOSURE_OFFICE.label))
            assert run.end()[0] == 0
        with up(environment, empty=False) as again:
            again.until_well()
            code, said = again.end()
        assert code == 0
        assert "一次性密码" not in said
        assert password not in said
        assert not anywhere(tmp_path, password)


def until_told(run: Up) -> str:
    """What the command said until it had nothing more to say."""
    assert run.process.stdout is not None
    lines = []
    for line in run.process.stdout:
        lines.append(line)
        if "Ctrl-C" in line:
            break
    return "".join(lines)


class Visitor:
    """A browser without a screen."""

    def __init__(self, run: Up) -> None:
        self._host = f"http://127.0.0.1:{run.port}"
        cookies = http.cookiejar.CookieJar()
        self._browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(cookies))

    def get(self, path: str) -> bytes:
        """What an address answers."""
        with self._browser.open(self._host + path, timeout=60) as answer:
            return bytes(answer.read())

    def fills_in(self, path: str, **typed: str) -> str:
        """Where a form leads that is filled in so; the status where it is refused."""
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.get(path).decode())
        assert found
        sent = urllib.parse.urlencode({**typed, "csrfmiddlewaretoken": found[1]}).encode()
        try:
            with self._browser.open(self._host + path, sent, timeout=60) as answer:
                return urllib.parse.urlsplit(answer.geturl()).path
        except urllib.error.HTTPError as refused:
            return str(refused.code)

    def signs_in(self, username: str, password: str) -> str:
        """Where somebody is led who signs in so."""
        return self.fills_in("/desk/people/sign-in/", username=username, password=password)


def sets_type(run: Up, row: Sequence[str]) -> None:
    """The server can print a letter: it is no copy of a process that has printed some."""
    visitor, own = Visitor(run), "correct-Horse-7-battery"
    visitor.signs_in(row[3], row[4])
    form = {"password": own, "again": own}
    assert visitor.fills_in("/desk/people/me/password/", **form) == "/desk/people/me/"
    agencies = visitor.get("/desk/requests/settings/").decode()
    found = re.search(r'"(/desk/requests/settings/\d+/)', agencies)
    assert found, agencies
    letter = visitor.get(f"{found[1]}letters/correction_notice/?form=pdf")
    assert letter.startswith(b"%PDF-")


def anywhere(folder: Path, words: str) -> bool:
    """Whether ``words`` stand in any file, or in a database that stands beside them."""
    for database in folder.rglob("*.sqlite3"):
        with sqlite3.connect(database) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
    return any(words.encode() in path.read_bytes() for path in folder.rglob("*") if path.is_file())

"""The first start without a word more: the demonstration, and passwords that open it once."""

from __future__ import annotations

import http.cookiejar
import re
import sqlite3
import urllib.error
import urllib.parse
import urllib.request
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
            assert sign_in(run, username, "wrong") == "422"
            assert sign_in(run, username, password) == "/desk/people/me/password/"
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


def sign_in(run: Up, username: str, password: str) -> str:
    """Where somebody is led who signs in so."""
    cookies = http.cookiejar.CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(cookies))
    address = f"http://127.0.0.1:{run.port}/desk/people/sign-in/"
    with browser.open(address) as page:
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.read().decode())
    assert found
    typed = {"username": username, "password": password, "csrfmiddlewaretoken": found[1]}
    try:
        with browser.open(address, urllib.parse.urlencode(typed).encode()) as answer:
            return urllib.parse.urlsplit(answer.geturl()).path
    except urllib.error.HTTPError as refused:
        return str(refused.code)


def anywhere(folder: Path, words: str) -> bool:
    """Whether ``words`` stand in any file, or in a database that stands beside them."""
    for database in folder.rglob("*.sqlite3"):
        with sqlite3.connect(database) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
    return any(words.encode() in path.read_bytes() for path in folder.rglob("*") if path.is_file())

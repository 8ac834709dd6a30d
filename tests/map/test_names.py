"""What files are called: nouns of the work, no pinyin, no drawers for odds and ends."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gongkai.cli.words import catalogue
from gongkai.core.forms import editions
from gongkai.core.law import instruments
from gongkai.core.rules import rules

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "gongkai"
# Migrations are named and written by Django.
MODULES = sorted(p for p in PACKAGE.rglob("*.py") if "migrations" not in p.parts)

FORBIDDEN = {"utils", "util", "helpers", "helper", "common", "misc", "base", "manager", "managers"}
# Syllables that English words of this field do not end in: zdgk, ysqgk, xzfy, nianbao, …
PINYIN = re.compile(
    r"(?:^|_)(?:zdgk|ysqgk|xzfy|xzss|nianbao|shenqing|gongkai|zhengfu|bumen)(?:_|$)"
)


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_module_is_named_for_what_it_holds_and_says_what_it_is(path: Path) -> None:
    for part in path.relative_to(PACKAGE).parts:
        name = part.removesuffix(".py")
        assert name not in FORBIDDEN
        assert re.fullmatch(r"__(init|main)__|[a-z][a-z0-9_]*", name)
        assert not PINYIN.search(name)
    source = path.read_text(encoding="utf-8").strip()
    assert not source or source.startswith('"""'), "no docstring"


def test_a_data_file_of_the_law_carries_its_year() -> None:
    for name in (*editions(), *instruments()):
        assert re.search(r"(19|20)\d\d$", name)


def test_everything_said_is_said_in_both_languages() -> None:
    for key, said in catalogue().items():
        assert set(said) == {"zh", "en"}, key
        fields = [set(re.findall(r"(?<!{){(\w+)}", text)) for text in said.values()]
        assert fields[0] == fields[1], key
    for rule in rules().values():
        for words in (rule.title, rule.message):
            assert words.zh, rule.id
            assert words.en, rule.id


def test_every_word_of_the_command_is_used() -> None:
    source = "".join(p.read_text(encoding="utf-8") for p in (PACKAGE / "cli").rglob("*.py"))
    unused = [k for k in catalogue() if f'"{k}"' not in source and f"'{k}'" not in source]
    # These are put together from a prefix and a name.
    made = re.compile(
        r"common\.(severity_\w+|max_\w+|timeout|csv|xlsx|parquet)"
        r"|check\.(previous|against|parts)|explain\.\w+"
        r"|compare\.(first|second|same|changed|only_left|only_right|unread)"
        r"|doctor\.(level|what|how)|up\.(agency|person|role|username|password|name)"
    )
    unused = [key for key in unused if not made.fullmatch(key)]
    # What stands in the way of the platform is named there (CannotRun), and told here.
    web = "".join(p.read_text(encoding="utf-8") for p in (PACKAGE / "web").rglob("*.py"))
    assert [k for k in unused if f'"{k.removeprefix("place.")}"' not in web] == []


def test_what_the_command_says_is_plain() -> None:
    for key, said in catalogue().items():
        assert not re.search(r"请您|进行|相关|系统提示|[!！]", said["zh"]), key

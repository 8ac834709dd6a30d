"""``gongkai import-items`` as people run it, and killed in the middle."""

from __future__ import annotations

import csv
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.installation import installation

# A command starts and ends alike whichever database it uses.
pytestmark = pytest.mark.once

_AGENCY = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from gongkai.web.agencies.models import Agency
Agency.objects.create(slug="qh0401", code="QH0401", name="听泉街道办事处", short_name="听泉街道", kind="street")
"""
_COUNT = """
import django; django.setup()
from gongkai.web.publication.models import Publication
from gongkai.web.publication.search import find, words_of
from gongkai.web.disclosure.models import InformationItem, ItemVersion
from gongkai.web.audit.models import AuditEntry
found = find(words_of("补助名单"))
print(Publication.objects.count(), InformationItem.objects.exclude(live=None).count(),
      ItemVersion.objects.count(), found.count,
      sum(entry.after["count"] for entry in AuditEntry.objects.filter(act="item.import")))
"""


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of an installation with one agency."""
    (tmp_path / "data").mkdir()
    with installation(tmp_path / "data", migrated=True) as environment:
        _python(environment, _AGENCY)
        yield environment


def write(path: Path, number: int) -> Path:
    """So many rows; the third has no day."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["标题", "发布日期", "原网址", "法定项目", "正文"])
        for n in range(1, number + 1):
            day = "" if n == 3 else f"20{10 + n % 15}-03-01"
            text = f"<p>第{n}批补助名单，{'经审核符合条件的对象予以公示' * 20}。</p>" * 10
            table.writerow([f"第{n}批补助名单", day, f"http://old.example/{n}", "20-9", text])
    return path


def command(*arguments: str) -> list[str]:
    """The command line."""
    return [sys.executable, "-m", "gongkai", "import-items", *arguments]


def run(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own."""
    return subprocess.run(
        command(*arguments),
        env=environment, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip


def counts(environment: dict[str, str]) -> list[int]:
    """Publications, live items, versions, what a search finds, what the trail tells."""
    return [int(number) for number in _python(environment, _COUNT).split()]


def test_it_tells_what_came_of_it(platform: dict[str, str], tmp_path: Path) -> None:
    source = write(tmp_path / "old.csv", 12)
    done = run(platform, str(source), "--agency", "qh0401")
    assert done.returncode == 1, done.stderr
    assert "迁入 11 条" in done.stdout
    assert "没有收的 1 行" in done.stdout
    assert (tmp_path / "old.refused.csv").read_text("utf-8-sig").endswith("4,没有发布日期\n")
    assert counts(platform) == [11] * 5
    again = run(platform, str(source), "--agency", "QH0401")
    assert "迁入 0 条" in again.stdout
    assert "以前迁入过的 11 条没有动" in again.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["old.csv"], 3, "缺少 --agency"),
        (["old.csv", "--agency", "QH9999"], 3, "没有代码是 QH9999 的机关。现有：QH0401"),
        (["nothing.csv", "--agency", "QH0401"], 2, "没有这个文件"),
        (["old.txt", "--agency", "QH0401"], 2, "表头缺少"),
        ([], 3, "缺少 文件"),
    ],
)
def test_what_is_asked_wrongly_is_told(
    platform: dict[str, str], tmp_path: Path, arguments: list[str], code: int, said: str
) -> None:
    write(tmp_path / "old.csv", 1)
    (tmp_path / "old.txt").write_text("只有一行", "utf-8")
    named = [str(tmp_path / a) if a.endswith((".csv", ".txt")) else a for a in arguments]
    done = run(platform, *named)
    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_killed_it_leaves_whole_batches_and_goes_on(
    platform: dict[str, str], tmp_path: Path
) -> None:
    source = write(tmp_path / "old.csv", 1301)
    process = subprocess.Popen(
        command(str(source), "--agency", "QH0401"), env=platform, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    while process.poll() is None and counts(platform)[0] == 0:
        time.sleep(0.05)
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    left = counts(platform)
    assert left[0] >= 500
    # Everything of a batch is there, or nothing.
    assert left == [left[0], left[0], left[0], min(left[0], 1000), left[0]]
    done = run(platform, str(source), "--agency", "QH0401")
    assert f"迁入 {1300 - left[0]} 条" in done.stdout, done.stderr
    assert counts(platform) == [1300, 1300, 1300, 1000, 1300]


def _python(environment: dict[str, str], program: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=environment, capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    return done.stdout

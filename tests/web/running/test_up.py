"""``gongkai up`` as real processes: first start, second start, what stands in its way, its end."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.web.installation import installation

# Processes start and end alike whichever database they use.
pytestmark = pytest.mark.once

ROOT = Path(__file__).parents[3]
SECONDS = 60.0


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """An installation that the tests of this file start one after another."""
    with installation(tmp_path_factory.mktemp("up") / "data") as made:
        yield made


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


class Up:
    """A run of the command."""

    def __init__(self, environment: dict[str, str], port: int, *more: str) -> None:
        self.port = port
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gongkai", "up", "--port", str(port), *more],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def get(self, path: str) -> tuple[int, str]:
        """Status and text of an address."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as got:
                return got.status, got.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def until(self, holds: Callable[[], bool], seconds: float = SECONDS) -> float:
        """Seconds since the start until ``holds``; fails after ``seconds``."""
        end = time.monotonic() + seconds
        while not self.quietly(holds):
            assert self.process.poll() is None, self.process.communicate()[0]
            assert time.monotonic() < end, "not within the time"
            time.sleep(0.05)
        return time.monotonic() - self.began

    def until_well(self, seconds: float = SECONDS) -> float:
        """Seconds until ``/healthz`` says ok."""
        return self.until(lambda: json.loads(self.get("/healthz")[1]) == {"status": "ok"}, seconds)

    @staticmethod
    def quietly(holds: Callable[[], bool]) -> bool:
        """Whether it holds; what does not answer yet, does not."""
        try:
            return holds()
        except (OSError, ValueError):
            return False

    def end(self, number: int = signal.SIGINT) -> tuple[int, str]:
        """Exit code and output after the signal."""
        self.process.send_signal(number)
        output = self.process.communicate(timeout=SECONDS)[0]
        return self.process.returncode, output


@contextmanager
def up(environment: dict[str, str], *, empty: bool = True) -> Iterator[Up]:
    """A run that is over at the end, whatever happens."""
    run = Up(environment, free_port(), *(["--empty"] if empty else []))
    try:
        yield run
    finally:
        if run.process.poll() is None:
            run.process.kill()
            run.process.communicate()


def children_of(process: int) -> list[int]:
    """The processes started by ``process``, and theirs."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
            if parent == process:
                found += [int(entry.name), *children_of(int(entry.name))]
    return found


def until_all_run(run: Up) -> None:
    """Wait for web and its two, worker and its task runner: a slow machine starts them late."""
    run.until(lambda: len(children_of(run.process.pid)) >= 5)


def lives(process: int) -> bool:
    """Whether a process runs, and is no mere entry of the table."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_the_first_start_makes_everything_and_ctrl_c_ends_it(environment: dict[str, str]) -> None:
    data = Path(environment["GONGKAI_DATA"])
    with up(environment) as run:
        run.until_well()
        assert run.get("/zwgk/zfxxgk/")[0] == 200
        # Everything is baked by the worker in the background.
        run.until(lambda: (data / "site.made").exists())
        assert "政府信息公开" in (data / "site/index.html").read_text(encoding="utf-8")
        until_all_run(run)
        processes = children_of(run.process.pid)
        code, said = run.end()
    assert code == 0
    assert f"数据文件夹  {data}" in said
    assert f"公开平台  http://127.0.0.1:{run.port}/zwgk/zfxxgk/" in said
    assert re.search(rf"首次使用  http://127\.0\.0\.1:{run.port}/first-run/\?token=\S{{20,}}", said)
    assert said.rstrip().endswith("已停止。")
    assert [process for process in processes if lives(process)] == []
    assert not (data / "worker.pulse").exists()
    assert (data.stat().st_mode & 0o777, (data / "files").stat().st_mode & 0o777) == (0o711, 0o700)


def test_the_second_start_takes_under_three_seconds(environment: dict[str, str]) -> None:
    """On a machine that is busy otherwise: under five times what merely loading Django takes."""
    starts, floors = [], []
    bare = [sys.executable, "-c", "import django; django.setup()"]
    for _ in range(3):
        began = time.monotonic()
        subprocess.run(bare, env=environment, check=True)
        floors.append(time.monotonic() - began)
        with up(environment) as run:
            starts.append(run.until_well())
            assert run.end(signal.SIGTERM)[0] == 0
    assert min(starts) < max(3.0, 5 * min(floors)), (starts, floors)


PUBLISH = """
import django; django.setup()
from gongkai.web.agencies.models import Agency, Kind
from tests.web.public.publishing import public_file, publish
agency, _ = Agency.objects.get_or_create(slug="qh0401", code="QH0401", kind=Kind.STREET,
    name="听泉街道办事处", short_name="听泉街道")
publish(agency, 8, "青听路交通管制", files=(public_file("路线.pdf"),))
"""
TAKE_BACK = """
import django; django.setup()
from tests.web.public.publishing import take_back
take_back(8)
"""


def test_what_is_published_is_in_the_files_within_five_seconds(
    environment: dict[str, str],
) -> None:
    site = Path(environment["GONGKAI_DATA"]) / "site"
    item, file = site / "item/2026/8.html", site / "files/8/路线.pdf"
    with up(environment) as run:
        run.until_well()
        run.until(lambda: (site.with_name("site.made")).exists())
        act(environment, PUBLISH)
        run.until(lambda: item.exists() and file.exists() and told(site, "青听路交通管制"), 5)
        act(environment, TAKE_BACK)
        run.until(lambda: not file.exists() and not told(site, "青听路交通管制"), 5)
        assert "青听路交通管制" not in item.read_text(encoding="utf-8")
        assert item.with_name("8.html.gone").exists()
        run.end()


def act(environment: dict[str, str], code: str) -> None:
    """Do something in another process, as somebody at the desk would."""
    subprocess.run([sys.executable, "-c", code], env=environment, cwd=ROOT, check=True)


def told(site: Path, title: str) -> bool:
    """Whether the home page tells of it, as it is and compressed."""
    page = site / "index.html"
    return title in page.read_text(encoding="utf-8") and page.with_name("index.html.gz").exists()


def test_only_one_at_a_time_uses_a_folder(environment: dict[str, str]) -> None:
    with up(environment) as run:
        run.until_well()
        with up(environment) as second:
            said = second.process.communicate(timeout=SECONDS)[0]
        assert second.process.returncode == 1
        assert f"已经有一个平台在用：进程 {run.process.pid}，http://127.0.0.1:{run.port}" in said
        assert run.get("/healthz")[0] == 200
        run.end()


def test_a_port_in_use_is_said_and_another_proposed(
    environment: dict[str, str], tmp_path: Path
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        run = Up(environment, port)
        said = run.process.communicate(timeout=SECONDS)[0]
    assert run.process.returncode == 1
    assert f"端口 {port} 已被别的程序占用。换一个，例如 --port {port + 1}。" in said


def test_a_folder_that_cannot_be_used_is_said(environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    run = Up(environment, free_port(), "--data", str(tmp_path / "file" / "data"))
    said = run.process.communicate(timeout=SECONDS)[0]
    assert run.process.returncode == 1
    assert "不能用：路径中有一段是文件，不是文件夹。用 --data 换一个" in said


def test_an_address_that_is_not_ours_is_said(environment: dict[str, str]) -> None:
    run = Up(environment, free_port(), "--host", "192.0.2.1")
    said = run.process.communicate(timeout=SECONDS)[0]
    assert run.process.returncode == 1
    assert "这台机器没有地址 192.0.2.1" in said


def test_a_database_that_is_away_is_said(environment: dict[str, str], tmp_path: Path) -> None:
    away = {
        **environment,
        "GONGKAI_DATA": str(tmp_path),
        "GONGKAI_DATABASE_URL": f"postgresql://nobody@127.0.0.1:{free_port()}/none",
    }
    run = Up(away, free_port())
    said = run.process.communicate(timeout=SECONDS)[0]
    assert run.process.returncode == 1
    assert "数据库打不开：" in said


def test_a_worker_that_is_killed_is_started_again(environment: dict[str, str]) -> None:
    with up(environment) as run:
        run.until_well()
        pulse = Path(environment["GONGKAI_DATA"]) / "worker.pulse"
        until_all_run(run)
        # The worker is the parent of a single task runner; the web server has two processes.
        worker = next(p for p in children_of(run.process.pid) if len(children_of(p)) == 1)
        os.kill(worker, signal.SIGKILL)
        pulse.unlink()
        run.until(pulse.exists)
        assert worker not in children_of(run.process.pid)
        assert run.end()[0] == 0


def test_children_end_with_a_parent_that_is_killed(environment: dict[str, str]) -> None:
    with up(environment) as run:
        run.until_well()
        processes = children_of(run.process.pid)
        run.process.kill()
        run.process.communicate()
        end = time.monotonic() + 30
        while any(lives(process) for process in processes) and time.monotonic() < end:
            time.sleep(0.1)
        assert [process for process in processes if lives(process)] == []
    with up(environment) as again:
        again.until_well()
        assert again.end()[0] == 0

"""The machine: Python, SQLite, LibreOffice, fonts, the clock."""

from __future__ import annotations

import platform
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from zoneinfo import ZoneInfo

from .condition import Condition, good, notice, wrong

_OLDEST_PYTHON = (3, 11)
_DAY_SECONDS = 86400
_HERE = ZoneInfo("Asia/Shanghai")


def conditions() -> Iterator[Condition]:
    """Everything that can be asked without a data folder."""
    yield _python()
    yield _sqlite()
    yield _libreoffice()
    yield _fonts()
    yield _clock(time.time())


def _python() -> Condition:
    version = platform.python_version()
    if sys.version_info < _OLDEST_PYTHON:
        return wrong(
            "python", "Python", f"{version}，要 3.11 或更新", "装新的 Python 再装一次平台。"
        )
    return good("python", "Python", version)


def _sqlite() -> Condition:
    version = sqlite3.sqlite_version
    with sqlite3.connect(":memory:") as connection:
        options = {row[0] for row in connection.execute("PRAGMA compile_options")}
    connection.close()
    if "ENABLE_FTS5" not in options:
        return wrong(
            "sqlite", "SQLite", f"{version}，没有全文检索（FTS5）",
            "换一个带 FTS5 的 Python，或者用 PostgreSQL（GONGKAI_DATABASE_URL）。",
        )  # fmt: skip
    return good("sqlite", "SQLite", version)


def _libreoffice() -> Condition:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        return notice(
            "libreoffice", "LibreOffice", "没有装：旧的 doc、wps、rtf 文件读不了",
            "apt install libreoffice-writer-nogui libreoffice-calc-nogui",
        )  # fmt: skip
    return good("libreoffice", "LibreOffice", program)


def _fonts() -> Condition:
    if find_spec("pylopdf_fonts_zh_cn") is None:
        return wrong(
            "fonts", "字体", "缺少 pdf 用的中文字体包",
            "按 requirements.lock 重新装依赖：make setup",
        )  # fmt: skip
    lister = shutil.which("fc-list")
    if lister is None:
        return good("fonts", "字体", "pdf 用自带的中文字体")
    listed = subprocess.run(
        [lister, ":lang=zh", "family"], capture_output=True, text=True, check=False, timeout=30
    )
    if not listed.stdout.strip():
        return notice(
            "fonts", "字体", "系统没有中文字体：pdf 用自带的，LibreOffice 转换的版面会不准",
            "apt install fonts-noto-cjk",
        )  # fmt: skip
    return good("fonts", "字体", f"系统有 {len(listed.stdout.splitlines())} 种中文字体")


def _clock(now: float) -> Condition:
    newest = max(path.stat().st_mtime for path in Path(__file__).parent.glob("*.py"))
    if now < newest - _DAY_SECONDS:
        return wrong(
            "clock", "时钟", f"系统时间 {_written(now)} 早于程序文件的日期",
            "校准时钟，打开自动对时：timedatectl set-ntp true",
        )  # fmt: skip
    status = Path("/run/systemd/timesync/synchronized")
    if status.parent.exists() and not status.exists():
        return notice(
            "clock", "时钟", f"{_written(now)}，还没有和时间服务器对过时",
            "打开自动对时：timedatectl set-ntp true。发布时间不能改，时钟要准。",
        )  # fmt: skip
    return good("clock", "时钟", _written(now))


def _written(moment: float) -> str:
    return f"{datetime.fromtimestamp(moment, _HERE):%Y-%m-%d %H:%M:%S}（北京时间）"

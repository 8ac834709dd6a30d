"""The tree of commands: language, usage errors, exit codes, and how a run ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from gongkai.cli.main import build
from gongkai.cli.program import Context
from gongkai.cli.session import Session

from .conftest import Run

COMMANDS = ("read", "check", "convert", "aggregate", "compare", "form", "explain")
Process = Callable[..., subprocess.CompletedProcess[str]]


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_chinese_unless_asked_otherwise(gongkai: Run, command: str) -> None:
    chinese = gongkai(command, "--help")
    assert (chinese.exit_code, "用法：gongkai" in chinese.stdout) == (0, True)
    for arguments in ((command, "--help", "--lang", "en"), ("--lang=en", command, "--help")):
        english = gongkai(*arguments)
        assert english.exit_code == 0
        assert english.stdout.startswith(f"Usage: gongkai {command} ")
        assert english.stdout.isascii() or "…" in english.stdout


def test_the_environment_sets_the_language(gongkai: Run) -> None:
    assert gongkai("--help", env={"GONGKAI_LANG": "en"}).stdout.startswith("Usage: ")
    assert gongkai("--help", env={"GONGKAI_LANG": "fr"}).stdout.startswith("用法：")
    both = gongkai("--help", "--lang", "zh", env={"GONGKAI_LANG": "en"})
    assert both.stdout.startswith("用法：")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("chek x", "没有命令 chek。是不是 check？"),
        ("zzzz", "没有命令 zzzz。用法见 gongkai --help。"),
        ("read", "缺少 文件或文件夹…。"),
        ("read x --jbs 3", "没有选项 --jbs。是不是 --jobs"),
        ("read x -j", "选项 -j 后面要有值。用法见 gongkai read --help。"),
        ("read x -j 0", "--jobs：“0”应为不小于 1 的整数。"),
        ("read x --timeout inf", "--timeout：“inf”应为不小于 0.1 的数。"),
        ("read x --timeout nan", "--timeout：“nan”应为不小于 0.1 的数。"),
        ("read x --json=3", "选项 --json 不带值。"),
        ("read x --level 高", "--level：“高”应为 error、warning、note 之一。"),
        ("form 2023", "缺少 -o。"),
        ("form 2018 -o x.docx", "2018 年没有统一格式（2019 年起才有）。"),
        ("form 2023 -o x.doc", "x.doc 的扩展名应为 docx、html、json、pdf、xlsx 之一。"),
        ("form 2023 4 -o x.docx", "多出了 4。"),
        ("explain input.emty", "没有规则 input.emty。是不是 input.empty"),
        ("--lang fr read x", "--lang：“fr”应为 zh、en 之一。"),
    ],
)
def test_usage_errors_say_what_to_do_in_chinese(gongkai: Run, arguments: str, said: str) -> None:
    run = gongkai(*arguments.split())
    assert run.exit_code == 3
    assert said in run.stderr
    assert run.stdout == ""


def test_without_a_command_the_help_is_shown(gongkai: Run) -> None:
    run = gongkai()
    assert run.exit_code == 3
    assert all(f"  {command} " in run.stderr for command in COMMANDS)


def test_the_version_is_told(process: Process) -> None:
    run = process("--version")
    assert (run.returncode, run.stdout, run.stderr) == (0, "gongkai 0.1.0\n", "")


def test_a_closed_pipe_ends_quietly(report_file: Callable[..., Path]) -> None:
    path = report_file("a.json")
    for number in range(30):
        (path.parent / f"{number}.json").write_bytes(path.read_bytes())
    command = [sys.executable, "-m", "gongkai", "read", "--json", str(path.parent)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        run.stdout.readline()
        run.stdout.close()
        assert run.stderr.read() == b""
        assert run.wait() == 141


def test_ctrl_c_ends_quietly(tmp_path: Path) -> None:
    # A pipe nobody writes to: the reader waits for it until it is interrupted.
    fifo = tmp_path / "a.txt"
    os.mkfifo(fifo)
    command = [sys.executable, "-m", "gongkai", "read", str(fifo)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        writer = os.open(fifo, os.O_WRONLY)  # waits until the worker has opened it
        time.sleep(0.05)
        run.send_signal(signal.SIGINT)
        out, err = run.communicate()
        os.close(writer)
    # The empty line ends the one on which the terminal shows ^C.
    assert (run.returncode, out) == (130, b"")
    assert err.decode() == "\n已中断，读了 0 份。\n"


def test_help_of_every_command_fits_its_width() -> None:
    from rich.cells import cell_len

    for language in ("zh", "en"):
        program = build(language)
        for name, command in program.commands.items():
            context = Context(command, info_name=name, obj=Session(language), terminal_width=80)
            for line in command.get_help(context).splitlines():
                assert cell_len(line) <= 80, line

"""``gongkai clock`` and ``gongkai days``: a case on stdin, its account on stdout."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from gongkai.cli.main import build

from .conftest import Run

CASE = (
    '{"received":"2025-09-22","channel":"counter","acts":['
    '{"act":"ask_for_correction","on":"2025-09-26"},{"act":"corrected","on":"2025-10-13"}]}'
)
YEAR_2027 = """
year = 2027
[[notice]]
title = "国务院办公厅关于2027年部分节假日安排的通知"
number = "国办发明电〔2026〕9号"
made_on = 2026-11-05
[[holiday]]
name = "元旦"
from = 2027-01-01
until = 2027-01-03
"""


def clock(given: str | bytes, *arguments: str, language: str = "zh") -> Result:
    program = build(language)
    # Wide enough that no sentence of the table is broken.
    return CliRunner(env={"COLUMNS": "200"}).invoke(
        program, ["clock", *arguments], input=given, prog_name="gongkai"
    )


def test_the_case_of_the_issue() -> None:
    run = clock(CASE, "--json", "--today", "2025-10-20")
    told: dict[str, Any] = json.loads(run.stdout)
    assert (run.exit_code, run.stderr) == (0, "")
    assert told["due_on"] == "2025-11-10"
    assert told["state"] == "processing"
    assert told["late"] is False
    assert told["today"] == "2025-10-20"
    assert set(told["account"][0]) >= {"day", "counted", "why", "article"}
    assert [line["day"] for line in told["account"] if line["counted"]][-1] == "2025-11-10"


def test_without_a_day_it_is_the_machines() -> None:
    told = json.loads(clock(CASE, "--json").stdout)
    assert told["today"] >= "2026-01-01"
    assert told["late"] is True


def test_a_table_for_people() -> None:
    run = clock(CASE, "--today", "2025-10-20")
    assert run.exit_code == 0
    for said in (
        "答复期限到 2025-11-10",
        "到达：2025-09-22　收到之日：2025-09-22",
        "状态：办理中",
        "还剩 15 个工作日",
        "2025-09-22 – 2025-10-12",
        "收到补正当日，不计入",
        "第20个工作日；答复期限届满",
        "政府信息公开条例第三十三条第一款",
        "告知补正最迟：2025-09-30（2025-09-26 已办）",
        "未核实",
    ):
        assert said in run.stdout, said


def test_what_is_not_allowed_is_shown_with_its_article() -> None:
    late = CASE.replace('"corrected","on":"2025-10-13"', '"ask_for_correction","on":"2025-10-13"')
    run = clock(late, "--today", "2025-10-20")
    assert run.exit_code == 0
    assert "再次告知补正" in run.stdout
    assert "第三十条" in run.stdout


def test_the_words_around_it_are_english_where_asked() -> None:
    run = clock(CASE, "--today", "2025-10-20", "--lang", "en", language="en")
    assert "15 working days left" in run.stdout


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("", "没有内容。经过写成 JSON，从标准输入读。"),
        ("{", "不是 JSON：第 1 行第 2 个字符处写法有误。"),
        ("null", "应当是一个 JSON 对象，写明 received、channel 和 acts。"),
        (b"\xff\xfe{}", "不是 UTF-8 编码的文字。"),
        ("[" * 100_000, "不是一件申请的经过：括号套得太深，或者数字太长。"),
        (" " * 1_000_001, "超过 1000000 字节，不像一件申请的经过。"),
        ('{"received":"2025-09-22"}', "没有写 channel。"),
        (CASE.replace("counter", "pigeon"), "channel 认不出 “pigeon”，应为 "),
        (CASE.replace('"corrected"', '"jump"'), "acts 第 2 项的 act 认不出 “jump”，应为 "),
        (CASE.replace("2025-09-26", "2025-09-31"), "的 on 写的 2025-09-31 不是日历上的日子。"),
    ],
)
@pytest.mark.parametrize("how", [(), ("--json",)])
def test_what_cannot_be_read_is_said_on_one_line(
    given: str | bytes, said: str, how: tuple[str, ...]
) -> None:
    run = clock(given, *how)
    assert (run.exit_code, run.stdout) == (2, "")
    assert len(run.stderr.splitlines()) == 1
    assert run.stderr.startswith("标准输入：")
    assert said in run.stderr


def test_a_byte_order_mark_does_no_harm() -> None:
    assert clock(b"\xef\xbb\xbf" + CASE.encode(), "--json").exit_code == 0


def test_a_year_announced_since_settles_the_day(gongkai: Run, tmp_path: Path) -> None:
    case = '{"received":"2026-12-15","channel":"counter"}'
    before = json.loads(clock(case, "--json", "--today", "2026-12-15").stdout)
    assert (before["due_on"], before["provisional"]) == ("2027-01-12", True)
    path = tmp_path / "2027.toml"
    path.write_text(YEAR_2027, encoding="utf-8")
    given = ("--json", "--today", "2026-12-15", "--holidays", str(path))
    after = json.loads(clock(case, *given).stdout)
    assert (after["due_on"], after["provisional"], after["why"]) == ("2027-01-13", False, "")
    counted = gongkai("days", "2026-12-15", "--after", "20", "--json", "--holidays", path)
    assert json.loads(counted.stdout)["provisional"] is False


def test_a_bad_arrangement_is_refused(gongkai: Run, tmp_path: Path) -> None:
    path = tmp_path / "2027.toml"
    path.write_text("year = 2027", encoding="utf-8")
    for run in (
        clock(CASE, "--holidays", str(path)),
        gongkai("days", "2025-09-22", "--holidays", path),
    ):
        assert (run.exit_code, run.stdout) == (2, "")
        assert "没有写通知" in run.stderr
    missing = gongkai("days", "2025-09-22", "--holidays", tmp_path / "no.toml")
    assert missing.exit_code == 2
    assert "没有这个文件" in missing.stderr
    path.write_bytes(b"\xff\xfe\x00")
    assert "不是 UTF-8 编码的文字。" in gongkai("days", "2025-09-22", "--holidays", path).stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("2025-09-22 --after 20", "2025-09-22 后第 20 个工作日：2025-10-24（周五）\n"),
        ("2025-09-22 2025-10-24", "2025-09-22 后到 2025-10-24：20 个工作日\n"),
        ("2025-09-22 2025-09-22", "2025-09-22 后到 2025-09-22：0 个工作日\n"),
        ("2025-10-09", "2025-10-09（周四）是工作日\n"),
        ("2025-10-11", "2025-10-11（周六）是工作日：国庆节、中秋节调休\n"),
        ("2025-10-01", "2025-10-01（周三）不是工作日：国庆节、中秋节\n"),
        ("2025-10-12", "2025-10-12（周日）不是工作日\n"),
        (
            "2026-12-20 --after 20",
            "2026-12-20 后第 20 个工作日：2027-01-15（周五）\n"
            "暂定：2027年的放假安排还没有公布，按周一至周五暂算\n",
        ),
    ],
)
def test_days_counted(gongkai: Run, arguments: str, said: str) -> None:
    run = gongkai("days", *arguments.split())
    assert (run.exit_code, run.stdout) == (0, said)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            "2025-09-22 --after 20",
            {
                "start": "2025-09-22",
                "after": 20,
                "day": "2025-10-24",
                "provisional": False,
                "why": "",
            },
        ),
        (
            "2025-09-22 2025-10-24",
            {
                "start": "2025-09-22",
                "end": "2025-10-24",
                "days": 20,
                "provisional": False,
                "why": "",
            },
        ),
        (
            "2025-10-11",
            {
                "day": "2025-10-11",
                "working": True,
                "name": "国庆节、中秋节",
                "provisional": False,
                "why": "",
            },
        ),
    ],
)
def test_days_as_json(gongkai: Run, arguments: str, told: dict[str, Any]) -> None:
    assert json.loads(gongkai("days", *arguments.split(), "--json").stdout) == told


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("", "缺少 日期。"),
        ("2025-9-1", "日期：“2025-9-1”应为 2025-09-22 这样的日期。"),
        ("2025-02-30", "日期：“2025-02-30”应为 2025-09-22 这样的日期。"),
        ("9999-12-31 --after 20", "“9999-12-31”应为 2025-09-22 这样的日期。"),
        ("2025-09-22 2025-09-01", "截止日 2025-09-01 早于起始日 2025-09-22。"),
        ("2025-09-22 2025-10-24 --after 3", "截止日和 --after 只能写一个。"),
        ("2025-09-22 --after 0", "--after：“0”应为不小于 1 的整数。"),
        ("2025-09-22 --after 100001", "最多数 100000 个工作日。"),
    ],
)
def test_days_misunderstood(gongkai: Run, arguments: str, said: str) -> None:
    run = gongkai("days", *arguments.split())
    assert run.exit_code == 3
    assert said in run.stderr

"""Which rows are taken, what of them, and why the others are not."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from gongkai.core.normative_document import EventKind
from gongkai.web.disclosure.models import ItemKind
from gongkai.web.importing.columns import COLUMNS, column_named
from gongkai.web.importing.judging import Candidate, Unfit, judge

_HERE = timezone(timedelta(hours=8))
_NOW = datetime(2026, 11, 21, 12, tzinfo=_HERE)
_ROW = {
    "title": "关于加装电梯的通知",
    "published_at": "2019-05-06 10:30",
    "former_address": "http://old.example/1.html",
    "statutory": "20-1",
    "body_html": "<p>正文</p>",
}


def judged(**values: Any) -> Candidate:
    """A good row with other values."""
    return judge(2, {**_ROW, **values}, _NOW, dict(ItemKind.choices))


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2019-05-06", datetime(2019, 5, 6, tzinfo=_HERE)),
        ("2019/5/6 9:05", datetime(2019, 5, 6, 9, 5, tzinfo=_HERE)),
        ("2019年5月6日", datetime(2019, 5, 6, tzinfo=_HERE)),
        ("2019年5月6日 10时30分", datetime(2019, 5, 6, 10, 30, tzinfo=_HERE)),
        ("20190506", datetime(2019, 5, 6, tzinfo=_HERE)),
        ("2019.05.06 10:30:15", datetime(2019, 5, 6, 10, 30, 15, tzinfo=_HERE)),
        ("2019-05-06T10:30:15.123", datetime(2019, 5, 6, 10, 30, 15, tzinfo=_HERE)),
        ("2019-05-06T02:30:00Z", datetime(2019, 5, 6, 10, 30, tzinfo=_HERE)),
        ("2019-05-05T22:30-04:00", datetime(2019, 5, 6, 2, 30, tzinfo=UTC)),
    ],
)
def test_days_as_sites_write_them(written: str, moment: datetime) -> None:
    assert judged(published_at=written).published_at == moment


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"title": " "}, "没有标题"),
        ({"title": "长" * 301}, "标题有 301 个字，最多 300 个"),
        ({"title": ["标题"]}, "标题应是文字"),
        ({"published_at": ""}, "没有发布日期"),
        ({"published_at": "去年"}, "发布日期“去年”看不懂"),
        ({"published_at": "2019-02-30"}, "没有这一天"),
        ({"published_at": "2019-02-03 25:00"}, "没有这一天或者这个时刻"),
        ({"published_at": "2027-01-01"}, "还没有到"),
        ({"made_on": "2019-06-01"}, "成文日期 2019-06-01 在发布日期 2019-05-06 之后"),
        ({"former_address": ""}, "没有原网址"),
        ({"body_html": ""}, "正文和附件都没有"),
        ({"statutory": ""}, "没有法定项目"),
        ({"statutory": "20-99"}, "法定项目“20-99”没有"),
        ({"column": "guide"}, "栏目“guide”没有"),
        ({"kind": "别的"}, "种类“别的”没有"),
        ({"kind": "normative_document", "made_on": "2019-05-01"}, "没有发文字号"),
        ({"kind": "行政规范性文件", "document_number": "青政规〔2019〕1号"}, "没有成文日期"),
        ({"validity": "已废止"}, "种类应是行政规范性文件"),
        ({"validity": "大概有效"}, "有效性“大概有效”没有"),
        ({"attachments": [1]}, "附件应写明"),
        ({"attachments": '[{"path": "a.pdf"'}, "附件像是 JSON"),
        ({"attachments": [{"data": "AAAA"}]}, "附件应写明"),
        ({"attachments": [{"name": "a.pdf", "data": "%%"}]}, "不是完整的 base64"),
    ],
)
def test_rows_that_cannot_be_taken_say_why(values: dict[str, Any], why: str) -> None:
    with pytest.raises(Unfit, match=why):
        judged(**values)


def test_what_is_taken() -> None:
    found = judged(
        column="法定主动公开内容",
        statutory="财政预算、决算",
        kind="决算",
        made_on="2019-05-01",
        keywords="电梯，补助 住宅；电梯",
        genre="通知",
        theme="construction_and_environment",
        document_number=" 青政〔2019〕 1号 ",
        effective_on="2019-06-01",
        attachments="a/1.pdf|b/2.pdf\n",
    )
    assert (found.column, found.statutory, found.kind) == ("statutory", "20-7", "final_accounts")
    assert found.facts["keywords"] == ["电梯", "补助", "住宅"]
    assert found.facts["theme"] == "construction_and_environment"
    assert found.facts["genre"] == "notice"
    assert found.facts["document_number"] == "青政〔2019〕 1号"
    assert found.facts["effective_on"] == date(2019, 6, 1)
    assert [file.path for file in found.files] == ["a/1.pdf", "b/2.pdf"]
    assert found.remarks == ()


def test_what_a_list_does_not_have_is_left_empty_and_said() -> None:
    found = judged(theme="我区特色", genre="三定方案", kind="政策解读")
    assert found.facts["theme"] == found.facts["genre"] == ""
    assert [r.partition("：")[0][:6] for r in found.remarks] == [
        "政策解读",
        "体裁“三定方",
        "主题分类“我",
    ]


def test_a_document_that_ended() -> None:
    document = {
        "kind": "normative_document",
        "document_number": "青政规〔2019〕1号",
        "made_on": "2019-05-01",
    }
    ended = judged(**document, validity="废止", ended_on="2024-01-01", ended_by="青政规〔2024〕1号")
    assert ended.ending is not None
    assert (ended.ending.kind, ended.ending.on) == (EventKind.REPEALED, date(2024, 1, 1))
    with pytest.raises(Unfit, match="没有废止日期"):
        judged(**document, validity="已废止")
    # It lapses by itself when its term ends.
    assert judged(**document, validity="失效", expires_on="2024-01-01").ending is None
    assert judged(**document, validity="现行有效").ending is None


def test_a_rule_needs_no_statutory_item() -> None:
    assert judged(column="rules", statutory="20-1").statutory == ""
    assert judged(column="政府信息公开制度", statutory="").column == "rules"


def test_files_as_objects() -> None:
    (one, two) = judged(
        attachments=[
            {"path": "a.pdf", "name": "附件1.pdf", "description": "名单"},
            {"name": "b.txt", "data": "5Yac"},
        ]
    ).files
    assert (one.path, one.name, one.description) == ("a.pdf", "附件1.pdf", "名单")
    assert two.data == "农".encode()


def test_headings_mean_one_column_each() -> None:
    for column in COLUMNS:
        for called in (column.name, column.label, *column.also):
            assert column_named(f" {called} ") == column.name
    assert column_named("点击量") == ""

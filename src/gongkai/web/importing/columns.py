"""What a row of the file to be imported may hold, by its name there; one screen."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what it may also be called, whether every row needs it.

    ``longest``: the most characters that are taken; 0 where there is no such limit.
    """

    name: str
    label: str
    also: tuple[str, ...] = ()
    needed: bool = False
    longest: int = 0


COLUMNS = (
    Column("title", "标题", needed=True, longest=300),
    Column("published_at", "发布日期", ("发布时间", "published_on"), needed=True),
    Column("former_address", "原网址", ("网址", "链接", "url"), needed=True, longest=500),
    Column("body_html", "正文", ("内容", "html")),
    Column("attachments", "附件"),
    Column("column", "栏目"),
    Column("statutory", "法定项目", longest=40),
    Column("kind", "种类", ("类型",)),
    Column("made_on", "成文日期", ("成文时间", "生成日期")),
    Column("document_number", "发文字号", ("文号",), longest=80),
    Column("index_number", "索引号", longest=80),
    Column("issuer", "发文机关", ("发布机构",), longest=200),
    Column("source", "来源", longest=120),
    Column("genre", "体裁", ("文种",)),
    Column("theme", "主题分类", ("主题",)),
    Column("keywords", "关键词", ("主题词",)),
    Column("summary", "内容概述", ("摘要", "概述")),
    Column("effective_on", "施行日期", ("生效日期",)),
    Column("expires_on", "有效期至", ("失效日期",)),
    Column("validity", "有效性"),
    Column("ended_on", "废止日期"),
    Column("ended_by", "废止依据", longest=200),
)
_NAMES = {
    called.casefold(): column.name
    for column in COLUMNS
    for called in (column.name, column.label, *column.also)
}


def column_named(heading: str) -> str:
    """The name of the column that a heading means; "" where it means none."""
    return _NAMES.get("".join(heading.split()).casefold(), "")

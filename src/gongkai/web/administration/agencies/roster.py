"""The roster of agencies as a table: its columns, what is written, how a cell is read.

A column that the file lacks changes nothing; an empty cell of a column it has means empty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.web.agencies.models import Agency, Kind, Officer, PastName

YES, NO = "是", "否"


class Misread(Exception):
    """A cell that cannot be what its column wants; the message says what is wrong."""


@dataclass(frozen=True)
class Column:
    """One column: its head, the fact it holds, what to write, and how to read it back."""

    head: str
    fact: str
    hint: str
    write: Callable[[Agency], Any]
    read: Callable[[str], Any] = str
    required: bool = False


def _kind(text: str) -> str:
    for kind in Kind:
        if text in (kind.label, kind.value):
            return kind.value
    raise Misread(f"“{text}”不是类别，可以填{'、'.join(k.label for k in Kind)}")


def _yes(text: str) -> bool:
    if text not in (YES, NO):
        raise Misread(f"“{text}”要填{YES}或{NO}")
    return text == YES


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Misread(f"“{text}”不是日期，写成 2026-01-31") from error


def _number(text: str) -> int:
    try:
        return int(text or "0")
    except ValueError as error:
        raise Misread(f"“{text}”不是整数") from error


def _lines(count: int, least: int) -> Callable[[str], list[tuple[str, ...]]]:
    def read(text: str) -> list[tuple[str, ...]]:
        found = []
        for line in filter(None, map(str.strip, text.splitlines())):
            parts = [part.strip() for part in line.split("|")]
            if not least <= len(parts) <= count or not all(parts[:least]):
                raise Misread(f"“{line}”写得不对，看这一列的说明")
            found.append(tuple(parts + [""] * (count - len(parts))))
        return found

    return read


def _code(name: str) -> Callable[[Agency], str]:
    def write(agency: Agency) -> str:
        other: Agency | None = getattr(agency, name)
        return other.code if other else ""

    return write


def _plain(name: str) -> Callable[[Agency], Any]:
    return lambda agency: getattr(agency, name)


def _officers(agency: Agency) -> str:
    return "\n".join(f"{o.name}|{o.post}|{o.duty}".rstrip("|") for o in agency.officers.all())


def _past_names(agency: Agency) -> str:
    return "\n".join(
        f"{p.name}|{p.short_name}|{p.until}|{p.reason}".rstrip("|") for p in agency.past_names.all()
    )


COLUMNS = (
    Column("机关代码", "code", "字母和数字，认机关用，不能改", _plain("code"), required=True),
    Column("网址名", "slug", "新机关要填：小写字母、数字和 -，不能改", _plain("slug")),
    Column("机关全称", "name", "改名在机关页面办", _plain("name"), required=True),
    Column("简称", "short_name", "", _plain("short_name"), required=True),
    Column(
        "类别", "kind", "、".join(k.label for k in Kind), lambda a: a.get_kind_display(), _kind,
        required=True,
    ),
    Column("上级代码", "parent", "上级的机关代码，最上一级空着", _code("parent")),
    Column("主管范围代码", "competent_for", "主管部门才填：它主管的政府的机关代码", _code("competent_for")),
    Column("统一社会信用代码", "unified_code", "18 位", _plain("unified_code")),
    Column("顺序", "position", "整数，小的在前", _plain("position"), _number),
    Column("索引号格式", "index_template", "例如 {org}-{year}-{seq:05d}", _plain("index_template")),
    Column("公开工作机构", "disclosure_office", "", _plain("disclosure_office")),
    Column("办公地址", "address", "", _plain("address")),
    Column("邮政编码", "postcode", "", _plain("postcode")),
    Column("联系电话", "phone", "", _plain("phone")),
    Column("传真", "fax", "", _plain("fax")),
    Column("电子邮箱", "mailbox", "", _plain("mailbox")),
    Column("办公时间", "office_hours", "", _plain("office_hours")),
    Column("机关职能", "functions", "", _plain("functions")),
    Column("科室审核", "section_review", f"{YES}或{NO}", lambda a: YES if a.section_review else NO, _yes),
    Column("签发", "approval", f"{YES}或{NO}", lambda a: YES if a.approval else NO, _yes),
    Column("设立日期", "began_on", "2026-01-31", _plain("began_on"), _day),
    Column("撤销日期", "ended_on", "撤销、并入在机关页面办", _plain("ended_on"), _day),
    Column("并入代码", "succeeded_by", "同上", _code("succeeded_by")),
    Column("负责人", "officers", "每人一行：姓名|职务|分工", _officers, _lines(3, 2)),
    Column("曾用名", "past_names", "每个一行：全称|简称|使用至|原因，只读新机关的", _past_names, _lines(4, 3)),
)  # fmt: skip
HEADS = tuple(column.head for column in COLUMNS)
REQUIRED = tuple(column.head for column in COLUMNS if column.required)
OTHERS = ("parent", "competent_for", "succeeded_by")
BELOW = ("officers", "past_names")


def rows_of(agencies: Iterable[Agency]) -> list[list[Any]]:
    """The roster as rows, the tree from its top."""
    return [[column.write(agency) for column in COLUMNS] for agency in agencies]


def facts_of_row(row: Mapping[str, str]) -> dict[str, Any]:
    """What a row says, by the names of facts; Misread names the column."""
    facts: dict[str, Any] = {}
    for column in COLUMNS:
        if column.head not in row:
            continue
        text = _unguarded(row[column.head].replace("\r\n", "\n").strip())
        if column.required and not text:
            raise Misread(f"{column.head}没有填")
        try:
            facts[column.fact] = column.read(text)
        except Misread as error:
            raise Misread(f"{column.head}：{error}") from error
    return facts


def set_below(agency: Agency, facts: Mapping[str, Any]) -> None:
    """Write the officers and past names of a row."""
    if "officers" in facts:
        agency.officers.all().delete()
        Officer.objects.bulk_create(
            Officer(agency=agency, name=name, post=post, duty=duty, position=position)
            for position, (name, post, duty) in enumerate(facts["officers"])
        )
    for name, short_name, until, reason in facts.get("past_names", ()):
        PastName.objects.get_or_create(
            agency=agency, name=name, short_name=short_name, until=until, reason=reason
        )


def below_of(agency: Agency) -> dict[str, list[tuple[str, ...]]]:
    """Officers and past names of an agency, as a row's cells are read."""
    return {
        "officers": _lines(3, 2)(_officers(agency)),
        "past_names": _lines(4, 3)(_past_names(agency)),
    }


def _unguarded(text: str) -> str:
    # A csv of ours guards what a spreadsheet program would run.
    return text[1:] if text[:1] == "'" and text[1:2] in tuple("=+-@") else text

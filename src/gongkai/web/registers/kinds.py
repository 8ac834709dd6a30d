"""The registers there are: what each holds, how it is shown, entered, imported and exported."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from gongkai.core.catalogue import standard_channels
from gongkai.core.screening import WordKind
from gongkai.web.agencies.models import Agency
from gongkai.web.sheets import marked, named

from .models import CountKind, PowerEntry, StandardEntry, WordListEntry, YearlyCount

Row = Mapping[str, str]


@dataclass(frozen=True)
class Register:
    """One register.

    ``shown`` are (heading, value of a line); ``heads`` the columns an imported table must
    have, ``read`` one of its rows as facts, ``same`` the facts by which a line is known again.
    """

    slug: str
    title: str
    about: str
    model: type[models.Model]
    fields: tuple[str, ...]
    policy: str
    shown: tuple[tuple[str, Callable[[Any], Any]], ...]
    heads: tuple[str, ...]
    read: Callable[[Row], dict[str, Any]]
    same: tuple[str, ...]
    groups: str = ""
    # Headings that the list on the screen does without; they are in the form and the export.
    aside: tuple[str, ...] = ()

    @property
    def by_agency(self) -> bool:
        """Whether its lines belong to agencies; the others are the region's."""
        return any(field.name == "agency" for field in self.model._meta.fields)

    @property
    def listed(self) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
        """What of a line the list on the screen shows."""
        return tuple((head, value) for head, value in self.shown if head not in self.aside)

    def form(self, agencies: list[Agency]) -> type[forms.ModelForm[Any]]:
        """The form of one line; ``agencies`` are those that may be chosen."""

        def field(db_field: models.Field[Any, Any], **kwargs: Any) -> Any:
            if db_field.name == "agency":
                return forms.ModelChoiceField(
                    Agency.objects.filter(pk__in=[a.pk for a in agencies]), label="机关"
                )
            if isinstance(db_field, models.JSONField):
                return Lines(label=db_field.verbose_name, required=False)
            if isinstance(db_field, models.TextField):
                kwargs["widget"] = forms.Textarea(attrs={"rows": 3})
            return db_field.formfield(**kwargs)

        return forms.modelform_factory(self.model, fields=self.fields, formfield_callback=field)


class Lines(forms.CharField):
    """A list of short texts, one a line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 2}), help_text="一行一个。", **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        return [line.strip() for line in (value or "").splitlines() if line.strip()]


def _power(row: Row) -> dict[str, Any]:
    return {
        "code": named(row, "事项编码"),
        "kind": named(row, "事项类型"),
        "name": named(row, "事项名称"),
        "basis": named(row, "设定依据"),
        "duty": named(row, "责任事项"),
        "section": named(row, "承办机构"),
        "ended_on": day_of(named(row, "取消日期")),
    }


def day_of(text: str) -> str | None:
    """2026年3月1日, 2026/3/1 and 2026.3.1 as 2026-03-01; what is no day is left for the check."""
    found = re.fullmatch(r"(\d{4})\D(\d{1,2})\D(\d{1,2})日?(?: 00:00(?::00)?)?", text)
    if found:
        return "{}-{:0>2}-{:0>2}".format(*found.groups())
    return text or None


def _standard(row: Row) -> dict[str, Any]:
    """A row of the catalogue; its channels are one column of marks each, or one of words."""
    channels = [
        term.id
        for term in standard_channels().terms
        for name in (term.label, *term.variants)
        if marked(row.get(name, ""))
    ]
    words = named(row, "公开渠道和载体")
    if not channels and words:
        # "■政府网站 □政府公报": those marked; without any mark, all that are named.
        pieces = re.findall(r"([■√✓☑]|[□口])?\s*([^■√✓☑□口\s、；;]+)", words)
        chosen = [name for mark, name in pieces if mark in "■√✓☑" and mark] or [
            name for mark, name in pieces if not mark
        ]
        found = [standard_channels().labelled(name) for name in chosen]
        channels = [term.id for term in found if term]
    fresh = named(row, "更新周期（天）")
    if fresh and not fresh.isdecimal():
        raise ValidationError(f"更新周期“{fresh}”不是天数。")
    return {
        "domain": named(row, "领域"),
        "serial": named(row, "序号"),
        "first_matter": named(row, "一级事项"),
        "second_matter": named(row, "二级事项"),
        "content": named(row, "公开内容（要素）", "公开内容"),
        "basis": named(row, "公开依据"),
        "time_limit": named(row, "公开时限"),
        "body": named(row, "公开主体"),
        "channels": list(dict.fromkeys(channels)),
        "audience": named(row, "公开对象"),
        "way": named(row, "公开方式"),
        "level": named(row, "公开层级"),
        "fresh_days": int(fresh) if fresh else None,
    }


def _count(row: Row) -> dict[str, Any]:
    kinds = {kind.label: kind.value for kind in CountKind}
    kind = named(row, "类别")
    if kind not in kinds:
        raise ValidationError(f"类别“{kind}”要写{'、'.join(kinds)}之一。")
    return {
        "year": whole_of(row, "年度"),
        "kind": kinds[kind],
        "matter": named(row, "事项"),
        "count": whole_of(row, "本年处理决定数量"),
        "amount_yuan": _money(row, "本年收费金额（元）"),
    }


def whole_of(row: Row, name: str) -> int | None:
    given = named(row, name).replace(",", "").replace("，", "")
    if not given:
        return None
    if not given.isdecimal():
        raise ValidationError(f"{name}“{given}”不是整数。空白和 0 不一样，没有的不填。")
    return int(given)


def _money(row: Row, name: str) -> Decimal | None:
    given = named(row, name).replace(",", "").replace("，", "")
    if not given:
        return None
    try:
        return Decimal(given)
    except InvalidOperation as error:
        raise ValidationError(f"{name}“{given}”不是金额。") from error


def _word(row: Row) -> dict[str, Any]:
    kinds = {kind.zh: kind.value for kind in WordKind}
    kind = named(row, "类别")
    if kind not in kinds:
        raise ValidationError(f"类别“{kind}”要写{'、'.join(kinds)}之一。")
    return {
        "word": named(row, "词"),
        "kind": kinds[kind],
        "replacement": named(row, "改为"),
        "reason": named(row, "理由", "说明"),
        "unless": [one for one in re.split(r"[、；;]", named(row, "例外")) if one],
    }


def _channel_names(entry: StandardEntry) -> str:
    names = {term.id: term.label for term in standard_channels().terms}
    return "、".join(names.get(channel, channel) for channel in entry.channels)


REGISTERS = {
    register.slug: register
    for register in (
        Register(
            slug="powers",
            title="权责清单",
            about="本机关的行政权力和责任事项。公开平台上按机关列出。",
            model=PowerEntry,
            fields=("agency", "code", "kind", "name", "basis", "duty", "section", "ended_on"),
            policy="register.edit",
            shown=(
                ("事项名称", lambda e: e.name),
                ("事项类型", lambda e: e.kind),
                ("事项编码", lambda e: e.code),
                ("设定依据", lambda e: e.basis),
                ("责任事项", lambda e: e.duty),
                ("承办机构", lambda e: e.section),
                ("取消日期", lambda e: e.ended_on),
            ),
            heads=("事项名称", "事项类型"),
            read=_power,
            same=("code", "name"),
            groups="kind",
        ),
        Register(
            slug="standards",
            title="基层政务公开标准目录",
            about="各领域标准目录的事项。每一项看得出有没有已公开的信息对应、是不是还新。",
            model=StandardEntry,
            fields=(
                "agency",
                "domain",
                "serial",
                "first_matter",
                "second_matter",
                "content",
                "basis",
                "time_limit",
                "body",
                "channels",
                "audience",
                "way",
                "level",
                "fresh_days",
            ),
            policy="register.edit",
            shown=(
                ("一级事项", lambda e: e.first_matter),
                ("二级事项", lambda e: e.second_matter),
                ("领域", lambda e: e.domain),
                ("序号", lambda e: e.serial),
                ("公开内容（要素）", lambda e: e.content),
                ("公开依据", lambda e: e.basis),
                ("公开时限", lambda e: e.time_limit),
                ("公开主体", lambda e: e.body),
                ("公开渠道和载体", _channel_names),
                ("公开对象", lambda e: e.audience),
                ("公开方式", lambda e: e.way),
                ("公开层级", lambda e: e.level),
                ("更新周期（天）", lambda e: e.fresh_days),
            ),
            heads=("领域", "序号", "一级事项"),
            read=_standard,
            same=("domain", "serial"),
            groups="domain",
            aside=("公开主体", "公开对象", "公开方式", "公开层级"),
        ),
        Register(
            slug="counts",
            title="许可、处罚、强制、收费年度数量",
            about="年报第二部分第（五）（六）（八）项的数从这里来。没有发生填 0，没有统计的空着。",
            model=YearlyCount,
            fields=("agency", "year", "kind", "matter", "count", "amount_yuan"),
            policy="register.edit",
            shown=(
                ("事项", lambda e: e.matter),
                ("年度", lambda e: e.year),
                ("类别", lambda e: e.get_kind_display()),
                ("本年处理决定数量", lambda e: e.count),
                ("本年收费金额（元）", lambda e: e.amount_yuan),
            ),
            heads=("年度", "类别", "事项"),
            read=_count,
            same=("year", "kind", "matter"),
            groups="year",
        ),
        Register(
            slug="words",
            title="词表",
            about="禁用、错别字、慎用、过时的词。送审的信息都按它检查；系统自带一份短表，这里的优先。",
            model=WordListEntry,
            fields=("word", "kind", "replacement", "reason", "unless"),
            policy="words.edit",
            shown=(
                ("词", lambda e: e.word),
                ("类别", lambda e: e.get_kind_display()),
                ("改为", lambda e: e.replacement),
                ("理由", lambda e: e.reason),
                ("例外", lambda e: "、".join(e.unless)),
            ),
            heads=("词", "类别"),
            read=_word,
            same=("word",),
            groups="kind",
        ),
    )
}

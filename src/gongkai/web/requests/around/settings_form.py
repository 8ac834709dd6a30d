"""How an agency handles requests, as a form; what the law leaves open carries its note."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields as fields_of
from typing import Any

from django import forms

from gongkai.core.handling.settings import ClockSettings, OpenQuestion, open_questions

from ..models import RequestSettings
from .forms import Named
from .reminders import DEFAULT_DAYS

_RULE = "rule_"
# Kept here for as long at the least: a review may be asked for within a year (复议法 art. 20).
_LEAST_KEPT, _MOST_KEPT = 60, 3650


def clock_questions() -> dict[str, OpenQuestion]:
    """The open questions that are settings of the clock."""
    names = {one.name for one in fields_of(ClockSettings)}
    return {name: one for name, one in open_questions().items() if name in names}


def other_questions() -> list[OpenQuestion]:
    """Those that only carry a note."""
    names = clock_questions().keys()
    return [one for name, one in open_questions().items() if name not in names]


class SettingsForm(Named):
    """The settings of one agency."""

    accepts_online = forms.BooleanField(label="接收网上申请", required=False)
    request_mark = forms.CharField(
        label="申请编号字头", max_length=40, required=False,
        help_text="〔年份〕前面的字，例如 青听公开申。改了以后的申请才用；同一年最好不改。",
    )  # fmt: skip
    letter_mark = forms.CharField(
        label="文书字头", max_length=40, required=False, help_text="例如 青听公开。"
    )
    reminder_days = forms.CharField(
        label="到期前几个工作日提醒",
        help_text=f"用逗号隔开，0 是到期当天。默认 {'、'.join(map(str, DEFAULT_DAYS))}。",
    )
    internal_days = forms.IntegerField(label="科室内部期限（工作日）", min_value=1, max_value=20)
    correction_days = forms.IntegerField(
        label="补正的合理期限（工作日）", min_value=1, max_value=60,
        help_text="条例只说合理期限；江苏一般不超过 15 个工作日。",
    )  # fmt: skip
    identity_kept_days = forms.IntegerField(
        label="办结后身份信息保存天数", min_value=_LEAST_KEPT, max_value=_MOST_KEPT,
        help_text="到期自动删除，复议、诉讼没有审结的不删。默认一年，是申请复议最长的期限。",
    )  # fmt: skip
    reconsideration_body = forms.CharField(
        label="复议机关", max_length=120, required=False,
        help_text="不填的按机关的上下级推出。有两个的用顿号隔开。",
    )  # fmt: skip
    reconsideration_address = forms.URLField(
        label="网上申请复议的网址", required=False, assume_scheme="https",
        help_text="网上送达的答复要写（复议法第 22 条）。",
    )  # fmt: skip
    court = forms.CharField(label="有管辖权的人民法院", max_length=120, required=False)
    fee_account = forms.CharField(
        label="信息处理费缴纳方式", max_length=300, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, settings: RequestSettings, *args: Any, **kwargs: Any) -> None:
        initial = {name: getattr(settings, name) for name in FIELDS}
        days = settings.reminder_days or DEFAULT_DAYS
        initial["reminder_days"] = "，".join(map(str, days))
        for name, question in clock_questions().items():
            initial[_RULE + name] = settings.clock_rules.get(name, question.default)
        super().__init__(*args, initial=initial, **kwargs)
        for name, question in clock_questions().items():
            self.fields[_RULE + name] = _field_of(question)

    @property
    def usual(self) -> Iterator[forms.BoundField]:
        """The agency's own affairs."""
        return (self[name] for name in self.fields if not name.startswith(_RULE))

    @property
    def open(self) -> Iterator[forms.BoundField]:
        """What the law leaves open."""
        return (self[name] for name in self.fields if name.startswith(_RULE))

    def clean_reminder_days(self) -> list[int]:
        """Whole numbers, the farthest first."""
        text = self.cleaned_data["reminder_days"]
        parts = [part.strip() for part in text.replace("，", ",").replace("、", ",").split(",")]
        parts = [part for part in parts if part]
        if not parts or not all(part.isdecimal() and int(part) <= 20 for part in parts):
            raise forms.ValidationError("写 0 到 20 的整数，用逗号隔开。")
        return sorted({int(part) for part in parts}, reverse=True)

    def facts(self) -> dict[str, Any]:
        """What the act is told; a rule that is as by default is not kept."""
        given = self.cleaned_data
        rules = {
            name: given[_RULE + name]
            for name, question in clock_questions().items()
            if given[_RULE + name] != question.default
        }
        return {**{name: given[name] for name in FIELDS}, "clock_rules": rules}


FIELDS = (
    "accepts_online", "request_mark", "letter_mark", "reminder_days", "internal_days",
    "correction_days", "identity_kept_days", "reconsideration_body", "reconsideration_address",
    "court", "fee_account",
)  # fmt: skip


def _field_of(question: OpenQuestion) -> forms.Field:
    if isinstance(question.default, bool):
        return forms.BooleanField(label=question.label, required=False, help_text=question.note)
    return forms.IntegerField(
        label=question.label, help_text=question.note, min_value=1, max_value=3660
    )

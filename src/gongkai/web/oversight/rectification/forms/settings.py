"""The form of what a competent department settles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from gongkai.web.remedies.forms.plain import Named

from ..acts.change_settings import FIELDS
from ..models import RectificationSettings


class SettingsForm(Named):
    """Days and names for a tree."""

    days = forms.IntegerField(
        label="整改期限（工作日）", min_value=1, max_value=250,
        help_text="督办时默认的期限，可以逐件改。",
    )  # fmt: skip
    office_after = forms.IntegerField(
        label="超期几个工作日告知公开工作机构", min_value=0, max_value=60,
        help_text="有责任人的，先提醒责任人；没有责任人的，一开始就由公开工作机构办。",
    )  # fmt: skip
    above_after = forms.IntegerField(label="超期几个工作日告知主管部门", min_value=0, max_value=60)
    self_check_day = forms.IntegerField(
        label="每月自查到下月几日", min_value=1, max_value=28,
        help_text="到这一天前，上月的栏目自查要签字。",
    )  # fmt: skip
    notice_mark = forms.CharField(
        label="督办单、通报的机关代字", max_length=40, required=False,
        help_text="空着用机关简称加“公开督”，如 区政府办公室公开督〔2026〕3号。",
    )  # fmt: skip

    def __init__(self, kept: RectificationSettings, data: Mapping[str, Any] | None) -> None:
        super().__init__(data, initial={name: getattr(kept, name) for name in FIELDS})

"""Rows of tables that people hand in, as the facts of a line."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from gongkai.core.watching.systems import systems
from gongkai.web.agencies.models import Agency
from gongkai.web.registers.kinds import Row, day_of, whole_of
from gongkai.web.sheets import named

from .models import AccountabilityGround, AccountabilityMeasure, DutyKind


def _choice(row: Row, name: str, choices: type[models.TextChoices]) -> str:
    by_label = {label: value for value, label in choices.choices}
    # An article named behind the label may be left out.
    by_label |= {label.partition("（")[0]: value for label, value in by_label.items()}
    said = named(row, name)
    if said not in by_label:
        raise ValidationError(f"{name}“{said}”要写{'、'.join(choices.labels)}之一。")
    return by_label[said]


def duty_holder(row: Row) -> dict[str, Any]:
    return {
        "kind": _choice(row, "类别", DutyKind),
        "name": named(row, "姓名或者名称", "姓名", "名称"),
        "post": named(row, "职务"),
        "duty": named(row, "分工"),
        "phone": named(row, "电话"),
        "began_on": day_of(named(row, "起")),
        "ended_on": day_of(named(row, "止")),
        "note": named(row, "备注"),
    }


def work_rule(row: Row) -> dict[str, Any]:
    by_label = {one.label: one.id for one in systems().values()}
    said = [one.strip() for one in re.split("[；;]", named(row, "哪几项制度")) if one.strip()]
    unknown = [one for one in said if one not in by_label]
    if unknown:
        raise ValidationError(
            f"哪几项制度“{'；'.join(unknown)}”要写{'；'.join(by_label)}中的，几项之间用分号，或者空着。"
        )
    return {
        "systems": [by_label[one] for one in said],
        "name": named(row, "制度名称"),
        "document_number": named(row, "发文字号"),
        "began_on": day_of(named(row, "施行日期")),
        "ended_on": day_of(named(row, "失效日期")),
        "index_number": named(row, "已公开的索引号", "索引号"),
        "note": named(row, "备注"),
    }


def training(row: Row) -> dict[str, Any]:
    return {
        "held_on": day_of(named(row, "日期", "培训日期")),
        "theme": named(row, "主题", "培训主题"),
        "organiser": named(row, "举办单位"),
        "trainers": named(row, "授课人"),
        "audience": named(row, "参加的科室、机关", "参加范围"),
        "people": whole_of(row, "人数"),
        "hours": _hours(named(row, "学时")),
        "note": named(row, "备注"),
    }


def _hours(said: str) -> Decimal | None:
    if not said:
        return None
    try:
        return Decimal(said)
    except InvalidOperation as error:
        raise ValidationError(f"学时“{said}”不是数。没有统计的空着。") from error


def inspection(row: Row) -> dict[str, Any]:
    said = named(row, "被检查的机关")
    found = Agency.objects.filter(Q(code=said) | Q(name=said) | Q(short_name=said)).first()
    if found is None:
        raise ValidationError(f"没有叫“{said}”的机关；写机关代码、全称或者简称。")
    return {
        "about": found,
        "held_on": day_of(named(row, "日期", "检查日期")),
        "name": named(row, "检查名称"),
        "inspectors": named(row, "检查人"),
        "scope": named(row, "检查内容"),
        "findings": named(row, "发现的问题"),
        "rectify_by": day_of(named(row, "要求改正日期")),
        "rectified_on": day_of(named(row, "改正日期")),
        "note": named(row, "备注"),
    }


def accountability(row: Row) -> dict[str, Any]:
    return {
        "decided_on": day_of(named(row, "作出日期", "日期")),
        "ground": _choice(row, "情形", AccountabilityGround),
        "matter": named(row, "事由"),
        "measure": _choice(row, "措施", AccountabilityMeasure),
        "decided_by": named(row, "作出的机关"),
        "document_number": named(row, "文书字号"),
        "persons": whole_of(row, "涉及人数"),
        "note": named(row, "备注"),
    }

"""The pages of requests and beside them: reconsideration and litigation, corrections, complaints, the year."""

from __future__ import annotations

from typing import Any

from django import template

register = template.Library()

_TABS = (
    ("requests", "requests:board", "申请", "request.read"),
    ("cases", "remedies:list", "复议诉讼", "remedy.read"),
    ("corrections", "remedies:corrections", "更正记录", "record_correction.handle"),
    ("complaints", "remedies:complaints", "投诉举报", "complaint.read"),
    ("year", "remedies:year", "表三表四", "request.read"),
    ("due_days", "requests:due_days", "我的期限", "request.read"),
    ("overdue", "requests:overdue", "超期催办", "request.chase"),
    ("ledger", "requests:ledger", "台账", "request.export"),
    ("person", "remedies:person", "导出本人的信息", "request.export_file"),
    ("settings", "requests:settings", "设置", "request.settings"),
)


@register.inclusion_tag("remedies/tabs.html", takes_context=True)
def remedy_tabs(context: dict[str, Any], tab: str) -> dict[str, Any]:
    """The tabs that this person may open, with ``tab`` as the present one."""
    actor = context["actor"]
    tabs = [
        {"name": name, "address": address, "label": label}
        for name, address, label, act in _TABS
        if actor.may_somewhere(act)
    ]
    return {"tabs": tabs, "tab": tab}

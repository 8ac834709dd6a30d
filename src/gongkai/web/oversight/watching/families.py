"""The families of rules, in the order of the tabs: what each looks at, and its rules."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from .asked import watch_messages, watch_requests
from .columns import watch_columns
from .documents import watch_interpretations, watch_validity
from .entries import watch_entries
from .files import watch_files
from .guides import watch_guides
from .items import watch_days, watch_limits_of_items
from .links import watch_links
from .terms import Looked, Reach, Terms
from .texts import watch_texts
from .yearly import watch_reports


@dataclass(frozen=True)
class Family:
    """Rules that are judged together.

    ``of_items``: what they find belongs to an item, and an incremental watch looks again only at
    the items that changed; otherwise at the agencies where something changed.
    """

    name: str
    label: str
    find: Callable[[Reach, Terms], Looked]
    rules: tuple[str, ...]
    of_items: bool = False


FAMILIES = (
    Family(
        "columns",
        "栏目更新",
        watch_columns,
        (
            "watch.column_stale",
            "watch.column_stale_by_default",
            "watch.column_due",
            "watch.column_blank",
            "watch.column_blank_promised",
            "watch.columns_stale_together",
            "watch.columns_stale_for_long",
            "watch.columns_blank_together",
        ),
    ),
    Family(
        "limits",
        "公开期限",
        watch_limits_of_items,
        (
            "watch.item_late",
            "watch.item_late_provisional",
            "watch.item_published_late",
        ),
        of_items=True,
    ),
    Family(
        "links",
        "链接",
        watch_links,
        (
            "watch.inside_link_dead",
            "watch.link_dead",
        ),
        of_items=True,
    ),
    Family(
        "files",
        "附件",
        watch_files,
        (
            "watch.attachment_lost",
            "watch.attachment_changed",
            "watch.attachment_unopenable",
        ),
        of_items=True,
    ),
    Family(
        "texts",
        "用词和个人信息",
        watch_texts,
        (
            "watch.word_forbidden",
            "watch.word_listed",
            "watch.personal_number",
            "watch.personal_perhaps",
        ),
        of_items=True,
    ),
    Family(
        "guides",
        "指南和联系信息",
        watch_guides,
        (
            "watch.guide_lacks",
            "watch.guide_differs",
            "watch.guide_old_rules",
            "watch.guide_not_renewed",
        ),
    ),
    Family(
        "validity",
        "有效性",
        watch_validity,
        ("watch.lapsed_in_force",),
        of_items=True,
    ),
    Family(
        "interpretations",
        "解读",
        watch_interpretations,
        (
            "watch.interpretation_late",
            "watch.interpretation_none",
        ),
        of_items=True,
    ),
    Family(
        "standards",
        "标准目录",
        watch_entries,
        (
            "watch.standard_bare",
            "watch.standard_stale",
        ),
    ),
    Family(
        "dates",
        "发布日期",
        watch_days,
        (
            "watch.date_changed",
            "watch.date_ahead",
            "watch.date_before_made",
        ),
        of_items=True,
    ),
    Family(
        "requests",
        "办件期限",
        watch_requests,
        (
            "watch.request_late",
            "watch.request_late_provisional",
            "watch.request_near",
        ),
    ),
    Family(
        "messages",
        "投诉举报",
        watch_messages,
        (
            "watch.message_unanswered",
            "watch.message_past_own_day",
        ),
    ),
    Family(
        "reports",
        "年度报告",
        watch_reports,
        (
            "watch.report_missing",
            "watch.report_late",
        ),
    ),
)


@lru_cache(maxsize=1)
def family_of() -> dict[str, Family]:
    """The family of each rule."""
    return {rule: family for family in FAMILIES for rule in family.rules}

"""Relative links, days and sizes, as public pages print them."""

from __future__ import annotations

from datetime import date, datetime

from django import template
from django.template import Context
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from gongkai.core.time_limits import TimeLimit
from gongkai.web.public.links import relative

register = template.Library()


@register.simple_tag(takes_context=True)
def to(context: Context, target: str) -> str:
    """The relative link from this page to ``target``, a path below the mount."""
    return relative(context["path"], target)


@register.filter
def day(value: date | datetime | None) -> SafeString:
    """``<time>`` with the day as tables print it: 2026-10-28."""
    if value is None:
        return SafeString("")
    iso = (timezone.localdate(value) if isinstance(value, datetime) else value).isoformat()
    return format_html('<time datetime="{}">{}</time>', iso, iso)


@register.filter
def spoken_day(value: date | datetime | None) -> SafeString:
    """``<time>`` with the day as a sentence says it: 2026年10月28日."""
    if value is None:
        return SafeString("")
    on = timezone.localdate(value) if isinstance(value, datetime) else value
    words = f"{on.year}年{on.month}月{on.day}日"
    return format_html('<time datetime="{}">{}</time>', on.isoformat(), words)


@register.filter
def term(limit: TimeLimit) -> str:
    """``20 个工作日``."""
    return f"{limit.length} {limit.unit.label}"


@register.filter
def file_size(size: int) -> str:
    """``310 KB``."""
    if size < 1024:
        return f"{size} 字节"
    if size < 1024 * 1024:
        return f"{round(size / 1024)} KB"
    return f"{size / 1024 / 1024:.1f} MB"


@register.filter
def file_kind(name: str) -> str:
    """``pdf``: what comes after the last point of a file's name."""
    return name.rpartition(".")[2].lower() if "." in name else "文件"

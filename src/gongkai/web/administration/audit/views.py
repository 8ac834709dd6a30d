"""Screens of the audit administrator: the trail, its export, whether it is whole."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import datetime, time
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from gongkai.web import sheets
from gongkai.web.agencies.models import Agency
from gongkai.web.audit import append_only
from gongkai.web.audit.chain import Verified, verify_all
from gongkai.web.audit.labels import ACTS, facts_of, kind_label
from gongkai.web.audit.models import AuditEntry
from gongkai.web.audit.record import Subject, record
from gongkai.web.form_fields import DateField
from gongkai.web.people.models import Role
from gongkai.web.policies import StaffRequest, staff

PAGE = 50
# What a spreadsheet program still opens with ease; csv has no such bound.
MOST_IN_XLSX = 100_000
HERE = "audit:list"
HEADS = (
    "序号", "时间", "事项", "姓名", "用户名", "角色", "机关", "对象类别", "对象", "对象编号", "理由",
    "改动", "来源地址", "校验码",
)  # fmt: skip


class Filters(forms.Form):
    """What narrows the trail; every field may be empty."""

    person = forms.CharField(label="姓名、用户名", required=False)
    act = forms.ChoiceField(
        label="事项", required=False, choices=[("", "全部"), *sorted(ACTS.items())]
    )
    agency = forms.ModelChoiceField(
        Agency.objects.all(), label="机关", required=False, empty_label="全部", to_field_name="code"
    )
    subject = forms.CharField(label="对象名称、编号", required=False)
    since = DateField(label="从", required=False)
    until = DateField(label="到", required=False)

    def entries(self) -> QuerySet[AuditEntry]:
        """The entries that the filters leave, newest first."""
        kept = AuditEntry.objects.order_by("-number")
        given: dict[str, Any] = self.cleaned_data if self.is_valid() else {}
        if given.get("person"):
            asked = given["person"]
            kept = kept.filter(Q(person=asked) | Q(person_name__icontains=asked))
        if given.get("act"):
            kept = kept.filter(act=given["act"])
        if given.get("agency"):
            kept = kept.filter(agency=given["agency"].code)
        if given.get("subject"):
            asked = given["subject"]
            kept = kept.filter(Q(subject=asked) | Q(subject_name__icontains=asked))
        if given.get("since"):
            kept = kept.filter(at__gte=_moment(given["since"], time.min))
        if given.get("until"):
            kept = kept.filter(at__lte=_moment(given["until"], time.max))
        return kept


class NotedForm(forms.Form):
    """The last number and digest that were noted down at an earlier verification."""

    number = forms.IntegerField(label="抄存的序号", required=False, min_value=1)
    digest = forms.CharField(label="抄存的校验码", required=False, max_length=64)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if bool(cleaned.get("number")) != bool(cleaned.get("digest")) and not self.errors:
            raise forms.ValidationError("序号和校验码要一起填，或者都不填。")
        return cleaned


@staff("audit.read")
def trail(request: StaffRequest) -> HttpResponseBase:
    """The trail, narrowed by filters in the address."""
    filters = Filters(request.GET)
    page = Paginator(filters.entries(), PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "here": HERE,
        "filters": filters,
        "page": page,
        "rows": [_shown(entry) for entry in page],
        "query": query.urlencode(),
    }
    return render(request, "audit/list.html", context)


@staff("audit.export")
def export(request: StaffRequest, form: str) -> HttpResponseBase:
    """The trail as the filters leave it; taking it away is itself an entry."""
    entries = Filters(request.GET).entries()
    count = entries.count()
    if form == "xlsx" and count > MOST_IN_XLSX:
        messages.warning(
            request, f"有 {count} 条，xlsx 最多 {MOST_IN_XLSX} 条。缩小范围，或者导出 csv。"
        )
        return redirect(f"{request.path.rsplit('/', 1)[0]}/?{request.GET.urlencode()}")
    with transaction.atomic():
        record(
            "audit.export",
            Subject("trail", form, f"操作记录 {count} 条"),
            request.actor.require_somewhere("audit.export"),
            after={"entries": count},
        )
    last = entries.values_list("number", flat=True).first() or 0
    rows = _rows(entries.filter(number__lte=last))
    if form == "xlsx":
        return sheets.answer("audit.xlsx", "操作记录", HEADS, rows)
    response = StreamingHttpResponse(_csv(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="audit.csv"'
    return response


@staff("audit.read")
def verify(request: StaffRequest) -> HttpResponseBase:
    """Whether the trail is whole: read again from the first entry to the last."""
    form = NotedForm(request.POST if request.method == "POST" else None)
    found, noted = None, ""
    if form.is_bound and form.is_valid():
        found = verify_all()
        noted = _noted(found, form.cleaned_data["number"], form.cleaned_data["digest"].strip())
        with transaction.atomic():
            record(
                "audit.verify",
                Subject("trail", str(found.number), f"操作记录 {found.number} 条"),
                request.actor.require_somewhere("audit.read"),
                after={
                    "entries": found.number,
                    "digest": found.digest,
                    "broken": found.broken.number if found.broken else None,
                },
            )
    context = {
        "here": HERE,
        "form": form,
        "found": found,
        "noted": noted,
        "noted_bad": noted.startswith("抄存的第"),
        "count": AuditEntry.objects.count(),
        "triggers": append_only.installed(),
    }
    status = 422 if form.errors else 200
    return render(request, "audit/verify.html", context, status=status)


def _noted(found: Verified, number: int | None, digest: str) -> str:
    """How what was noted down compares with what stands."""
    if not number:
        return ""
    entry = AuditEntry.objects.filter(pk=number).first()
    if entry is None:
        return f"抄存的第 {number} 条现在没有了，后面的记录被截掉过。"
    if entry.digest != digest.lower():
        return f"抄存的第 {number} 条校验码和现在的不一样，记录被重写过。"
    return f"第 {number} 条和抄存的一致。"


def _shown(entry: AuditEntry) -> dict[str, Any]:
    return {
        "entry": entry,
        "act": ACTS.get(entry.act, entry.act),
        "role": _role(entry.role),
        "kind": kind_label(entry.subject_kind),
        "facts": facts_of(entry),
    }


def _role(role: str) -> str:
    return Role(role).label if role in Role.values else role


def _rows(entries: QuerySet[AuditEntry]) -> Iterator[list[Any]]:
    for entry in entries.iterator(chunk_size=2000):
        facts = facts_of(entry)
        yield [
            entry.number,
            f"{timezone.localtime(entry.at):%Y-%m-%d %H:%M:%S}",
            ACTS.get(entry.act, entry.act),
            entry.person_name,
            entry.person,
            _role(entry.role),
            entry.agency_name,
            kind_label(entry.subject_kind),
            entry.subject_name,
            entry.subject,
            entry.reason,
            "\n".join(f"{f.name}：{f.before or '—'} → {f.after or '—'}" for f in facts),
            entry.address,
            entry.digest,
        ]


class _Echo:
    """A file that hands back what is written, for a csv sent in pieces."""

    def write(self, text: str) -> str:
        return text


def _csv(rows: Iterator[list[Any]]) -> Iterator[bytes]:
    writer = csv.writer(_Echo())
    yield b"\xef\xbb\xbf" + writer.writerow(HEADS).encode()
    for row in rows:
        yield writer.writerow(["" if v is None else sheets.guarded(v) for v in row]).encode()


def _moment(day: Any, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))

"""Lists of items: filters in the address, acts on several at once, export."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.core.catalogue import DisclosureClass, statutory_items
from gongkai.web import sheets
from gongkai.web.policies import Forbidden, StaffRequest, staff
from gongkai.web.registers.days import working_days

from ..acts.change import discard
from ..acts.submit import recall, submit
from ..clock import clock_of
from ..models import InformationItem, ItemKind, State
from ..steps import OutOfTurn

PAGE = 30
# Acts on several items at once: (name, words, act).
TOGETHER = {
    "submit": ("送审", submit),
    "recall": ("撤回送审", recall),
    "discard": ("作废", discard),
}


class Filters(forms.Form):
    """What narrows the list; every field may be empty."""

    q = forms.CharField(label="标题、索引号、文号", required=False)
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *State.choices])
    kind = forms.ChoiceField(
        label="类型", required=False, choices=[("", "全部"), *ItemKind.choices]
    )
    statutory = forms.ChoiceField(
        label="法定项目",
        required=False,
        choices=[("", "全部"), *((i.code, i.heading) for i in statutory_items())],
    )
    agency = forms.ChoiceField(label="机关", required=False)
    year = forms.IntegerField(label="成文年份", required=False, min_value=1949, max_value=2100)
    late = forms.BooleanField(label="只看超期的", required=False)

    def __init__(self, request: StaffRequest) -> None:
        super().__init__(request.GET)
        self.agencies = request.actor.agencies("item.read")
        field = self.fields["agency"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "全部"), *((a.code, a.short_name) for a in self.agencies)]

    def items(self) -> QuerySet[InformationItem]:
        """The items that the filters leave, newest first."""
        kept = InformationItem.objects.filter(agency__in=self.agencies).select_related(
            "agency", "current", "author"
        )
        # A condition that cannot be read is told at its field; the others hold.
        self.is_valid()
        given: dict[str, Any] = self.cleaned_data
        if given.get("state"):
            kept = kept.filter(state=given["state"])
        else:
            kept = kept.exclude(state=State.DISCARDED)
        for name in ("kind",):
            if given.get(name):
                kept = kept.filter(**{name: given[name]})
        if given.get("agency"):
            kept = kept.filter(agency__code=given["agency"])
        if given.get("statutory"):
            kept = kept.filter(current__statutory=given["statutory"])
        if given.get("year"):
            kept = kept.filter(current__made_on__year=given["year"])
        if given.get("late"):
            kept = kept.filter(first_published_at=None, due_on__lt=timezone.localdate())
        for word in given.get("q", "").split():
            kept = (
                kept.filter(current__title__icontains=word)
                | kept.filter(index_number__icontains=word)
                | kept.filter(current__document_number__icontains=word)
            )
        return kept.order_by("-pk")


@staff("item.read")
def items(request: StaffRequest) -> HttpResponseBase:
    """The list."""
    filters = Filters(request)
    page = Paginator(filters.items(), PAGE).get_page(request.GET.get("page"))
    today, days = timezone.localdate(), working_days()
    rows = [
        {
            "item": item,
            "clock": clock_of(item, today, days) if not item.first_published_at else None,
        }
        for item in page
    ]
    query = request.GET.copy()
    query.pop("page", None)
    return render(
        request,
        "disclosure/list.html",
        {
            "here": "disclosure:list",
            "filters": filters,
            "page": page,
            "rows": rows,
            "query": query.urlencode(),
            "together": [(name, words) for name, (words, _) in TOGETHER.items()],
            "may_draft": request.actor.may_somewhere("item.draft"),
        },
    )


HEADS = (
    "机关", "索引号", "标题", "类型", "状态", "公开属性", "法定项目", "发文字号", "成文日期",
    "公开期限", "首次发布", "起草",
)  # fmt: skip


@staff("item.export")
def export(request: StaffRequest) -> HttpResponseBase:
    """The filtered list as xlsx."""
    items = Filters(request).items().iterator(chunk_size=500)
    return sheets.answer("items.xlsx", "信息", HEADS, (_line(item) for item in items))


def _line(item: InformationItem) -> tuple[Any, ...]:
    version, first = item.version, item.first_published_at
    return (
        item.agency.short_name,
        item.index_number,
        version.title,
        item.get_kind_display(),
        item.get_state_display(),
        DisclosureClass(version.disclosure_class).label,
        version.statutory,
        version.document_number,
        version.made_on,
        item.due_on,
        timezone.localtime(first).date() if first else None,
        item.author.name,
    )


@require_POST
@staff("item.submit")
def together(request: StaffRequest) -> HttpResponseBase:
    """Do one act on several items; each that is refused says why, the others are done."""
    words, act = TOGETHER.get(request.POST.get("act", ""), (None, None))
    chosen = [int(n) for n in request.POST.getlist("item") if n.isdecimal()]
    if act is None or not chosen:
        messages.warning(request, "选几条信息，再选要办的事。")
        return redirect("disclosure:list")
    done = 0
    wanted = InformationItem.objects.filter(
        pk__in=chosen, agency__in=request.actor.agencies("item.read")
    )
    for item in wanted.select_related("agency", "current"):
        try:
            act(request.actor, item)
            done += 1
        except (Forbidden, OutOfTurn) as refusal:
            messages.warning(request, f"“{item}”没有{words}：{refusal}")
    if done:
        messages.success(request, f"{words} {done} 条。")
    return redirect("disclosure:list")

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

from gongkai.core.catalogue import DisclosureClass, channels, columns, statutory_items
from gongkai.web import sheets
from gongkai.web.policies import Forbidden, StaffRequest, staff
from gongkai.web.registers.days import working_days

from ..acts.change import discard
from ..acts.submit import recall, submit
from ..clock import clock_of
from ..forms import INTERPRETATION_FORMS
from ..models import InformationItem, ItemKind, State
from ..published import NO_FORM, NO_ITEM, at_place, in_form, shown, through
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
        label="栏目、法定项目",
        required=False,
        choices=[
            ("", "全部"),
            *((i.code, i.heading) for i in statutory_items()),
            *((c.id, c.name) for c in columns() if c.id != NO_ITEM),
            (NO_ITEM, "没有写法定项目"),
        ],
    )
    agency = forms.ChoiceField(label="机关", required=False)
    year = forms.IntegerField(label="成文年份", required=False, min_value=1949, max_value=2100)
    late = forms.BooleanField(label="只看超期的", required=False)
    published = forms.IntegerField(
        label="首次发布年份", required=False, min_value=1949, max_value=2100
    )
    form = forms.ChoiceField(
        label="解读形式",
        required=False,
        choices=[("", "全部"), *INTERPRETATION_FORMS, (NO_FORM, "没有写")],
    )
    channel = forms.ChoiceField(label="其他渠道", required=False)
    channel_year = forms.IntegerField(
        label="其他渠道的年份", required=False, min_value=1949, max_value=2100
    )
    # What few ask for stands folded below the others.
    SELDOM = ("published", "form", "channel", "channel_year")

    def __init__(self, request: StaffRequest) -> None:
        super().__init__(request.GET)
        self.agencies = request.actor.agencies("item.read")
        field = self.fields["agency"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "全部"), *((a.code, a.short_name) for a in self.agencies)]
        channel = self.fields["channel"]
        assert isinstance(channel, forms.ChoiceField)
        channel.choices = [("", "全部"), *_channels()]

    def often(self) -> list[forms.BoundField]:
        """The fields that stand open."""
        return [field for field in self if field.name not in self.SELDOM]

    def seldom(self) -> list[forms.BoundField]:
        """The fields that stand folded."""
        return [field for field in self if field.name in self.SELDOM]

    def seldom_used(self) -> bool:
        """Whether one of the folded fields narrows the list."""
        return any(self.data.get(name) for name in self.SELDOM)

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
        elif not (given.get("published") or given.get("channel")):
            kept = kept.exclude(state=State.DISCARDED)
        if given.get("published"):
            kept = kept.filter(first_published_at__year=given["published"])
        for name in ("kind",):
            if given.get(name):
                kept = kept.filter(**{name: given[name]})
        if given.get("agency"):
            kept = kept.filter(agency__code=given["agency"])
        if given.get("statutory"):
            kept = at_place(shown(kept), given["statutory"])
        if given.get("form"):
            kept = in_form(shown(kept), given["form"])
        if given.get("channel"):
            went = through(given["channel"], given.get("channel_year"))
            kept = kept.filter(pk__in=went.values("item"))
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


def _channels() -> list[tuple[str, Any]]:
    """The channels by their groups; a group of several can be chosen as a whole."""
    found: list[tuple[str, Any]] = []
    for group, terms in channels().groups().items():
        whole = [(group, f"{terms[0].group_label}（都算）")] if len(terms) > 1 else []
        found.append((terms[0].group_label, [*whole, *((t.id, t.label) for t in terms)]))
    return found


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

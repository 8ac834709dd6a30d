"""Screens for what is public: correct, withdraw, validity, other channels; and reassessment."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.core.catalogue import channels
from gongkai.core.normative_document import EventKind
from gongkai.web.form_fields import DateField
from gongkai.web.policies import Forbidden, StaffRequest, staff

from ..acts import afterwards, change, publish
from ..models import InformationItem, State
from .found import elsewhere, found


class ReasonForm(forms.Form):
    """An act that asks for its reason."""

    reason = forms.CharField(
        label="原因", max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "写明原因。"},
    )  # fmt: skip
    urgent = forms.BooleanField(label="紧急更正：不经科室审核，直接保密审查", required=False)


class ValidityForm(forms.Form):
    """Something that happened to a normative document."""

    kind = forms.ChoiceField(
        label="事项",
        choices=[(k.value, k.label) for k in EventKind],
    )
    on = DateField(label="从哪天起")
    until = DateField(label="延长至", required=False, help_text="只有延长有效期才填。")
    by_item = forms.ModelChoiceField(
        InformationItem.objects.none(), label="依据文件（平台上的）", required=False
    )
    by_document = forms.CharField(
        label="依据文件（发文字号或名称）", max_length=200, required=False
    )
    note = forms.CharField(label="说明", max_length=300, required=False)


class ReleaseForm(forms.Form):
    """Another channel."""

    channel = forms.ChoiceField(label="渠道")
    where = forms.CharField(label="去处", max_length=200, required=False)
    released_on = DateField(label="日期")
    link = forms.URLField(label="链接", required=False, assume_scheme="https")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        channel = self.fields["channel"]
        assert isinstance(channel, forms.ChoiceField)
        channel.choices = [
            (group[0].group_label, [(term.id, term.label) for term in group])
            for group in channels().groups().values()
        ]


class ReassessForm(forms.Form):
    """The result of looking again (art. 18)."""

    result = forms.ChoiceField(
        label="评估结果",
        choices=[
            (afterwards.REASSESSED_KEEP, "情况没有变化，仍不公开"),
            (afterwards.REASSESSED_DISCLOSE, "应当公开，重新起草送审"),
        ],
        widget=forms.RadioSelect,
    )
    reasons = forms.CharField(label="理由", widget=forms.Textarea(attrs={"rows": 3}))
    next_on = DateField(label="下次评估日期", required=False, help_text="不填为一年后。")


@staff("item.correct")
def correct(request: StaffRequest, number: int) -> HttpResponseBase:
    """Begin a correction."""
    item = found(request, number)
    if away := elsewhere(item):
        return away
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        change.correct(request.actor, item, given["reason"], urgent=given["urgent"])
        messages.success(request, "已开新一稿。新稿签发以前，公开的还是原来的。")
        return redirect("disclosure:edit", item.pk)
    return _ask(request, item, form, "correct")


@staff("item.withdraw")
def withdraw(request: StaffRequest, number: int) -> HttpResponseBase:
    """Withdraw, after a confirmation that asks for the reason."""
    item = found(request, number)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        change.withdraw(request.actor, item, form.cleaned_data["reason"])
        messages.success(
            request, f"已撤回：{item}。页面、附件、订阅、查找里都不再有，原网址显示已撤回。"
        )
        return redirect("disclosure:item", item.pk)
    return _ask(request, item, form, "withdraw")


@require_POST
@staff("item.schedule")
def publish_now(request: StaffRequest, number: int) -> HttpResponseBase:
    """Do not wait for the hour set."""
    item = publish.publish_now(request.actor, found(request, number))
    messages.success(request, f"已发布：{item}。")
    return redirect("disclosure:item", item.pk)


@staff("item.declare_validity")
def validity(request: StaffRequest, number: int) -> HttpResponseBase:
    """The life of a normative document."""
    item = found(request, number)
    form = ValidityForm(request.POST or None)
    by_item = form.fields["by_item"]
    assert isinstance(by_item, forms.ModelChoiceField)
    by_item.queryset = InformationItem.objects.filter(
        agency=item.agency, kind=item.kind, state=State.PUBLISHED
    ).exclude(pk=item.pk)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        other = given["by_item"]
        named = given["by_document"] or (other.version.document_number if other else "")
        try:
            event = afterwards.declare_validity(
                request.actor, item, given["kind"], given["on"],
                until=given["until"], by_document=named, by_item=other, note=given["note"],
            )  # fmt: skip
        except Forbidden as refusal:
            form.add_error(None, str(refusal))
        else:
            undo = reverse("disclosure:remove_validity", args=[item.pk, event.pk])
            messages.success(request, f"已记下：{event}。", extra_tags=f"undo:{undo}")
            return redirect("disclosure:item", item.pk)
    events = item.life_events.select_related("by_item")
    return _ask(request, item, form, "validity", events=events)


@require_POST
@staff("item.declare_validity")
def remove_validity(request: StaffRequest, number: int, event: int) -> HttpResponseBase:
    """Take an event back."""
    item = found(request, number)
    wanted = item.life_events.filter(pk=event).first()
    if wanted is None:
        raise Http404
    afterwards.revoke_validity(request.actor, wanted)
    messages.success(request, f"已删去：{wanted}。")
    return redirect("disclosure:item", item.pk)


@staff("item.record_release")
def releases(request: StaffRequest, number: int) -> HttpResponseBase:
    """Where else the item went."""
    item = found(request, number)
    form = ReleaseForm(request.POST or None, initial={"released_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            afterwards.record_release(
                request.actor, item, given["channel"], given["released_on"],
                where=given["where"], link=given["link"],
            )  # fmt: skip
        except Forbidden as refusal:
            form.add_error("released_on", str(refusal))
        else:
            messages.success(request, "已记下公开渠道。")
            return redirect("disclosure:releases", item.pk)
    return _ask(request, item, form, "releases", releases=_releases(item))


@require_POST
@staff("item.record_release")
def remove_release(request: StaffRequest, number: int, release: int) -> HttpResponseBase:
    """Take a channel back."""
    item = found(request, number)
    wanted = item.other_releases.filter(pk=release).first()
    if wanted is None:
        raise Http404
    afterwards.remove_release(request.actor, wanted)
    messages.success(request, "已删去这条渠道记录。")
    return redirect("disclosure:releases", item.pk)


@staff("item.reassess")
def reassess(request: StaffRequest, number: int) -> HttpResponseBase:
    """Look again at what is not public."""
    item = found(request, number)
    planned = item.reassessments.filter(done_on=None).first()
    if planned is None:
        raise Http404
    form = ReassessForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        afterwards.reassess(
            request.actor, planned, given["result"], given["reasons"], given["next_on"]
        )
        messages.success(request, "评估结果已记下。")
        if given["result"] == afterwards.REASSESSED_DISCLOSE:
            return redirect("disclosure:correct", item.pk)
        return redirect("disclosure:item", item.pk)
    return _ask(request, item, form, "reassess", planned=planned)


def _releases(item: InformationItem) -> list[dict[str, Any]]:
    labels = {term.id: term.label for term in channels().terms}
    return [
        {"one": one, "channel": labels.get(one.channel, one.channel)}
        for one in item.other_releases.all()
    ]


def _ask(
    request: StaffRequest, item: InformationItem, form: forms.Form, name: str, **more: Any
) -> HttpResponseBase:
    context = {"here": "disclosure:list", "item": item, "form": form, **more}
    status = 422 if form.errors else 200
    return render(request, f"disclosure/{name}.html", context, status=status)

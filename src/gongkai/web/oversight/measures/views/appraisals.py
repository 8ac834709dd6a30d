"""Screens of public appraisal for staff: prepare it, see what came in, read comments, publish."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from gongkai.web import sheets
from gongkai.web.agencies.models import Agency
from gongkai.web.form_fields import DateField, name_what_is_missing
from gongkai.web.policies import Actor, Forbidden, StaffRequest, staff

from ..acts import appraisals as acting
from ..models import Appraisal, AppraisalComment, AppraisalState
from ..questionnaire import DEFINITION, MOST_QUESTIONS, SCALE, keyed, questionnaire
from ..summary import summary_of
from .found import HERE, READ


@dataclass(frozen=True)
class Move:
    """What may be done to an appraisal: the question before it, what follows, the word after."""

    act: Callable[[Actor, Appraisal], None]
    question: str
    follows: str
    button: str
    said: str


_MOVES = {
    "open": Move(
        acting.open_,
        "开始收评议？",
        "从开始日期起公众就能评议，题目和说明不能再改。",
        "开始收评议",
        "评议已经开始。把公开的地址放到网站首页、办事窗口，公众就能评议。",
    ),
    "close": Move(
        acting.close,
        "结束评议？",
        "公众不能再评议，也不能再开始。",
        "结束评议",
        "评议已经结束，不再收。",
    ),
    "publish": Move(
        acting.publish,
        "公布结果？",
        "公众看得到各题、各机关的结果和选定公布的意见；没有看的意见不公布。",
        "公布结果",
        "结果已经公布。",
    ),
    "withdraw": Move(
        acting.withdraw,
        "撤回结果？",
        "公众看不到结果，已经看到的收不回来。",
        "撤回结果",
        "结果已经撤回，公众看不到了。",
    ),
}


class AppraisalForm(forms.Form):
    """What is asked, of whom, from when to when."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label="组织评议的机关")
    year = forms.IntegerField(label="评议的年度", min_value=2008, max_value=2100)
    title = forms.CharField(label="名称", max_length=120)
    introduction = forms.CharField(
        label="说明", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    questions = forms.CharField(
        label="打分的题",
        help_text=f"一行一题，最多 {MOST_QUESTIONS} 题。都按满意、比较满意、一般、不太满意、不满意、不了解答。",
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    free_question = forms.CharField(
        label="写意见的题", required=False, max_length=200, help_text="不收意见的空着。"
    )
    opens_on = DateField(label="开始日期")
    closes_on = DateField(label="结束日期")

    def __init__(self, agencies: list[Agency], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["agency"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Agency.objects.filter(pk__in=[a.pk for a in agencies])
        name_what_is_missing(self)

    def clean_questions(self) -> list[dict[str, str]]:
        """One a line, each once."""
        texts = [line.strip() for line in self.cleaned_data["questions"].splitlines()]
        texts = list(dict.fromkeys(filter(None, texts)))
        if not texts:
            raise ValidationError("至少写一题。")
        if len(texts) > MOST_QUESTIONS:
            raise ValidationError(f"有 {len(texts)} 题，最多 {MOST_QUESTIONS} 题。")
        return keyed(texts)


@require_safe
@staff(READ)
def appraisals(request: StaffRequest) -> HttpResponseBase:
    """Every appraisal that is about an agency one reads."""
    own = request.actor.agencies(READ)
    found = [one for one in Appraisal.objects.select_related("agency") if _about(one, own)]
    context = {
        "here": HERE,
        "found": found,
        "may_edit": request.actor.may_somewhere(acting.POLICY),
        "today": timezone.localdate(),
    }
    return render(request, "measures/appraisals.html", context)


@staff(acting.POLICY)
def new(request: StaffRequest) -> HttpResponseBase:
    """A new appraisal, beginning with the questionnaire that comes along."""
    return _form(request, None)


@staff(acting.POLICY)
def edit(request: StaffRequest, number: int) -> HttpResponseBase:
    """Change one that has not begun, or the last day of one that has."""
    found = _found(request, number)
    request.actor.require(acting.POLICY, found.agency)
    return _form(request, found)


@require_safe
@staff(READ)
def appraisal(request: StaffRequest, number: int) -> HttpResponseBase:
    """One appraisal: its questions, what came in, the comments to read.

    An office sees what was said of itself; the department that asks sees all.
    """
    found = _found(request, number)
    may_edit = request.actor.may(acting.POLICY, found.agency)
    own = None if may_edit else request.actor.agencies(READ)
    comments = AppraisalComment.objects.filter(answer__appraisal=found)
    context = {
        "here": HERE,
        "appraisal": found,
        "may_edit": may_edit,
        "summary": summary_of(found, own),
        "scale": list(SCALE.values()),
        "definition": DEFINITION,
        "comments": comments.select_related("answer__agency") if may_edit else [],
        "takes_answers": found.takes_answers(timezone.localdate()),
        "over": found.over(timezone.localdate()),
        "address": f"{settings.ORIGIN}{reverse('appraisal:choose', args=[found.pk])}",
        "alone": own[0] if own and len(own) == 1 else None,
    }
    return render(request, "measures/appraisal.html", context)


@staff(acting.POLICY)
def move(request: StaffRequest, number: int, way: str) -> HttpResponseBase:
    """Open, close, publish, withdraw: it leaves the house, so it is asked first."""
    if way not in _MOVES:
        raise Http404
    found, chosen = _found(request, number), _MOVES[way]
    request.actor.require(acting.POLICY, found.agency)
    if request.method != "POST":
        context = {"here": HERE, "appraisal": found, "move": chosen, "way": way}
        return render(request, "measures/appraisal_confirm.html", context)
    chosen.act(request.actor, found)
    messages.success(request, chosen.said)
    return redirect("measures:appraisal", found.pk)


@require_POST
@staff(acting.POLICY)
def read_comment(request: StaffRequest, number: int, comment: int) -> HttpResponseBase:
    """Say of a comment whether it is published."""
    found = _found(request, number)
    one = AppraisalComment.objects.filter(answer__appraisal=found, pk=comment).first()
    if one is None:
        raise Http404
    try:
        acting.read_comment(request.actor, one, request.POST.get("standing", ""))
        messages.success(request, f"已记下：{one.get_standing_display()}。")
    except Forbidden as refusal:
        messages.warning(request, str(refusal))
    return redirect(reverse("measures:appraisal", args=[found.pk]) + "#comments")


@require_safe
@staff(READ)
def export(request: StaffRequest, number: int) -> HttpResponseBase:
    """The counts by agency and question as xlsx."""
    found = _found(request, number)
    own = None if request.actor.may(acting.POLICY, found.agency) else request.actor.agencies(READ)
    heads = ["机关代码", "机关", "交来份数", "题", *SCALE.values(), "答了的", "满意率"]
    rows = (
        [
            of.agency.code,
            of.agency.short_name,
            of.answers,
            rated.text,
            *(count for _, count in rated.told),
            rated.base,
            rated.share,
        ]
        for of in summary_of(found, own).by_agency
        for rated in of.rated
    )
    return sheets.answer("appraisal.xlsx", "社会评议", heads, rows)


def _form(request: StaffRequest, found: Appraisal | None) -> HttpResponseBase:
    agencies = request.actor.agencies(acting.POLICY)
    form = AppraisalForm(agencies, request.POST or None, initial=_initial(found, agencies))
    if request.method == "POST" and form.is_valid():
        try:
            done = acting.put(request.actor, found or Appraisal(), form.cleaned_data)
        except (ValidationError, Forbidden) as error:
            form.add_error(None, error if isinstance(error, ValidationError) else str(error))
        else:
            messages.success(request, f"已保存：{done}。")
            return redirect("measures:appraisal", done.pk)
    context = {"here": HERE, "form": form, "appraisal": found}
    status = 422 if form.errors else 200
    return render(request, "measures/appraisal_form.html", context, status=status)


def _initial(found: Appraisal | None, agencies: list[Agency]) -> dict[str, Any]:
    if found is None:
        asking = questionnaire()
        return {
            "agency": agencies[0] if agencies else None,
            "year": timezone.localdate().year,
            "title": asking.title,
            "introduction": asking.introduction,
            "questions": "\n".join(asking.questions),
            "free_question": asking.free_question,
        }
    names = ("agency", "year", "title", "introduction", "free_question", "opens_on", "closes_on")
    facts = {name: getattr(found, name) for name in names}
    return {**facts, "questions": "\n".join(q["text"] for q in found.questions)}


def _found(request: StaffRequest, number: int) -> Appraisal:
    found = Appraisal.objects.select_related("agency").filter(pk=number).first()
    if found is None or not _about(found, request.actor.agencies(READ)):
        raise Http404
    return found


def _about(appraisal: Appraisal, agencies: list[Agency]) -> bool:
    """Whether it is about one of ``agencies``; one not begun yet is its department's alone."""
    if appraisal.state == AppraisalState.DRAFT:
        return any(appraisal.agency_id == one.pk for one in agencies)
    top = appraisal.agency.competent_for or appraisal.agency
    return any(one.is_under(top) or one.pk == appraisal.agency_id for one in agencies)

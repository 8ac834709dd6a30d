"""Tables and what came of them: the list, import, one table with its results, export."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.web import sheets
from gongkai.web.agencies.models import Agency
from gongkai.web.audit.record import record
from gongkai.web.policies import Forbidden, StaffRequest, staff
from gongkai.web.reports.standing import reporting_to
from gongkai.web.reports.superior import governments

from .. import reading
from ..acts import begin as beginning
from ..acts import tables as acts
from ..audited import of_table
from ..evidence import measures
from ..formula import told
from ..models import Assessment, IndicatorTable, Stage, Standing
from ..results import groups_of, results_of
from . import HERE

_YEARS = 10


class UploadForm(forms.Form):
    """A table of a year."""

    year = forms.IntegerField(label="考核年度", min_value=2008, max_value=2100)
    title = forms.CharField(label="名称", max_length=200, required=False)
    full = forms.DecimalField(label="满分", min_value=1, max_value=10_000, decimal_places=2)
    file = forms.FileField(
        label="xlsx 或者 csv 文件",
        help_text="一行一项指标，列名照模板；一级指标可以合并单元格。",
        error_messages={"empty": "文件是空的。"},
    )


class AdoptForm(forms.Form):
    """What is settled when a table is put to use."""

    objection_days = forms.IntegerField(
        label="反馈以后可以申诉的工作日", min_value=0, max_value=60, initial=5
    )
    reason = forms.CharField(
        label="换版的理由",
        max_length=300,
        required=False,
        help_text="上一版已经开始打分的，要写。",
    )


@staff("oversight.read")
def home(request: StaffRequest) -> HttpResponseBase:
    """The tables of a department; the assessments of an office."""
    tops = governments(request.actor)
    agencies = request.actor.agencies("oversight.read")
    own = Assessment.objects.filter(agency__in=agencies).exclude(table__standing=Standing.REPLACED)
    context = {
        "here": HERE,
        "may_assess": bool(tops),
        "tables": IndicatorTable.objects.filter(to__in=tops).select_related("to")[:_YEARS],
        "assessments": [] if tops else own.select_related("agency", "table")[:_YEARS],
    }
    return render(request, "assessment/home.html", context)


@staff("oversight.assess")
def upload(request: StaffRequest) -> HttpResponseBase:
    """Import a table; what is wrong with it is told on its page."""
    tops = governments(request.actor)
    initial = {"year": timezone.localdate().year, "full": 100}
    form = UploadForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        to = next((top for top in tops if top.code == request.POST.get("to")), tops[0])
        file = given["file"]
        try:
            table = acts.bring_in(
                request.actor,
                to,
                given["year"],
                (str(file.name), file.read()),
                title=given["title"],
                full=given["full"],
            )
        except Forbidden as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("assessment:table", table.pk)
    context = {"here": HERE, "form": form, "tops": tops}
    status = 422 if form.errors else 200
    return render(request, "assessment/upload.html", context, status=status)


@staff("oversight.assess")
def template(request: StaffRequest) -> HttpResponseBase:
    """An example to fill in, with every source that the platform has."""
    rows: list[list[Any]] = []
    for one in measures().values():
        points = Decimal(100) / len(measures())
        rows.append([
            "", one.label, points.quantize(Decimal("0.01")), one.about, one.label, None, None, None
        ])  # fmt: skip
    rows.append(["组织领导", "分管负责人听取汇报", None, "听取一次以上得满分。", reading.BY_HAND])
    heads = [
        reading.FIRST, reading.NAME, reading.POINTS, reading.WORDS, reading.SOURCE,
        reading.FULL_AT, reading.ZERO_AT, reading.EACH,
    ]  # fmt: skip
    return sheets.answer("indicators.xlsx", "考核指标", heads, rows)


@staff("oversight.assess")
def table(request: StaffRequest, number: int) -> HttpResponseBase:
    """One table: its lines, what was found, the agencies and how far each is."""
    one = _found(request, number)
    reach = [a.pk for a in request.actor.agencies("oversight.assess")]
    lines = results_of(one, reach)
    begun = {line.assessment.agency_id for line in lines}
    known = measures()
    in_force = one.standing == Standing.IN_FORCE
    context = {
        "here": HERE,
        "table": one,
        "indicators": [
            {"indicator": i, "measure": known.get(i.measure), "formula": told(i, known.get(i.measure))}
            for i in one.indicators.all()
        ],
        "groups": [(name, points) for name, points in groups_of(one).items()],
        "lines": lines,
        "final": sum(line.assessment.stage == Stage.FINAL for line in lines),
        "to_begin": [a for a in reporting_to(one.to, one.year) if in_force and a.pk not in begun],
        "form": AdoptForm() if one.standing == Standing.DRAFT else None,
    }  # fmt: skip
    return render(request, "assessment/table.html", context)


@require_POST
@staff("oversight.assess")
def act(request: StaffRequest, number: int) -> HttpResponseBase:
    """Adopt a table, drop a draft, begin the scoring of agencies."""
    one = _found(request, number)
    what = request.POST.get("act", "")
    try:
        if what == "adopt":
            form = AdoptForm(request.POST)
            if not form.is_valid():
                raise Forbidden("".join(str(e) for errors in form.errors.values() for e in errors))
            acts.adopt(request.actor, one, **form.cleaned_data)
            messages.success(request, f"已启用：{one}。选机关，开始考核。")
        elif what == "put_away":
            acts.put_away(request.actor, one)
            messages.success(request, f"已删去：{one}。")
            return redirect("assessment:home")
        elif what == "begin":
            chosen = [int(n) for n in request.POST.getlist("agency") if n.isdecimal()]
            reach = {a.pk: a for a in request.actor.agencies("oversight.assess")}
            made = beginning.begin(request.actor, one, [reach[pk] for pk in chosen if pk in reach])
            messages.success(request, f"{len(made)} 个机关开始考核，系统数已经取好。")
        else:
            raise Http404
    except Forbidden as refusal:
        messages.warning(request, str(refusal))
    return redirect("assessment:table", one.pk)


@staff("oversight.assess")
@transaction.atomic
def export(request: StaffRequest, number: int) -> HttpResponseBase:
    """The results as xlsx: every agency and indicator, with every number that led to its points."""
    one = _found(request, number)
    who = request.actor.require("oversight.export", one.to)
    heads = [
        "机关代码", "机关", "进行到", "一级指标", "二级指标", "分值", "系统数", "建议分", "自评分",
        "自评说明", "复核分", "不计入", "复核意见", "申诉", "答复", "最后得分",
    ]  # fmt: skip
    reach = request.actor.agencies("oversight.assess")
    answer = sheets.answer(
        f"assessment-{one.year}-{one.number}.xlsx", f"{one.year}年度考核", heads, _rows(one, reach)
    )
    record("oversight.export", of_table(one), who)
    return answer


def _rows(table: IndicatorTable, agencies: list[Agency]) -> Iterator[list[Any]]:
    found = table.assessments.filter(agency__in=agencies).select_related("agency")
    for one in found.order_by("agency__position", "agency__code"):
        for score in one.scores.select_related("indicator").defer("lines"):
            indicator = score.indicator
            yield [
                one.agency.code, one.agency.name, one.get_stage_display(), indicator.first,
                indicator.name, indicator.points, score.printed, score.suggested,
                score.self_points, score.self_words, score.points, "是" if score.left_out else "",
                score.words, score.objection, score.answer, score.final,
            ]  # fmt: skip


def _found(request: StaffRequest, number: int) -> IndicatorTable:
    one = (
        IndicatorTable.objects.select_related("to", "imported_by", "adopted_by")
        .filter(pk=number)
        .first()
    )
    if one is None:
        raise Http404
    request.actor.require("oversight.assess", one.to)
    return one

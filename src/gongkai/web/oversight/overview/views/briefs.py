"""Briefs: the list, one with its figures beside its words, its papers."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from gongkai.web import filestore
from gongkai.web.oversight.assessment.evidence import Length, last_spans, span_called
from gongkai.web.policies import Forbidden, StaffRequest, staff
from gongkai.web.reports.superior import governments

from ..acts import briefs as acts
from ..brief.figures import ABOUT_TABLE, figures_kept
from ..models import Brief, BriefState
from . import HERE

_OFFERED = {Length.MONTH: 12, Length.QUARTER: 4, Length.YEAR: 2}


@staff("oversight.brief")
def briefs(request: StaffRequest) -> HttpResponseBase:
    """The briefs of one's government; a POST starts one."""
    tops = governments(request.actor)
    if request.method == "POST":
        span = span_called(request.POST.get("span", ""))
        to = next((top for top in tops if top.code == request.POST.get("to")), tops[0])
        try:
            if span is None:
                raise Forbidden("选一段时间。")
            return redirect("overview:brief", acts.start(request.actor, to, span).pk)
        except Forbidden as refusal:
            messages.warning(request, str(refusal))
            return redirect("overview:briefs")
    today = timezone.localdate()
    found = Brief.objects.filter(to__in=tops).select_related("to", "written_by")
    page = Paginator(found, 30).get_page(request.GET.get("page"))
    context = {
        "here": HERE,
        "tops": tops,
        "page": page,
        "spans": [s for one, most in _OFFERED.items() for s in last_spans(today, one, most)[::-1]],
    }
    return render(request, "overview/briefs.html", context)


@staff("oversight.brief")
def brief(request: StaffRequest, number: int) -> HttpResponseBase:
    """One brief: written while it is a draft, read afterwards."""
    one = _found(request, number)
    error = ""
    if request.method == "POST":
        title, text = request.POST.get("title", ""), request.POST.get("text", "")
        try:
            acts.write(request.actor, one, title, text)
            if "keep" in request.POST:
                acts.keep(request.actor, one)
        except Forbidden as refusal:
            error = str(refusal)
            one.title, one.text = title, text
        else:
            messages.success(request, "已定稿。" if "keep" in request.POST else "已保存。")
            return redirect("overview:brief", one.pk)
    figures = figures_kept(one.figures)
    context = {
        "here": HERE,
        "one": one,
        "draft": one.state == BriefState.DRAFT,
        "figures": figures,
        "about_table": ABOUT_TABLE,
        "lines": [line for line in one.text.splitlines() if line.strip()],
        "error": error,
    }
    return render(request, "overview/brief.html", context, status=422 if error else 200)


@require_POST
@staff("oversight.brief")
def act(request: StaffRequest, number: int) -> HttpResponseBase:
    """Count anew, drop, draft an item."""
    one = _found(request, number)
    what = request.POST.get("act", "")
    try:
        if what == "count":
            acts.count_anew(request.actor, one)
            messages.success(request, "已重新取数；正文没有动，核对正文里的数。")
        elif what == "drop":
            acts.drop(request.actor, one)
            messages.success(request, f"已删去：{one}。")
            return redirect("overview:briefs")
        elif what == "publish":
            item = acts.publish(request.actor, one)
            messages.success(request, "已起草信息，照平常的步骤送审、发布。")
            return redirect("disclosure:edit", item.pk)
        else:
            raise Http404
    except Forbidden as refusal:
        messages.warning(request, str(refusal))
    return redirect("overview:brief", one.pk)


@staff("oversight.brief")
def file(request: StaffRequest, number: int, form: str) -> HttpResponseBase:
    """The paper of a kept brief."""
    one = _found(request, number)
    stored = {"docx": one.docx, "pdf": one.pdf}.get(form)
    if stored is None:
        raise Http404
    response = HttpResponse(filestore.read(stored.digest), content_type=stored.media_type)
    response["Content-Disposition"] = (
        content_disposition_header(True, f"{one.title}.{form}") or "attachment"
    )
    return response


def _found(request: StaffRequest, number: int) -> Brief:
    one = Brief.objects.select_related("to", "docx", "pdf", "kept_by").filter(pk=number).first()
    if one is None:
        raise Http404
    request.actor.require("oversight.brief", one.to)
    return one

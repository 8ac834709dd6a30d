"""The last screen before handing in: everything found, what was changed, the reason, the day."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongkai.web.disclosure.steps import OutOfTurn
from gongkai.web.policies import Forbidden, StaffRequest, staff

from ..acts import judge
from ..acts.hand_in import hand_in
from ..checking import Checked
from ..filling import Filled
from ..models import Dismissal
from ..versions import require_writer
from .found import context_of, found


@staff("report.compile")
def check(request: StaffRequest, number: int) -> HttpResponseBase:
    """Everything that was found; hand in, with a reason where errors are left."""
    report = found(request, number)
    request.actor.require("report.compile", report.agency)
    error, reason = "", request.POST.get("reason", "")
    if request.method == "POST":
        try:
            report = hand_in(request.actor, report, reason)
        except (Forbidden, OutOfTurn) as refusal:
            error = str(refusal)
        else:
            item = report.item
            undo = reverse("disclosure:recall", args=[item.pk]) if item else ""
            messages.success(request, f"已送审：{report}。", extra_tags=f"undo:{undo}")
            return redirect("reports:report", report.pk)
    filled = Filled(report.version)
    checked = Checked(filled, neighbours=True)
    names = {section.key: section.heading for section in filled.form.sections}
    context = context_of(request, report, filled, "check")
    context |= {
        "error": error,
        "reason": reason,
        "groups": [
            (heading, rows)
            for key, heading in (*names.items(), ("", "全文"))
            if (rows := [f for f in checked.found if f.section == key and f.open])
        ],
        "aside": [one for one in checked.found if not one.open],
        "errors": checked.errors,
        "warnings": checked.warnings,
        "must": checked.must_mend,
        "changed": [
            (spec, figure, filled.printed[spec.address]) for spec, figure in filled.changed()
        ],
    }
    return render(request, "reports/check.html", context, status=422 if error else 200)


@require_POST
@staff("report.read")
def dismiss(request: StaffRequest, number: int) -> HttpResponseBase:
    """Set a finding aside with a reason."""
    report = found(request, number)
    require_writer(request.actor, report)
    try:
        made = judge.dismiss(
            request.actor,
            report,
            request.POST.get("finding", ""),
            request.POST.get("reason", ""),
        )
    except Forbidden as refusal:
        messages.warning(request, f"没有记下：{refusal}")
    else:
        undo = reverse("reports:take_up", args=[report.pk, made.pk])
        messages.success(request, "已记下，再检查时不再提。", extra_tags=f"undo:{undo}")
    return redirect(_back(request, report.pk))


@require_POST
@staff("report.read")
def take_up(request: StaffRequest, number: int, dismissal: int) -> HttpResponseBase:
    """Take a finding up again that was set aside."""
    report = found(request, number)
    require_writer(request.actor, report)
    one = Dismissal.objects.filter(report=report, pk=dismissal).first()
    if one is None:
        raise Http404
    try:
        judge.take_up(request.actor, one)
    except Forbidden as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, "这一项重新列出。")
    return redirect(_back(request, report.pk))


def _back(request: StaffRequest, number: int) -> str:
    section = request.POST.get("section", "")
    if section.isidentifier() and section != "check":
        return reverse("reports:section", args=[number, section])
    return reverse("reports:check", args=[number])

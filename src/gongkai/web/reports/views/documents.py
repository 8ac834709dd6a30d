"""The report as a document: its page, its versions and papers; begin one, correct one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.safestring import mark_safe

from gongkai.core.errors import UnreadableDocument
from gongkai.core.rules import find, say
from gongkai.core.writers import render as write
from gongkai.core.writers.html import article
from gongkai.web import filestore
from gongkai.web.agencies.models import Agency
from gongkai.web.apart import NoAnswer, apart
from gongkai.web.disclosure.steps import OutOfTurn
from gongkai.web.policies import Forbidden, StaffRequest, staff

from ..acts import begin as beginning
from ..acts.hand_in import correct as begin_correction
from ..filling import Filled
from ..models import AnnualReport, ReportVersion, Way
from ..original import anchor_of, original_html
from ..papers import FORMATS, format_of, name_of
from ..standing import changed_since
from .found import HERE, context_of, found


class BeginForm(forms.Form):
    """Which report, and where its figures come from."""

    year = forms.IntegerField(label="年度", min_value=2019, max_value=2100)
    way = forms.ChoiceField(
        label="数字从哪里来",
        choices=[(way.value, way.label) for way in Way if way != Way.PARTS],
        widget=forms.RadioSelect,
        initial=Way.LEDGERS,
    )
    file = forms.FileField(
        label="报告文件",
        required=False,
        help_text="docx、doc、pdf、xlsx、html、txt、json 都可以；选“读入文件”时用。",
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("way") == Way.DOCUMENT and not given.get("file"):
            self.add_error("file", "选一个报告文件。")
        return given


class ReasonForm(forms.Form):
    """Why a published report is corrected."""

    reason = forms.CharField(
        label="更正原因", max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "写明原因，公开以后会显示。"},
    )  # fmt: skip


@staff("report.compile")
def begin(request: StaffRequest) -> HttpResponseBase:
    """Begin a report: from the ledgers, by filling in the form, or from a document."""
    agencies = request.actor.agencies("report.compile")
    agency = _agency(request, agencies)
    first = {"year": request.GET.get("year") or timezone.localdate().year - 1}
    form = BeginForm(request.POST or None, request.FILES or None, initial=first)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            report = _begun(request, agency, given)
        except (Forbidden, OutOfTurn) as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("reports:section", report.pk, "overview")
    context = {"here": HERE, "form": form, "agency": agency, "agencies": agencies}
    return render(request, "reports/begin.html", context, status=422 if form.errors else 200)


def _begun(request: StaffRequest, agency: Agency, given: dict[str, Any]) -> AnnualReport:
    if given["way"] != Way.DOCUMENT:
        report = beginning.begin(request.actor, agency, given["year"], given["way"])
        messages.success(request, f"已开始：{report}。")
        return report
    file = given["file"]
    report, doubts = beginning.read_in(
        request.actor, agency, given["year"], str(file.name), file.read()
    )
    for doubt in doubts[:10]:
        messages.warning(request, doubt)
    messages.success(request, f"已从“{file.name}”读入，逐格核对。")
    return report


def _agency(request: StaffRequest, able: list[Agency]) -> Agency:
    """The agency whose report it is: the one chosen, or the only one."""
    wanted = request.POST.get("agency") or request.GET.get("agency")
    for agency in able:
        if agency.code == wanted:
            return agency
    if wanted or not able:
        raise Forbidden("你不编制这个机关的年度报告。")
    return able[0]


@staff("report.read")
def report(request: StaffRequest, number: int) -> HttpResponseBase:
    """The report as it stands: its text and tables, versions, papers, where it went."""
    one = found(request, number)
    return _page(request, one, one.version)


@staff("report.read")
def version(request: StaffRequest, number: int, version: int) -> HttpResponseBase:
    """An earlier version as it was."""
    one = found(request, number)
    return _page(request, one, _version(one, version))


@staff("report.read")
def paper(request: StaffRequest, number: int, version: int, suffix: str) -> HttpResponseBase:
    """A version as a file: as it was published, or as it would be."""
    one = found(request, number)
    form = format_of(suffix)
    if form is None:
        raise Http404
    wanted = _version(one, version)
    told = Filled(wanted).report
    name = name_of(told, form)
    kept = _kept(wanted, name)
    data = kept if kept is not None else write(told, form.suffix)
    return HttpResponse(
        data,
        content_type=form.media_type,
        headers={"Content-Disposition": content_disposition_header(True, name) or ""},
    )


@staff("report.read")
def original(request: StaffRequest, number: int, version: int) -> HttpResponseBase:
    """The document that a version was read from."""
    wanted = _version(found(request, number), version)
    if wanted.document is None:
        raise Http404
    return HttpResponse(
        filestore.read(wanted.document.digest),
        content_type="application/octet-stream",
        headers={
            "Content-Disposition": content_disposition_header(True, wanted.document_name) or ""
        },
    )


@staff("report.read")
def beside(request: StaffRequest, number: int, version: int) -> HttpResponseBase:
    """The document and what was read in it side by side, each figure leading to its place."""
    one = found(request, number)
    wanted = _version(one, version)
    if wanted.document is None:
        raise Http404
    filled = Filled(wanted)
    problem, words = "", ""
    try:
        words = apart(original_html, filestore.read(wanted.document.digest))
    except (NoAnswer, UnreadableDocument) as refused:
        problem = f"原件的文字显示不了：{_why(refused)}"
    read = filled.base.cells if filled.base else {}
    context = context_of(request, one, filled)
    context |= {
        "version": wanted,
        "problem": problem,
        # Escaped word by word where it was made.
        "original": mark_safe(words),
        "rows": [
            {
                "spec": spec,
                "printed": filled.printed[address],
                "figure": filled.figures[address],
                "anchor": anchor_of(cell.where)
                if (cell := read.get(address)) and cell.where
                else "",
            }
            for address, spec in filled.form.cells.items()
            if filled.printed[address] not in ("", "0") or filled.figures[address].overruled
        ],
    }
    return render(request, "reports/beside.html", context)


def _why(refused: Exception) -> str:
    if isinstance(refused, UnreadableDocument):
        return say(find(refused.rule, **refused.values))
    return f"{refused}。"


@staff("report.correct")
def correct(request: StaffRequest, number: int) -> HttpResponseBase:
    """Begin a correction of a published report."""
    one = found(request, number)
    request.actor.require("report.correct", one.agency)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            begin_correction(request.actor, one, form.cleaned_data["reason"])
        except (Forbidden, OutOfTurn) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已开新一稿。新稿签发以前，公开的还是原来的。")
            return redirect("reports:section", one.pk, "overview")
    context = {"here": HERE, "report": one, "form": form}
    return render(request, "reports/correct.html", context, status=422 if form.errors else 200)


def _page(request: StaffRequest, one: AnnualReport, wanted: ReportVersion) -> HttpResponseBase:
    filled = Filled(wanted)
    versions = one.versions.select_related("written_by").order_by("-number")
    context = context_of(request, one, filled)
    item = one.item
    context |= {
        "version": wanted,
        # Built as a tree by the core's writer: nothing typed can be markup in it.
        "article": mark_safe(article(filled.report)),
        "versions": versions,
        "formats": [{"suffix": form.suffix[1:], "about": form.about} for form in FORMATS],
        "submissions": [
            submission
            for one_version in versions
            for submission in one_version.submissions.select_related("to", "submitted_by")
        ],
        "item": item,
        "changed": changed_since(wanted) if one.live_id or wanted.way == Way.PARTS else [],
        "may_collect": request.actor.may("report.collect", one.agency),
        "may_correct": item is not None
        and item.state in ("published", "withdrawn")
        and request.actor.may("report.correct", one.agency),
    }
    return render(request, "reports/report.html", context)


def _version(one: AnnualReport, number: int) -> ReportVersion:
    wanted = (
        one.versions.select_related("report__agency", "compilation", "document")
        .filter(number=number)
        .first()
    )
    if wanted is None:
        raise Http404
    return wanted


def _kept(wanted: ReportVersion, name: str) -> bytes | None:
    """The very bytes that were handed in; None for a draft."""
    if wanted.item_version is None:
        return None
    attachment = wanted.item_version.attachments.filter(name=name).first()
    return filestore.read(attachment.original.digest) if attachment else None

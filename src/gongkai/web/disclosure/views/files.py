"""Attachments: add, look at, describe, take out, redact.

Originals are sent to staff only, always as something to keep, never to run.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from gongkai.core.screening.preview import first_page_png, preview_html
from gongkai.web import filestore
from gongkai.web.apart import NoAnswer, apart
from gongkai.web.policies import Forbidden, StaffRequest, staff

from ..acts import answer as answering
from ..acts import attach as attaching
from ..models import UNDER_REVIEW, InformationItem, StoredFile
from .found import found, found_attachment


@require_POST
@staff("item.edit")
def attach(request: StaffRequest, number: int) -> HttpResponseBase:
    """Add one or several files; a refused one says why, the others are kept."""
    item = found(request, number)
    inline = request.POST.get("inline") == "1"
    description = request.POST.get("alternative_text", "")
    added = []
    for file in request.FILES.getlist("file"):
        try:
            attachment = attaching.attach(
                request.actor,
                item,
                str(file.name),
                file.read(),
                inline=inline,
                alternative_text=description,
            )
        except Forbidden as refusal:
            if request.headers.get("X-Editor"):
                return JsonResponse({"error": str(refusal)}, status=422)
            messages.warning(request, str(refusal))
        else:
            added.append(attachment)
    if request.headers.get("X-Editor"):
        if not added:
            return JsonResponse({"error": "选一个文件。"}, status=422)
        address = reverse("disclosure:preview", args=[item.pk, added[0].pk])
        return JsonResponse({"reference": f"attachment:{added[0].reference}", "address": address})
    if added:
        messages.success(request, "已加附件：" + "、".join(a.name for a in added) + "。")
    elif not request.FILES:
        messages.warning(request, "选一个文件。")
    return redirect(reverse("disclosure:edit", args=[item.pk]) + "#attachments")


@staff("item.read")
def download(request: StaffRequest, number: int, attachment: int) -> HttpResponseBase:
    """The original."""
    one = found_attachment(request, number, attachment)
    return _sent(one.original, one.name)


@staff("item.read")
def public_copy(request: StaffRequest, number: int, attachment: int) -> HttpResponseBase:
    """The copy that the public gets."""
    one = found_attachment(request, number, attachment)
    return _sent(one.public_file, one.name)


@staff("item.read")
def preview(request: StaffRequest, number: int, attachment: int) -> HttpResponseBase:
    """A picture as it is; the first page of a pdf; the text of Word and Excel files."""
    one = found_attachment(request, number, attachment)
    stored = one.public_file
    data = filestore.read(stored.digest)
    if stored.media_type.startswith("image/"):
        return HttpResponse(data, content_type=stored.media_type, headers=_CAREFUL)
    context = {"here": "disclosure:list", "item": one.version.item, "attachment": one}
    try:
        if stored.media_type == "application/pdf":
            if request.GET.get("page") == "1":
                picture = apart(first_page_png, data, one.name, 1000)
                if picture is None:
                    raise Http404
                return HttpResponse(picture, content_type="image/png", headers=_CAREFUL)
            context["picture"] = f"{request.path}?page=1"
        else:
            context["html"] = apart(preview_html, data, one.name)
    except NoAnswer as reason:
        context["error"] = str(reason)
    return render(request, "disclosure/preview.html", context)


@require_POST
@staff("item.edit")
def describe(request: StaffRequest, number: int, attachment: int) -> HttpResponseBase:
    """Rename and describe."""
    one = found_attachment(request, number, attachment)
    attaching.describe(
        request.actor,
        one,
        name=request.POST.get("name") or one.name,
        alternative_text=request.POST.get("alternative_text", ""),
    )
    messages.success(request, "附件说明已保存。")
    return redirect(reverse("disclosure:edit", args=[number]) + "#attachments")


@require_POST
@staff("item.edit")
def detach(request: StaffRequest, number: int, attachment: int) -> HttpResponseBase:
    """Take out."""
    one = found_attachment(request, number, attachment)
    attaching.detach(request.actor, one)
    messages.success(request, f"已去掉附件“{one.name}”。")
    return redirect(reverse("disclosure:edit", args=[number]) + "#attachments")


@require_POST
@staff("item.redact")
def redact(request: StaffRequest, number: int, attachment: int) -> HttpResponseBase:
    """Make the copy for the public."""
    one = found_attachment(request, number, attachment)
    try:
        done = answering.redact_attachment(request.actor, one)
        messages.success(
            request,
            f"已生成公开副本“{done.name}”：{'；'.join(done.redaction) or '没有要去掉的'}。原件不公开。",
        )
    except Forbidden as refusal:
        messages.warning(request, str(refusal))
    return _back(one.version.item)


@require_POST
@staff("item.redact")
def keep(request: StaffRequest, number: int, attachment: int) -> HttpResponseBase:
    """Drop the copy again."""
    one = found_attachment(request, number, attachment)
    answering.keep_original(request.actor, one)
    messages.success(request, f"“{one.name}”不再用副本，公开的是原件。")
    return _back(one.version.item)


_CAREFUL = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-store"}


def _back(item: InformationItem) -> HttpResponseBase:
    return redirect(
        "disclosure:review" if item.state in UNDER_REVIEW else "disclosure:item", item.pk
    )


def _sent(stored: StoredFile, name: str) -> HttpResponse:
    response = HttpResponse(
        filestore.read(stored.digest), content_type=stored.media_type, headers=_CAREFUL
    )
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response

"""The answers: lists and items as JSON, lists as CSV; asked again, only what changed is sent."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from gongkai.web.policies import public
from gongkai.web.publication.models import Withdrawal

from ..responses import respond, set_mode
from . import page
from .answers import json_answer, opened, problems
from .asking import BadQuestion, Resource, ask
from .fields import csv_cell, row_of, whole_item_fields
from .openapi import BASE, document
from .resources import RESOURCES
from .resources import item as item_of


@public
@require_safe
def listing(request: HttpRequest, name: str, form: str) -> HttpResponseBase:
    """A page of one of the lists."""
    resource = RESOURCES.get(name)
    if resource is None:
        return problems(request, 404, [f"没有“{name}”，有：{'、'.join(RESOURCES)}"])
    try:
        found = ask(resource, request.GET)
    except BadQuestion as asked:
        return problems(request, 400, asked.problems)
    following = _following(request, found.after)
    rows = [row_of(resource.fields(), thing) for thing in found.things]
    if form == "json":
        return json_answer(request, {resource.name: rows, "next": following})
    response = HttpResponse(_table(resource, rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{resource.name}.csv"'
    if following:
        response.headers["Link"] = f'<{following}>; rel="next"'
    return opened(request, response)


@public
@require_safe
def item(request: HttpRequest, number: int) -> HttpResponseBase:
    """One item, whole."""
    found = item_of(number)
    if found is not None:
        return json_answer(request, row_of(whole_item_fields(), found))
    notice = Withdrawal.objects.filter(pk=number).first()
    if notice is not None:
        return problems(request, 410, [f"这条信息已经撤回：{notice.reason}"])
    return problems(request, 404, [f"没有编号是 {number} 的信息"])


@public
@require_safe
def description(request: HttpRequest) -> HttpResponseBase:
    """The OpenAPI document."""
    return json_answer(request, document())


@public
@require_safe
def about(request: HttpRequest) -> HttpResponseBase:
    """The page that explains it to people."""
    chosen = set_mode(request)
    return chosen or respond(request, page.written())


@public
@require_safe
def nothing(request: HttpRequest, rest: str) -> HttpResponseBase:
    """Any other address below the interface's."""
    return problems(request, 404, [f"没有这个接口，说明见 {settings.MOUNT}{BASE}openapi.json"])


def _following(request: HttpRequest, after: int | None) -> str | None:
    if after is None:
        return None
    asked = request.GET.copy()
    asked["cursor"] = str(after)
    return f"{settings.ORIGIN}{request.path}?{asked.urlencode()}"


def _table(resource: Resource, rows: Iterable[dict[str, Any]]) -> str:
    written = io.StringIO()
    written.write("\ufeff")
    table = csv.writer(written)
    table.writerow([field.name for field in resource.fields()])
    for row in rows:
        table.writerow([csv_cell(value) for value in row.values()])
    return written.getvalue()

"""The answers: lists and items as JSON, lists as CSV; asked again, only what changed is sent."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from gongkai.web.policies import public
from gongkai.web.publication.models import Withdrawal

from ..responses import conditional, respond, set_mode
from . import page
from .asking import BadQuestion, Resource, ask
from .fields import row_of, whole_item_fields
from .openapi import BASE, document
from .resources import RESOURCES
from .resources import item as item_of

_JSON = "application/json; charset=utf-8"
# A spreadsheet takes a cell that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@public
@require_safe
def listing(request: HttpRequest, name: str, form: str) -> HttpResponseBase:
    """A page of one of the lists."""
    resource = RESOURCES.get(name)
    if resource is None:
        return _problems(request, 404, [f"没有“{name}”，有：{'、'.join(RESOURCES)}"])
    try:
        found = ask(resource, request.GET)
    except BadQuestion as asked:
        return _problems(request, 400, asked.problems)
    following = _following(request, found.after)
    rows = [row_of(resource.fields(), thing) for thing in found.things]
    if form == "json":
        return _json(request, {resource.name: rows, "next": following})
    response = HttpResponse(_table(resource, rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{resource.name}.csv"'
    if following:
        response.headers["Link"] = f'<{following}>; rel="next"'
    return _open(request, response)


@public
@require_safe
def item(request: HttpRequest, number: int) -> HttpResponseBase:
    """One item, whole."""
    found = item_of(number)
    if found is not None:
        return _json(request, row_of(whole_item_fields(), found))
    notice = Withdrawal.objects.filter(pk=number).first()
    if notice is not None:
        return _problems(request, 410, [f"这条信息已经撤回：{notice.reason}"])
    return _problems(request, 404, [f"没有编号是 {number} 的信息"])


@public
@require_safe
def description(request: HttpRequest) -> HttpResponseBase:
    """The OpenAPI document."""
    return _json(request, document())


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
    return _problems(request, 404, [f"没有这个接口，说明见 {settings.MOUNT}{BASE}openapi.json"])


def _following(request: HttpRequest, after: int | None) -> str | None:
    if after is None:
        return None
    asked = request.GET.copy()
    asked["cursor"] = str(after)
    return f"{settings.ORIGIN}{request.path}?{asked.urlencode()}"


def _json(request: HttpRequest, value: Any, status: int = 200) -> HttpResponseBase:
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return _open(request, HttpResponse(body, content_type=_JSON, status=status))


def _problems(request: HttpRequest, status: int, problems: Iterable[str]) -> HttpResponseBase:
    return _json(request, {"problems": list(problems)}, status)


def _open(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """Open to pages of any site; kept by nobody without asking whether it still holds."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    return conditional(request, response, response.content, None)


def _table(resource: Resource, rows: Iterable[dict[str, Any]]) -> str:
    written = io.StringIO()
    written.write("\ufeff")
    table = csv.writer(written)
    table.writerow([field.name for field in resource.fields()])
    for row in rows:
        table.writerow([_cell(value) for value in row.values()])
    return written.getvalue()


def _cell(value: Any) -> str:
    if isinstance(value, list):
        value = "；".join(map(str, value))
    text = "" if value is None else str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text

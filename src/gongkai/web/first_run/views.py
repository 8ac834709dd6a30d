"""The first-run page (mock-up 15b): open to whoever has the word of the terminal, and once only."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from gongkai.web.doctor import examine_settled
from gongkai.web.doctor.condition import Level
from gongkai.web.policies import public
from gongkai.web.stage import Stage, stage

from . import acts, token
from .forms import BeginForm, OthersForm, TokenForm

# What a session keeps once the word was given: its digest, so that a new word closes it.
_OPENED = "first_run"


@public
@never_cache
@sensitive_post_parameters("password", "again", "token")
@require_http_methods(["GET", "POST"])
def first_run(request: HttpRequest) -> HttpResponseBase:
    """The step at which the first run stands."""
    where = stage()
    if where is Stage.DONE or not token.exists():
        raise Http404
    if not _is_open(request):
        return _door(request)
    return _begin(request) if where is Stage.AGENCY else _others(request)


def _is_open(request: HttpRequest) -> bool:
    return request.session.get(_OPENED) == token.digest()


def _door(request: HttpRequest) -> HttpResponseBase:
    """Ask for the word, or take it; the address with the word in it is left at once."""
    given = request.GET if "token" in request.GET else request.POST or None
    form = TokenForm(given)
    if given is not None and form.is_valid():
        if token.opens(form.cleaned_data["token"]):
            request.session.cycle_key()
            request.session[_OPENED] = token.digest()
            return redirect("first_run")
        form.add_error(
            "token", "口令不对，或者已经用过。再运行一次 gongkai up --empty，会给出新的。"
        )
    return render(request, "first_run/door.html", {"form": form}, status=403 if given else 200)


def _begin(request: HttpRequest) -> HttpResponseBase:
    form = BeginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        acts.begin(
            form.agency_made(), given["username"], given["name"], given["password"],
            _address(request),
        )  # fmt: skip
        return redirect("first_run")
    found = list(examine_settled())
    counts = [(level, sum(c.level is level for c in found)) for level in Level]
    context: dict[str, Any] = {
        "form": form,
        "conditions": found,
        "counts": [(level.label, count) for level, count in counts if count],
    }
    return render(request, "first_run/begin.html", context)


def _others(request: HttpRequest) -> HttpResponseBase:
    made = acts.others()
    if request.method == "POST" and made:
        return _done(request, acts.open_again(_address(request)))
    form = OthersForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _done(request, acts.finish(form.by_role(), _address(request)))
    return render(request, "first_run/others.html", {"form": form, "made": made})


def _done(request: HttpRequest, opened: list[acts.Opened]) -> HttpResponse:
    request.session.flush()
    context = {"opened": opened, "sign_in": settings.LOGIN_URL}
    return render(request, "first_run/done.html", context)


def _address(request: HttpRequest) -> str | None:
    return request.META.get("REMOTE_ADDR") or None

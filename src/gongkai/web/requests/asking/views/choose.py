"""Step one: which agency, by its name, its duties, its list of powers, what it published last."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from gongkai.core.bigrams import normal
from gongkai.core.time_limits import time_limits
from gongkai.web.agencies.models import Agency
from gongkai.web.public import links
from gongkai.web.public.shell import has_columns
from gongkai.web.publication.models import Publication
from gongkai.web.registers.models import PowerEntry

from ...acts.submit import why_not_online
from .. import drafts, paper_form
from ..pages import for_everybody, private, show

_RECENT = 5
_MOST_MATTERS = 3
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Candidate:
    """An agency that may be asked; ``matters``: of its list of powers, what was looked for."""

    agency: Agency
    matters: list[str]


@for_everybody
@require_safe
def choose(request: HttpRequest) -> HttpResponseBase:
    """Every agency that can be asked, or those that have to do with what is looked for."""
    query = request.GET.get("q", "").strip()[:100]
    return show(
        request,
        "choose.html",
        title="申请公开：向谁申请",
        crumbs=[("向谁申请", None)],
        query=query,
        candidates=_candidates(normal(query).split()),
        kept_query=request.GET.urlencode() if query else "",
    )


@for_everybody
@require_safe
def agency(request: HttpRequest, slug: str) -> HttpResponseBase:
    """One agency: what it does, what it published last, how else it can be asked."""
    found = agency_of(slug)
    return show(
        request,
        "agency.html",
        title=f"向{found.name}申请公开",
        agency=found,
        crumbs=[(found.short_name, None)],
        refused=why_not_online(found),
        draft=drafts.of(request, found),
        recent=Publication.objects.filter(agency=found)
        .only("title", "number", "year", "published_at")
        .order_by("-order_key")[:_RECENT],
        limits=time_limits(),
        how_else=links.request_of(found.slug),
    )


@for_everybody
@require_safe
def blank_form(request: HttpRequest, slug: str) -> HttpResponse:
    """The form on paper (申请表), to be printed, filled in, sent or brought."""
    found = agency_of(slug)
    response = HttpResponse(paper_form.docx_of(found), content_type=_WORD)
    response.headers["Content-Disposition"] = 'attachment; filename="request-form.docx"'
    return private(response)


def agency_of(slug: str) -> Agency:
    """The agency at an address; 404 where there is none that can be asked."""
    found = (
        Agency.objects.select_related("parent", "succeeded_by", "request_settings")
        .filter(slug=slug)
        .first()
    )
    if found is None or not has_columns(found):
        raise Http404
    return found


def _candidates(words: list[str]) -> list[Candidate]:
    agencies = [a for a in Agency.objects.active() if has_columns(a)]
    if not words:
        return [Candidate(agency, []) for agency in agencies]
    matters = _matters(words)
    found = []
    for one in agencies:
        said = normal(f"{one.name} {one.short_name} {one.functions}")
        its = matters.get(one.pk, [])
        if its or all(word in said for word in words):
            found.append(Candidate(one, its))
    # Who is named so stands before who merely has to do with it.
    return sorted(found, key=lambda c: all(w in normal(c.agency.name) for w in words), reverse=True)


def _matters(words: list[str]) -> dict[int, list[str]]:
    """Entries of the lists of powers that name every word, a few for each agency."""
    entries = PowerEntry.objects.values_list("agency_id", "name")
    for word in words:
        entries = entries.filter(name__icontains=word)
    found: dict[int, list[str]] = {}
    for agency_id, name in entries[:500]:
        if len(found.setdefault(agency_id, [])) < _MOST_MATTERS:
            found[agency_id].append(name)
    return found

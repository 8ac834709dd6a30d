"""Act: make a draft for publication of what many ask for (art. 44).

The draft goes the whole way of publishing.  Who asked never goes along: a text or file name
in which the requester can be found is refused.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from gongkai.core.handling.outcomes import Outcome
from gongkai.web.disclosure.acts.attach import attach
from gongkai.web.disclosure.acts.draft import start
from gongkai.web.disclosure.models import InformationItem
from gongkai.web.policies import Actor, Forbidden

from ..discretion import secrets_of
from ..keeping import tell
from ..models import DisclosureRequest, Paper
from ..papers import bytes_of
from ..steps import held

_GIVEN = (Outcome.DISCLOSED, Outcome.PARTLY_DISCLOSED)


@transaction.atomic
def turn_public(
    actor: Actor,
    case: DisclosureRequest,
    *,
    title: str,
    body_html: str,
    papers: Iterable[Paper] = (),
) -> InformationItem:
    """A draft item of the agency with ``papers`` of the reply attached."""
    case, who = held(actor, case, "request.handle")
    if case.outcome not in _GIVEN or not case.served_on:
        raise Forbidden("答复予以公开、部分公开并且已经送达的，才转为主动公开。")
    chosen = list(papers)
    for paper in chosen:
        if paper.request_id != case.pk or paper.sealed or paper.from_requester:
            raise Forbidden(f"“{paper.name}”不是本机关提供的材料，不能公开。")
    if not title.strip():
        raise Forbidden("没有写标题。")
    said = "".join("".join((title, body_html, *(paper.name for paper in chosen))).split())
    if any("".join(secret.split()) in said for secret in secrets_of(case.requester)):
        raise Forbidden("标题、正文或者文件名里有申请人的信息，去掉再转。")
    item = start(actor, case.agency, title=title.strip(), body_html=body_html)
    for paper in chosen:
        attach(actor, item, paper.name, bytes_of(paper))
    tell("request.turn_public", case, who, after={"item": item.pk, "papers": len(chosen)})
    return item

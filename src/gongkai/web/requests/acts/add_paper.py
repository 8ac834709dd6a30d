"""Act: add a paper to the file; what is in it stays as it came."""

from __future__ import annotations

from django.db import transaction

from gongkai.web.policies import Actor, Forbidden

from ..keeping import tell
from ..models import DisclosureRequest, Paper, PaperKind
from ..papers import keep_paper
from ..steps import held


@transaction.atomic
def add_paper(
    actor: Actor,
    case: DisclosureRequest,
    kind: str,
    name: str,
    data: bytes,
    *,
    from_requester: bool = False,
) -> Paper:
    """Keep ``data`` under its digest; until the file is closed."""
    case, who = held(actor, case, "request.handle")
    if case.state == "archived":
        raise Forbidden("这件申请已经归档，不能再加材料；责令重新答复后可以。")
    paper = keep_paper(
        case, PaperKind(kind), name, data, person=actor.person, from_requester=from_requester
    )
    # Its name may be the requester's: the trail keeps the digest.
    tell(
        "request.add_paper", case, who,
        after={"paper_kind": paper.kind, "digest": paper.digest, "bytes": paper.size},
    )  # fmt: skip
    return paper

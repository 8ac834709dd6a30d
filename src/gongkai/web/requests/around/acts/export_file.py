"""Act: take the whole file of a case away, with or without who asked; each taking is kept."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from gongkai.web.file_names import clean_name
from gongkai.web.policies import Actor, Forbidden

from ...acts.identity import require_need
from ...discretion import discreet
from ...keeping import tell
from ...models import DisclosureRequest, IdentityView
from ..case_file.binding import CannotBind, bind
from ..case_file.packing import pack
from ..case_file.pieces import pieces_of

BOUND, PACKED = "pdf", "zip"


@dataclass(frozen=True)
class TakenFile:
    """The file as it is taken away."""

    name: str
    data: bytes
    media_type: str


@transaction.atomic
def export_file(
    actor: Actor, case: DisclosureRequest, form: str, reason: str, *, with_identity: bool
) -> TakenFile:
    """One PDF (``pdf``) or a zip with hashes (``zip``)."""
    who = actor.require("request.export_file", case.agency)
    if form not in (BOUND, PACKED):
        raise Forbidden("选一种形式。")
    if not reason.strip():
        raise Forbidden("写明整卷给谁、做什么用。")
    reason = discreet(case, reason.strip())[:200]
    if with_identity:
        require_need(actor, case)
        IdentityView.objects.create(
            request=case, person=actor.person, what="整卷（含身份信息）", reason=reason
        )
    now = timezone.localtime()
    pieces = pieces_of(case, reveal=with_identity)
    if form == BOUND:
        about = f"{case.agency.name}　{now:%Y年%m月%d日}"
        about += "　" + ("含申请人身份信息" if with_identity else "不含申请人身份信息")
        try:
            data = bind(pieces, f"{case.number}卷内目录", about)
        except CannotBind as problem:
            raise Forbidden(f"{problem}可以改用压缩包。") from problem
        media_type = "application/pdf"
    else:
        data = pack(pieces, case.number, now, with_identity=with_identity)
        media_type = "application/zip"
    after = {"form": form, "with_identity": with_identity, "pieces": len(pieces)}
    tell("request.export_file", case, who, reason=reason, after=after)
    suffix = "" if with_identity else "（不含身份信息）"
    return TakenFile(clean_name(f"{case.number}整卷{suffix}.{form}"), data, media_type)

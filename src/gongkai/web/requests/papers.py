"""Keep a paper of a case: its bytes first, durably, then its row; sealed where it identifies.

What a paper is, is told by its bytes.  Whatever a requester or a third party wrote or signed
lies in the store encrypted, so that who reads the disk learns nothing of either.
"""

from __future__ import annotations

import hashlib

from django.conf import settings

from gongkai.core.finding import Finding
from gongkai.core.rules import say
from gongkai.core.screening.hidden_data import attachment_kind
from gongkai.web import filestore, virus_scan
from gongkai.web.apart import NoAnswer, apart
from gongkai.web.file_names import clean_name
from gongkai.web.people.models import Person
from gongkai.web.policies import Forbidden
from gongkai.web.sealed import seal, unseal

from .models import DisclosureRequest, Paper, PaperKind
from .models.papers import NAMING_KINDS, SEALED_KINDS

IDENTITY_MAX_BYTES = 10 * 2**20
_PROOFS_OF_IDENTITY = ("image/jpeg", "image/png", "application/pdf")
TEXT = "text/plain"
_PDF = "application/pdf"


def keep_paper(
    case: DisclosureRequest,
    kind: PaperKind,
    name: str,
    data: bytes,
    *,
    person: Person | None = None,
    from_requester: bool = False,
) -> Paper:
    """Check and keep ``data``; raises Forbidden with what is wrong, and then nothing is kept.

    ``person`` is whoever of the staff added it.
    """
    name = clean_name(name)
    _check_size(kind, name, data)
    media_type = _media_type(kind, name, data)
    try:
        scanned = virus_scan.scan(data)
    except virus_scan.Infected as error:
        raise Forbidden(f"“{name}”不能收：{error}。") from error
    return _kept(case, kind, name, data, media_type, scanned, person, from_requester)


def keep_text(case: DisclosureRequest, kind: PaperKind, name: str, text: str) -> Paper:
    """Keep words that stood only in the record, as they were."""
    return _kept(case, kind, name, text.encode(), TEXT, virus_scan.UNSCANNED, None, True)


def keep_made(
    case: DisclosureRequest, kind: PaperKind, name: str, data: bytes, person: Person
) -> Paper:
    """Keep a PDF that the platform made of the case: sealed, since it names who asked."""
    return _kept(case, kind, name, data, _PDF, virus_scan.UNSCANNED, person, False, sealed=True)


def bytes_of(paper: Paper) -> bytes:
    """What the paper holds; whoever calls has asked whether it may be seen."""
    if paper.erased_at is not None:
        raise Forbidden(f"“{paper.name}”已于 {paper.erased_at:%Y-%m-%d} 按保存期限删除。")
    data = filestore.read(paper.stored)
    return unseal(data) if paper.sealed else data


def _check_size(kind: PaperKind, name: str, data: bytes) -> None:
    most = settings.ATTACHMENT_MAX_BYTES
    if kind in SEALED_KINDS:
        most = min(most, IDENTITY_MAX_BYTES)
    if len(data) > most:
        raise Forbidden(f"“{name}”有 {len(data) / 2**20:.1f} MB，最多 {most // 2**20} MB。")
    if not data:
        raise Forbidden(f"“{name}”是空的，没有内容。")


def _media_type(kind: PaperKind, name: str, data: bytes) -> str:
    try:
        found = apart(attachment_kind, data, name)
    except NoAnswer as reason:
        raise Forbidden(f"“{name}”不能收：{reason}。") from reason
    if isinstance(found, Finding):
        raise Forbidden(f"“{name}”不能收：{say(found)}")
    media_type = str(found.media_type)
    if kind is PaperKind.IDENTITY and media_type not in _PROOFS_OF_IDENTITY:
        raise Forbidden(f"“{name}”不能收：身份证明收 jpg、png 图片和 pdf。")
    return media_type


def _kept(
    case: DisclosureRequest,
    kind: PaperKind,
    name: str,
    data: bytes,
    media_type: str,
    scanned: str,
    person: Person | None,
    from_requester: bool,
    *,
    sealed: bool = False,
) -> Paper:
    sealed = sealed or from_requester or kind in NAMING_KINDS
    return Paper.objects.create(
        request=case,
        kind=kind,
        name=name,
        stored=filestore.put(seal(data) if sealed else data),
        digest=hashlib.sha256(data).hexdigest(),
        size=len(data),
        media_type=media_type,
        sealed=sealed,
        from_requester=from_requester,
        virus_scan=scanned,
        added_by=person,
    )

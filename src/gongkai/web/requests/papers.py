"""Keep a paper of a case: its bytes first, durably, then its row; sealed where it identifies.

What a paper is, is told by its bytes.  Whatever a requester or a third party wrote or signed
lies in the store encrypted, so that who reads the disk learns nothing of either.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.utils import timezone

from gongkai.web import filestore, virus_scan
from gongkai.web.admission import admit
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
    sealed = kind in SEALED_KINDS
    media_type, scanned = admit(name, data, IDENTITY_MAX_BYTES if sealed else None)
    if kind is PaperKind.IDENTITY and media_type not in _PROOFS_OF_IDENTITY:
        raise Forbidden(f"“{name}”不能收：身份证明收 jpg、png 图片和 pdf。")
    return put(case, kind, name, data, media_type, scanned, person, from_requester)


def keep_text(case: DisclosureRequest, kind: PaperKind, name: str, text: str) -> Paper:
    """Keep words that stood only in the record, as they were."""
    return put(case, kind, name, text.encode(), TEXT, virus_scan.UNSCANNED, None, True)


def keep_made(
    case: DisclosureRequest, kind: PaperKind, name: str, data: bytes, person: Person
) -> Paper:
    """Keep a PDF that the platform made of the case: sealed, since it names who asked."""
    return put(case, kind, name, data, _PDF, virus_scan.UNSCANNED, person, False, sealed=True)


def bytes_of(paper: Paper) -> bytes:
    """What the paper holds; whoever calls has asked whether it may be seen."""
    if paper.erased_at is not None:
        raise Forbidden(f"“{paper.name}”已于 {paper.erased_at:%Y-%m-%d} 按保存期限删除。")
    data = filestore.read(paper.stored)
    return unseal(data) if paper.sealed else data


def put(
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
    at: datetime | None = None,
) -> Paper:
    """The bytes, then the row: sealed where they name somebody, whatever the caller says."""
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
        added_at=at or timezone.now(),
    )

"""Files a requester sends, before a case names them: checked, on disk, sealed where they identify.

What a file is, is told by its first bytes, never by its name; nothing opens it here.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from gongkai.web import filestore, virus_scan
from gongkai.web.file_names import clean_name
from gongkai.web.sealed import seal

from .models import DisclosureRequest, Paper
from .models.papers import SEALED_KINDS, PaperKind

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
WORD = "application/msword"
WORD_XML = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
IDENTITY_KINDS = frozenset({PDF, JPEG, PNG})
PAPER_KINDS = IDENTITY_KINDS | {WORD, WORD_XML}

_ENDINGS = {PDF: ".pdf", JPEG: ".jpg", PNG: ".png", WORD: ".doc", WORD_XML: ".docx"}
# A Word file of the new kind is a zip archive that holds a part so named.
_WORD_PART = b"word/document.xml"
_BEGINNINGS = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"%PDF-", PDF),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", WORD),
)


class Refused(Exception):
    """The file is not taken; the message says why, in words for the form."""


@dataclass(frozen=True)
class KeptFile:
    """A file in the store that no paper names yet."""

    name: str
    media_type: str
    size: int
    stored: str
    digest: str
    sealed: bool
    virus_scan: str


def keep(name: str, data: bytes, taken: frozenset[str], *, sealed: bool) -> KeptFile:
    """Keep ``data`` durably; raises Refused where it is not of a kind ``taken``."""
    name = clean_name(name)
    media_type = _kind_of(data)
    if not data:
        raise Refused(f"“{name}”是空的，没有内容。")
    if media_type not in taken:
        kinds = "、".join(_ENDINGS[kind].lstrip(".") for kind in _ENDINGS if kind in taken)
        raise Refused(f"“{name}”不是能收的文件，只收 {kinds}（看内容，不看文件名）。")
    try:
        scanned = virus_scan.scan(data)
    except virus_scan.Infected as error:
        raise Refused(f"“{name}”不能收：{error}。") from error
    return KeptFile(
        name=_with_ending(name, media_type),
        media_type=media_type,
        size=len(data),
        stored=filestore.put(seal(data) if sealed else data),
        digest=hashlib.sha256(data).hexdigest(),
        sealed=sealed,
        virus_scan=scanned,
    )


def file_in(case: DisclosureRequest, kind: PaperKind, file: KeptFile) -> Paper:
    """Put a requester's kept file into the case; in the transaction of the act."""
    if kind in SEALED_KINDS and not file.sealed:
        raise ValueError(f"{kind} is kept sealed")
    return Paper.objects.create(
        request=case,
        kind=kind,
        name=file.name,
        stored=file.stored,
        digest=file.digest,
        size=file.size,
        media_type=file.media_type,
        sealed=file.sealed,
        from_requester=True,
        virus_scan=file.virus_scan,
    )


def discard(file: KeptFile) -> None:
    """Remove a sealed file that no paper names; the bytes of others may be somebody else's too."""
    if file.sealed and not Paper.objects.filter(stored=file.stored).exists():
        filestore.path_of(file.stored).unlink(missing_ok=True)


def _kind_of(data: bytes) -> str:
    for beginning, media_type in _BEGINNINGS:
        if data.startswith(beginning):
            return media_type
    return WORD_XML if data.startswith(b"PK\x03\x04") and _WORD_PART in data else ""


def _with_ending(name: str, media_type: str) -> str:
    """The name with the ending that its content has."""
    ending = _ENDINGS[media_type]
    fits = {ending, ".jpeg"} if media_type == JPEG else {ending}
    return name if any(name.lower().endswith(one) for one in fits) else f"{name}{ending}"

"""Papers of the region's requests: made here, kept as those that people bring are kept."""

from __future__ import annotations

import hashlib
from datetime import datetime
from functools import lru_cache

from gongkai.core.finding import Finding
from gongkai.core.rules import say
from gongkai.core.screening.hidden_data import attachment_kind
from gongkai.web import filestore
from gongkai.web.people.models import Person
from gongkai.web.requests.models import DisclosureRequest, Paper, PaperKind
from gongkai.web.requests.models.papers import NAMING_KINDS
from gongkai.web.requests.papers import TEXT
from gongkai.web.sealed import seal
from gongkai.web.virus_scan import UNSCANNED

from .attachments import NotSuchFile
from .picture_file import picture_file
from .region import Facts
from .sheet_file import sheet_file
from .word_file import word_file

PDF = "application/pdf"
# What stands in the picture of a paper that a person would bring.
_IMAGES = {
    PaperKind.IDENTITY: ("示范：身份证明", "青禾区是虚构的，这不是任何人的证件"),
    PaperKind.AUTHORISATION: ("示范：共同申请人名单和推选书", "人物均为虚构"),
    PaperKind.PROOF: ("示范：送达回证", "人物、签名均为虚构"),
    PaperKind.PAYMENT: ("示范：缴费凭证", "不是任何银行的回单"),
}


class Papers:
    """Puts papers into one case."""

    def __init__(self, case: DisclosureRequest) -> None:
        self._case = case

    def text(self, kind: PaperKind, name: str, words: str, at: datetime) -> Paper:
        """Words that came, or stood only in the record."""
        return self._kept(kind, name, words.encode(), TEXT, at, from_requester=True)

    def image(self, kind: PaperKind, name: str, at: datetime) -> Paper:
        """A picture of a paper that somebody brought."""
        data = _image(kind)
        return self._kept(kind, name, data, "image/png", at, from_requester=True)

    def made(self, recipe: Facts, by: Person, at: datetime) -> Paper:
        """Information that is supplied: a file by its recipe."""
        make = {"docx": word_file, "xlsx": sheet_file}[recipe["kind"]]
        data = make(recipe, self._case.agency.short_name)
        found = attachment_kind(data, recipe["name"])
        if isinstance(found, Finding):
            raise NotSuchFile(f"{recipe['name']}: {say(found)}")
        media_type = str(found.media_type)
        return self._kept(PaperKind.INFORMATION, recipe["name"], data, media_type, at, by=by)

    def printed(self, kind: PaperKind, name: str, data: bytes, by: Person, at: datetime) -> Paper:
        """A PDF that names who asked."""
        return self._kept(kind, name, data, PDF, at, by=by, sealed=True)

    def _kept(
        self,
        kind: PaperKind,
        name: str,
        data: bytes,
        media_type: str,
        at: datetime,
        *,
        from_requester: bool = False,
        sealed: bool = False,
        by: Person | None = None,
    ) -> Paper:
        sealed = sealed or from_requester or kind in NAMING_KINDS
        return Paper.objects.create(
            request=self._case,
            kind=kind,
            name=name,
            stored=filestore.put(seal(data) if sealed else data),
            digest=hashlib.sha256(data).hexdigest(),
            size=len(data),
            media_type=media_type,
            sealed=sealed,
            from_requester=from_requester,
            virus_scan=UNSCANNED,
            added_by=by,
            added_at=at,
        )


@lru_cache(maxsize=8)
def _image(kind: PaperKind) -> bytes:
    return picture_file(_IMAGES[kind])

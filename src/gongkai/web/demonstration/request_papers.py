"""Papers of the region's requests: made here, kept as those that people bring are kept."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from gongkai.core.finding import Finding
from gongkai.core.rules import say
from gongkai.core.screening.hidden_data import attachment_kind
from gongkai.web.people.models import Person
from gongkai.web.requests.models import DisclosureRequest, Paper, PaperKind
from gongkai.web.requests.papers import TEXT, put
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
        return put(
            self._case, kind, name, data, media_type, UNSCANNED, by, from_requester,
            sealed=sealed, at=at,
        )  # fmt: skip


@lru_cache(maxsize=8)
def _image(kind: PaperKind) -> bytes:
    return picture_file(_IMAGES[kind])

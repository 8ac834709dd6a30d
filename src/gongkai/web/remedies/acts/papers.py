"""Acts on papers of a case, a correction or a complaint: file one, open one.

All are sealed in the store; each opening is kept in the trail, since most show who it is.
"""

from __future__ import annotations

import hashlib

from django.db import transaction

from gongkai.web import filestore
from gongkai.web.admission import admit
from gongkai.web.audit.record import record
from gongkai.web.file_names import clean_name, free_name
from gongkai.web.policies import Actor, Forbidden
from gongkai.web.sealed import seal, unseal

from ..audited import Record, discreet, subject_of
from ..models import Complaint, FiledPaper, FiledPaperKind, RecordCorrection, RemedyCase

# Who may keep the record may file and open its papers.
_POLICY = {
    RemedyCase: "remedy.record",
    RecordCorrection: "record_correction.handle",
    Complaint: "complaint.handle",
}


def policy_of(record_: Record) -> str:
    """The act that keeping this record asks for."""
    return _POLICY[type(record_)]


def record_of(paper: FiledPaper) -> Record:
    """The record whose paper it is."""
    found = paper.case or paper.correction or paper.complaint
    assert found is not None, "paper_of_one_record"
    return found


@transaction.atomic
def file_paper(actor: Actor, to: Record, kind: str, name: str, data: bytes) -> FiledPaper:
    """Check and keep ``data``; Forbidden with what is wrong, and then nothing is kept."""
    who = actor.require(policy_of(to), to.agency)
    if kind not in FiledPaperKind.values:
        raise Forbidden("选材料的种类。")
    name = clean_name(discreet(to, name))
    media_type, scanned = admit(name, data)
    taken = set(to.papers.values_list("name", flat=True))
    paper = FiledPaper(
        kind=kind,
        name=free_name(name, taken),
        stored=filestore.put(seal(data)),
        digest=hashlib.sha256(data).hexdigest(),
        size=len(data),
        media_type=media_type,
        virus_scan=scanned,
        added_by=actor.person,
    )
    match to:
        case RemedyCase():
            paper.case = to
        case RecordCorrection():
            paper.correction = to
        case _:
            paper.complaint = to
    paper.save()
    after = {"paper": paper.get_kind_display(), "digest": paper.digest, "bytes": paper.size}
    record("remedy.file_paper", subject_of(to), who, after=after)
    return paper


@transaction.atomic
def open_paper(actor: Actor, paper: FiledPaper) -> bytes:
    """What the paper holds; the opening is kept."""
    of = record_of(paper)
    who = actor.require(policy_of(of), of.agency)
    record("remedy.open_paper", subject_of(of), who, after={"digest": paper.digest})
    return unseal(filestore.read(paper.stored))

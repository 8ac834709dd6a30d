"""Acts on papers of a training or an inspection: file one, take it away, open it."""

from __future__ import annotations

import hashlib

from django.db import transaction

from gongkai.web import filestore
from gongkai.web.admission import admit
from gongkai.web.audit.record import record
from gongkai.web.file_names import clean_name, free_name
from gongkai.web.policies import Actor, Forbidden
from gongkai.web.registers.acts import subject_of
from gongkai.web.sealed import seal, unseal

from ..models import MeasurePaper, Training
from ..models.lines import Inspection
from ..register import MeasureRegister


@transaction.atomic
def file_paper(
    actor: Actor,
    register: MeasureRegister,
    line: Training | Inspection,
    kind: str,
    name: str,
    data: bytes,
) -> MeasurePaper:
    """Check and keep ``data``; Forbidden with what is wrong, and then nothing is kept."""
    who = actor.require(register.policy, line.agency)
    if kind not in register.papers:
        raise Forbidden("选材料的种类。")
    name = clean_name(name)
    media_type, scanned = admit(name, data)
    paper = MeasurePaper(
        kind=kind,
        name=free_name(name, set(line.papers.values_list("name", flat=True))),
        stored=filestore.put(seal(data)),
        digest=hashlib.sha256(data).hexdigest(),
        size=len(data),
        media_type=media_type,
        virus_scan=scanned,
        added_by=actor.person,
    )
    if isinstance(line, Training):
        paper.training = line
    else:
        paper.inspection = line
    paper.save()
    after = {"paper": paper.get_kind_display(), "digest": paper.digest, "bytes": paper.size}
    record("oversight.file_paper", subject_of(line), who, after=after)
    return paper


@transaction.atomic
def remove_paper(actor: Actor, register: MeasureRegister, paper: MeasurePaper) -> None:
    """Take a paper away that was filed by mistake; the trail keeps its digest."""
    who = actor.require(register.policy, paper.line.agency)
    before = {"paper": paper.get_kind_display(), "digest": paper.digest, "bytes": paper.size}
    record("oversight.remove_paper", subject_of(paper.line), who, before=before)
    paper.delete()


def open_paper(actor: Actor, paper: MeasurePaper) -> bytes:
    """What the paper holds, for who may read the registers of its agency."""
    actor.require("oversight.read", paper.line.agency)
    return unseal(filestore.read(paper.stored))

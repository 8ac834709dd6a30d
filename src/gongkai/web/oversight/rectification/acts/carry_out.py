"""Acts of the agency that has a task: sign for it, say who does it, prove it, report it done."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from gongkai.web import filestore
from gongkai.web.admission import admit
from gongkai.web.audit.record import record
from gongkai.web.file_names import clean_name, free_name
from gongkai.web.oversight.watching.models import Standing
from gongkai.web.people.models import Person
from gongkai.web.policies import Actor, Forbidden

from ..audited import subject_of
from ..models import NoticeCopy, Proof, RectificationTask, TaskEventKind, TaskState
from .moving import happened, held, require_staff, require_words

_ACT = "oversight.rectify"
_IN_HAND = (TaskState.RECEIVED, TaskState.RETURNED)


@transaction.atomic
def receive(
    actor: Actor, task: RectificationTask, reply: str = "", responsible: Person | None = None
) -> RectificationTask:
    """Sign for it, perhaps with a first reply; the notices that came with it are read."""
    task = held(task, TaskState.ORDERED)
    who = actor.require(_ACT, task.agency)
    if responsible is not None:
        require_staff(task.agency, responsible, timezone.localdate())
        task.responsible = responsible
    task.state = TaskState.RECEIVED
    NoticeCopy.objects.filter(notice__task=task, agency=task.agency, read_at=None).update(
        read_by=actor.person, read_at=timezone.now()
    )
    return happened(task, TaskEventKind.RECEIVED, actor, who, "receive", reply.strip())


@transaction.atomic
def name_responsible(actor: Actor, task: RectificationTask, person: Person) -> RectificationTask:
    """Who within the agency answers for it."""
    task = held(task, TaskState.ORDERED, *_IN_HAND)
    who = actor.require(_ACT, task.agency)
    require_staff(task.agency, person, timezone.localdate())
    task.responsible = person
    return happened(task, TaskEventKind.NAMED, actor, who, "name", person.name)


@transaction.atomic
def add_proof(actor: Actor, task: RectificationTask, name: str, data: bytes) -> Proof:
    """Keep a file that shows what was done; Forbidden with what is wrong with it."""
    task = held(task, TaskState.ORDERED, *_IN_HAND)
    who = actor.require(_ACT, task.agency)
    name = clean_name(name)
    media_type, scanned = admit(name, data)
    proof = Proof.objects.create(
        task=task,
        name=free_name(name, set(task.proofs.values_list("name", flat=True))),
        digest=filestore.put(data),
        size=len(data),
        media_type=media_type,
        virus_scan=scanned,
        added_by=actor.person,
    )
    after = {"digest": proof.digest, "bytes": proof.size}
    record("rectification.add_proof", subject_of(task), who, after=after)
    return proof


@transaction.atomic
def remove_proof(actor: Actor, proof: Proof) -> None:
    """A wrong file is taken off again before it is reported."""
    task = held(proof.task, TaskState.ORDERED, *_IN_HAND)
    who = actor.require(_ACT, task.agency)
    proof.delete()
    record("rectification.remove_proof", subject_of(task), who, before={"digest": proof.digest})


@transaction.atomic
def finish(
    actor: Actor, task: RectificationTask, words: str, files: Iterable[tuple[str, bytes]] = ()
) -> RectificationTask:
    """Report it done: what was done, and the files that show it.

    Where the watch itself no longer finds the fault, that is proof enough.
    """
    task = held(task, *_IN_HAND)
    who = actor.require(_ACT, task.agency)
    words = require_words(words, "改了什么")
    for name, data in files:
        add_proof(actor, task, name, data)
    if not task.proofs.exists() and not seen_gone(task):
        raise Forbidden("还没有证明材料，加一个文件（截图、网页打印件、公文）。")
    task.state = TaskState.DONE
    task.done_by, task.done_at, task.done_words = actor.person, timezone.now(), words
    return happened(task, TaskEventKind.DONE, actor, who, "finish", words)


def seen_gone(task: RectificationTask) -> bool:
    """Whether the watch found faults for it, and now finds none of them."""
    found = set(task.findings.values_list("state", flat=True))
    return Standing.MENDED in found and Standing.OPEN not in found

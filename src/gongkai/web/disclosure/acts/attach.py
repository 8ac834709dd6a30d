"""Acts: attach a file to a draft, describe it, take it out.

The file is known by its bytes, not by its name; the original is kept and is never public
where a redacted copy has been made of it.
"""

from __future__ import annotations

from cryptography.hazmat.primitives import hashes
from django.db import transaction
from django.db.models import Max

from gongkai.web import filestore
from gongkai.web.admission import admit
from gongkai.web.audit.record import record
from gongkai.web.file_names import clean_name, free_name
from gongkai.web.policies import Actor, Forbidden

from ..audited import subject_of
from ..models import Attachment, InformationItem, State, StoredFile
from ..steps import locked, require_state


@transaction.atomic
def attach(
    actor: Actor,
    item: InformationItem,
    name: str,
    data: bytes,
    *,
    inline: bool = False,
    alternative_text: str = "",
) -> Attachment:
    """Add a file to the present draft; ``inline`` for an image within the text."""
    item = locked(item)
    who = actor.require("item.edit", item.agency)
    require_state(item, State.DRAFT)
    version = item.version
    name = clean_name(name)
    stored = store(name, data)
    last = version.attachments.aggregate(last=Max("position"))["last"] or 0
    every = Attachment.objects.filter(version__item=item)
    reference = (every.aggregate(last=Max("reference"))["last"] or 0) + 1
    attachment = Attachment.objects.create(
        version=version,
        reference=reference,
        original=stored[0],
        virus_scan=stored[1],
        name=free_name(name, set(version.attachments.values_list("name", flat=True))),
        alternative_text=alternative_text[:300],
        inline=inline,
        position=last + 1,
    )
    record(
        "item.attach",
        subject_of(item),
        who,
        after={"name": attachment.name, "digest": stored[0].digest, "bytes": stored[0].size},
    )
    return attachment


@transaction.atomic
def describe(
    actor: Actor, attachment: Attachment, *, name: str, alternative_text: str
) -> Attachment:
    """Change how an attachment is called and described."""
    item = locked(attachment.version.item)
    who = actor.require("item.edit", item.agency)
    require_state(item, State.DRAFT)
    _require_present(item, attachment)
    before = {"name": attachment.name, "alternative_text": attachment.alternative_text}
    others = item.version.attachments.exclude(pk=attachment.pk)
    attachment.name = free_name(clean_name(name), set(others.values_list("name", flat=True)))
    attachment.alternative_text = alternative_text.strip()[:300]
    attachment.save()
    after = {"name": attachment.name, "alternative_text": attachment.alternative_text}
    record("item.attach", subject_of(item), who, before=before, after=after)
    return attachment


@transaction.atomic
def detach(actor: Actor, attachment: Attachment) -> None:
    """Take an attachment out of the present draft; its bytes stay in the store."""
    item = locked(attachment.version.item)
    who = actor.require("item.edit", item.agency)
    require_state(item, State.DRAFT)
    _require_present(item, attachment)
    before = {"name": attachment.name, "digest": attachment.original.digest}
    attachment.delete()
    record("item.detach", subject_of(item), who, before=before)


def store(name: str, data: bytes) -> tuple[StoredFile, str]:
    """Check and keep the bytes: (the stored file, what the virus scanner said)."""
    media_type, scanned = admit(name, data)
    digest = filestore.put(data)
    sm3 = hashes.Hash(hashes.SM3())
    sm3.update(data)
    stored, _ = StoredFile.objects.get_or_create(
        digest=digest,
        defaults={"sm3": sm3.finalize().hex(), "size": len(data), "media_type": media_type},
    )
    return stored, scanned


def _require_present(item: InformationItem, attachment: Attachment) -> None:
    if attachment.version_id != item.version.pk:
        raise Forbidden("这个附件属于以前的稿，不能再改。")

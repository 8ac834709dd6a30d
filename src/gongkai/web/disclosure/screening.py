"""The check of a version before its secrecy review: run beside, kept with the version.

The core looks at the text and into the attachments (each in a process of its own); here
links are tried, published items looked up, and every finding kept until a reviewer has
answered it.  An answer given once holds for the same finding in a later version.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from gongkai.core.rules import Rule, rules
from gongkai.core.screening import Spotted, screen
from gongkai.core.screening.hidden_data import Hidden, look_into
from gongkai.web import filestore
from gongkai.web.apart import NoAnswer, apart
from gongkai.web.registers.words import word_lists

from .likeness import alike
from .links import visits
from .models import Attachment, Finding, ItemVersion, Screening

# Nobody may attach such files (core.screening.hidden_data.kind): they are written by the platform
# out of the very text that is checked, and hold nothing else.
MADE_HERE = frozenset({"application/json", "text/html"})


@dataclass(frozen=True)
class _Found:
    """A thing found, in the text or in an attachment."""

    seen: Spotted | Hidden
    attachment: Attachment | None = None


def start(version: ItemVersion) -> Screening:
    """Begin the check of ``version``; done by the worker once the act is committed."""
    screening, _ = Screening.objects.update_or_create(
        version=version,
        defaults={"started_at": timezone.now(), "finished_at": None, "failures": []},
    )
    transaction.on_commit(partial(run.enqueue, version.pk))
    return screening


def looked_for() -> list[Rule]:
    """Every rule the check looks for: those whose findings must be answered."""
    return [one for one in rules().values() if one.answers]


def unanswered(version: ItemVersion) -> int | None:
    """How many findings still want an answer; None while the check is not done."""
    screening = Screening.objects.filter(version=version).first()
    if screening is None or screening.finished_at is None:
        return None
    return version.findings.filter(answer="").count()


@task()
def run(version_number: int) -> None:
    """The check itself.  What could not be looked into is said, never passed over."""
    version = ItemVersion.objects.select_related("item", "item__agency").get(pk=version_number)
    failures: list[str] = []
    found = [*_in_text(version), *_in_attachments(version, failures)]
    with transaction.atomic():
        _keep(version, found)
        Screening.objects.filter(version=version).update(
            finished_at=timezone.now(), failures=failures
        )


def _in_text(version: ItemVersion) -> Iterator[_Found]:
    today = timezone.localdate()
    spots = screen(
        version.title,
        version.body_html,
        word_lists(),
        today,
        links=visits(version.body_html, today),
        alike=alike(version),
    )
    for spot in spots:
        yield _Found(spot)


def _in_attachments(version: ItemVersion, failures: list[str]) -> Iterator[_Found]:
    for attachment in version.attachments.select_related("original", "redacted"):
        if attachment.public_file.media_type in MADE_HERE:
            continue
        try:
            data = filestore.read(attachment.public_file.digest)
            hidden = apart(look_into, data, attachment.name)
        except FileNotFoundError:
            failures.append(f"附件“{attachment.name}”的文件不在了，请重新上传")
        except NoAnswer as reason:
            failures.append(f"附件“{attachment.name}”没有检查成：{reason}")
        else:
            yield from (_Found(thing, attachment) for thing in hidden)


def _keep(version: ItemVersion, found: Iterable[_Found]) -> None:
    """Replace what an earlier run found; answers given to the same thing stay given."""
    answered = {
        finding.fingerprint: finding
        for finding in Finding.objects.filter(version__item=version.item).exclude(answer="")
    }
    version.findings.all().delete()
    Finding.objects.bulk_create(
        _kept(version, number, one, answered.get(one.seen.fingerprint))
        for number, one in enumerate(found, start=1)
    )


def _kept(version: ItemVersion, number: int, one: _Found, earlier: Finding | None) -> Finding:
    seen = one.seen
    kept = ("answer", "answer_reason", "answered_by_id", "answered_at")
    return Finding(
        version=version,
        attachment=one.attachment,
        number=number,
        rule=seen.rule,
        severity=seen.severity,
        place=seen.place[:300],
        quote=seen.quote[:300],
        values=dict(seen.values),
        fingerprint=seen.fingerprint,
        choices=list(seen.answers),
        **({name: getattr(earlier, name) for name in kept} if earlier else {}),
    )

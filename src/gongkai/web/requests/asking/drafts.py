"""A request while it is being written: kept sealed on the server, opened by a cookie alone.

Every step is kept as it is sent, so that nothing typed is lost.  Where 保存草稿 was pressed the
draft and its cookie last thirty days; else the cookie ends with the browser and the draft with
the day: the computer may be a library's.  One browser has one draft for each agency.

After submission nothing personal stays; what is left leads to the receipt for half an hour, so
that whoever lost the connection comes to the same receipt.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import uuid
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.sealed import Unsealable, fingerprint

from ..kept_files import KeptFile, discard
from ..models import AskingDraft

COOKIE = "gk_draft"
_SAVED = timedelta(days=30)
_UNSAVED = timedelta(days=1)
_RECEIPT = timedelta(minutes=30)
_KEPT = "draft"


@dataclass
class Draft:
    """What was typed so far: the fields of each step as they were sent, and the files.

    ``submission`` makes the request one, however often its form is sent.
    """

    what: dict[str, Any] = field(default_factory=dict)
    who: dict[str, Any] = field(default_factory=dict)
    files: dict[str, KeptFile] = field(default_factory=dict)
    submission: str = field(default_factory=lambda: str(uuid.uuid4()))
    submitted: bool = False
    saved: bool = False

    @property
    def digest(self) -> str:
        """What was seen on the page of checking is what is submitted, or it is shown again."""
        return fingerprint(_written(self))

    @property
    def begun(self) -> bool:
        """Whether anything was typed."""
        return bool(self.what or self.who or self.files)


def of(request: HttpRequest, agency: Agency) -> Draft:
    """The draft of this browser for ``agency``; an empty one where there is none."""
    row = _row(request, agency)
    if row is None:
        return Draft()
    facts = _facts_of(row)
    if not facts:
        return Draft()
    if facts["submitted"] and row.changed_at < timezone.now() - _RECEIPT:
        return Draft()
    facts["files"] = {name: KeptFile(**file) for name, file in facts["files"].items()}
    return Draft(**facts)


def keep(
    request: HttpRequest, response: HttpResponseBase, agency: Agency, draft: Draft
) -> HttpResponseBase:
    """Keep ``draft``; ``response`` carries the cookie that opens it."""
    token = request.COOKIES.get(COOKIE) or secrets.token_urlsafe(32)
    AskingDraft.objects.update_or_create(
        token_digest=_digest(token, agency),
        defaults={
            "content": _written(draft),
            "saved": draft.saved,
            "changed_at": timezone.now(),
        },
    )
    response.set_cookie(
        COOKIE,
        token,
        max_age=_SAVED if draft.saved else None,
        path=f"{settings.MOUNT}ask/",
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return response


def close(request: HttpRequest, agency: Agency, draft: Draft) -> None:
    """Keep of a submitted draft only what leads to its receipt."""
    left = Draft(submission=draft.submission, submitted=True)
    row = _row(request, agency)
    if row is not None:
        row.content, row.saved, row.changed_at = _written(left), False, timezone.now()
        row.save()


def drop(request: HttpRequest, agency: Agency) -> None:
    """Throw the draft away, and its files unless they were submitted."""
    row = _row(request, agency)
    if row is not None:
        _remove(row)


def forget() -> None:
    """Remove what nobody took up again."""
    now = timezone.now()
    old = AskingDraft.objects.filter(saved=True, changed_at__lt=now - _SAVED)
    old |= AskingDraft.objects.filter(saved=False, changed_at__lt=now - _UNSAVED)
    for row in old.defer("content"):
        _remove(row)


def _remove(row: AskingDraft) -> None:
    facts = _facts_of(row)
    row.delete()
    for file in facts.get("files", {}).values():
        discard(KeptFile(**file))


def _row(request: HttpRequest, agency: Agency) -> AskingDraft | None:
    token = request.COOKIES.get(COOKIE)
    if not token:
        return None
    # Asked for without what is sealed: a draft that no key opens is found all the same.
    row = AskingDraft.objects.defer("content").filter(token_digest=_digest(token, agency)).first()
    if row is not None and row.changed_at < timezone.now() - (_SAVED if row.saved else _UNSAVED):
        return None
    return row


def _facts_of(row: AskingDraft) -> dict[str, Any]:
    """What the draft holds; nothing where no key opens it, or it has just been thrown away."""
    try:
        written = AskingDraft.objects.filter(pk=row.pk).values_list("content", flat=True).first()
    except Unsealable:
        return {}
    return dict(json.loads(written)) if written else {}


def _digest(token: str, agency: Agency) -> str:
    return hashlib.sha256(f"{_KEPT} {token} {agency.pk}".encode()).hexdigest()


def _written(draft: Draft) -> str:
    return json.dumps(asdict(draft), ensure_ascii=False, sort_keys=True)

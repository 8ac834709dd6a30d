"""Sessions of a person: begun at sign-in, limited in number, ended here or from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest

from gongkai.web.people.models import Ended, Person, SignIn

IDLE = f"{settings.SESSION_COOKIE_AGE // 60} 分钟没有操作，已经退出。写到一半的内容还在。"
_KEPT = 50  # how many past sign-ins of a person are remembered


@transaction.atomic
def begin(request: HttpRequest, person: Person) -> SignIn:
    """Remember the session that ``login`` just made; the oldest above the limit end."""
    # The person's row is held, so that two sign-ins at once count each other.
    Person.objects.select_for_update().get(pk=person.pk)
    key = request.session.session_key
    if key is None:
        raise RuntimeError("a session begins after it was made")
    sign_in, _ = SignIn.objects.update_or_create(
        session_key=key,
        defaults={
            "person": person,
            "address": request.META.get("REMOTE_ADDR") or None,
            "browser": request.headers.get("User-Agent", "")[:200],
            "ended": "",
        },
    )
    others = person.sign_ins.open().exclude(pk=sign_in.pk)
    end(others[settings.SESSIONS_A_PERSON - 1 :], Ended.ELSEWHERE)
    past = person.sign_ins.values_list("pk", flat=True)[_KEPT:]
    SignIn.objects.filter(pk__in=list(past)).exclude(ended="").delete()
    return sign_in


def end(sign_ins: Iterable[SignIn], how: Ended) -> int:
    """End these sessions now; how many there were."""
    keys = [sign_in.session_key for sign_in in sign_ins]
    SignIn.objects.filter(session_key__in=keys).update(ended=how)
    Session.objects.filter(session_key__in=keys).delete()
    return len(keys)


def end_all(person: Person, how: Ended, *, but: str | None = None) -> int:
    """End every session of ``person`` except the one with the key ``but``."""
    return end(person.sign_ins.open().exclude(session_key=but or ""), how)


def renamed(old: str | None, new: str | None) -> None:
    """A session goes on under a new key (after a change of password)."""
    if old and new and old != new:
        SignIn.objects.filter(session_key=old).update(session_key=new)


def why_ended(key: str) -> str:
    """What to tell somebody who comes with the key of a session that is no more."""
    sign_in = SignIn.objects.filter(session_key=key).first()
    if sign_in is None or sign_in.ended == Ended.SIGNED_OUT:
        return ""
    return sign_in.get_ended_display() if sign_in.ended else IDLE

"""How a reminder leaves the platform: by mail, and by a command of the house for text messages.

Both are off until they are set (docs/howto/settings.md).
"""

from __future__ import annotations

import json
import shlex
import smtplib
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import send_mail

from gongkai.web.people.models import Person

from .due_days import DueDay

MAIL, SMS = "mail", "sms"
_SECONDS = 60


class NotSent(Exception):
    """It did not go; the message says why."""


@dataclass(frozen=True)
class Note:
    """One line of a reminder: what is due, and how it stands."""

    due: DueDay
    says: str


Way = Callable[[Person, Sequence[Note]], None]


def ways_for(person: Person) -> dict[str, Way]:
    """The ways by which this person can be reached."""
    ways: dict[str, Way] = {}
    if settings.MAIL_HOST and person.mailbox:
        ways[MAIL] = by_mail
    if settings.SMS_COMMAND and person.phone:
        ways[SMS] = by_command
    return ways


def by_mail(person: Person, notes: Sequence[Note]) -> None:
    """One mail with everything."""
    lines = [
        f"{note.says}　{note.due.what}：{note.due.number}（{note.due.agency.short_name}）"
        f"\n{settings.ORIGIN}{note.due.address}"
        for note in notes
    ]
    subject = f"政府信息公开期限：{len(notes)} 件"
    body = f"{person.name}：\n\n" + "\n\n".join(lines) + "\n"
    write_to(person.mailbox, subject, body)


def write_to(mailbox: str, subject: str, body: str) -> None:
    """One mail; NotSent where it cannot go."""
    if not settings.MAIL_HOST:
        raise NotSent("平台没有设邮件服务器")
    try:
        send_mail(subject, body, None, [mailbox])
    except (OSError, smtplib.SMTPException) as error:
        raise NotSent(f"邮件没有发出：{error}") from error


def by_command(person: Person, notes: Sequence[Note]) -> None:
    """The house's own command: JSON on its standard input, 0 when it took the message."""
    first = notes[0]
    more = f"等 {len(notes)} 件" if len(notes) > 1 else ""
    message = {
        "phone": person.phone,
        "text": f"{first.due.number}{first.due.what}{first.says}{more}",
        "items": [
            {
                "number": note.due.number,
                "what": note.due.what,
                "due_on": note.due.due_on.isoformat(),
                "says": note.says,
                "agency": note.due.agency.short_name,
            }
            for note in notes
        ],
    }
    try:
        done = subprocess.run(
            shlex.split(settings.SMS_COMMAND),
            input=json.dumps(message, ensure_ascii=False).encode(),
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotSent(f"短信命令没有运行成：{error}") from error
    if done.returncode != 0:
        said = (done.stderr or done.stdout).decode(errors="replace").strip().splitlines()
        why = said[-1] if said else f"返回码 {done.returncode}"
        raise NotSent(f"短信命令不成：{why}")

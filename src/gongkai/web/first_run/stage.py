"""How far the first run has come: nobody yet, one administrator, or done."""

from __future__ import annotations

from enum import Enum

from gongkai.web.people.models import Appointment, Person, Role


class Stage(Enum):
    """The steps of the first-run page, in the words of the screen."""

    AGENCY = "建管理员和机关"
    ADMINISTRATORS = "建另两名管理员"
    DONE = "完成"


def stage() -> Stage:
    """Where an installation stands; once it is done it stays done."""
    if not Person.objects.exists():
        return Stage.AGENCY
    others = Appointment.objects.filter(role__in=(Role.SECURITY_ADMIN, Role.AUDIT_ADMIN))
    return Stage.DONE if others.exists() else Stage.ADMINISTRATORS

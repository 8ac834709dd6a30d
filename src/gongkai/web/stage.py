"""How far the first run has come: nobody yet, one administrator, or done.

An installation begins with the system administrator; he makes the security and the audit
administrator, three different people.  It is done once a security administrator has signed
in: only then somebody can give roles, and new passwords to who lost his.
"""

from __future__ import annotations

from enum import Enum

from gongkai.web.people.models import Appointment, Person, Role
from gongkai.web.publication.models import SiteSettings


class Stage(Enum):
    """The steps of the first-run page, in the words of the screen."""

    AGENCY = "建机关和系统管理员"
    ADMINISTRATORS = "建另外两名管理员"
    DONE = "完成"


def stage() -> Stage:
    """Where this installation stands."""
    if SiteSettings.current().demonstration:
        return Stage.DONE
    if not Person.objects.exists():
        return Stage.AGENCY
    security = Appointment.objects.filter(role=Role.SECURITY_ADMIN)
    signed_in = security.exclude(person__last_login=None)
    return Stage.DONE if signed_in.exists() else Stage.ADMINISTRATORS

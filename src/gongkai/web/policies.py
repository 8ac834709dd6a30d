"""Who may do what to whose record: the one table, and the one place that reads it.

A rule gives, for each role, how far it reaches: its own agency, the whole subtree of a
competent department, the region, or the person's own account.  Separation of duties
(art. 17 asks for a review before release; nobody reviews what he wrote) stands in
``disclosure/separation.py``, since it needs the item's history.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import resolve_url
from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.audit.record import Who
from gongkai.web.people.models import Appointment, Person, Role


class Reach(Enum):
    """How far a role reaches for one act."""

    AGENCY = "本机关"
    SUBTREE = "主管范围"
    REGION = "全部机关"


_A, _S, _R = Reach.AGENCY, Reach.SUBTREE, Reach.REGION
_STAFF = {
    Role.AUTHOR: _A,
    Role.SECTION_REVIEWER: _A,
    Role.SECRECY_REVIEWER: _A,
    Role.APPROVER: _A,
    Role.DISCLOSURE_OFFICE: _A,
}
_READERS = {**_STAFF, Role.COMPETENT_DEPARTMENT: _S}
_WRITERS = {Role.AUTHOR: _A, Role.DISCLOSURE_OFFICE: _A}
_OFFICE = {Role.DISCLOSURE_OFFICE: _A}
_ABOVE = {Role.DISCLOSURE_OFFICE: _A, Role.COMPETENT_DEPARTMENT: _S}
_COMPETENT = {Role.COMPETENT_DEPARTMENT: _S}

# act: for each role that may do it, how far.
RULES: Mapping[str, Mapping[Role, Reach]] = {
    # items of information
    "item.read": _READERS,
    "item.draft": _WRITERS,
    "item.edit": _WRITERS,
    "item.submit": _WRITERS,
    "item.recall": _WRITERS,
    "item.discard": _WRITERS,
    "item.review_section": {Role.SECTION_REVIEWER: _A},
    "item.review_secrecy": {Role.SECRECY_REVIEWER: _A},
    "item.redact": {Role.SECRECY_REVIEWER: _A, **_WRITERS},
    "item.approve": {Role.APPROVER: _A},
    "item.schedule": {Role.APPROVER: _A, Role.DISCLOSURE_OFFICE: _A},
    "item.correct": _WRITERS,
    "item.withdraw": {Role.APPROVER: _A, Role.DISCLOSURE_OFFICE: _A, Role.COMPETENT_DEPARTMENT: _S},
    "item.reassess": {Role.SECRECY_REVIEWER: _A, Role.DISCLOSURE_OFFICE: _A},
    "item.declare_validity": {Role.APPROVER: _A, Role.DISCLOSURE_OFFICE: _A},
    "item.record_release": _WRITERS,
    "item.export": _READERS,
    "item.import": _ABOVE,
    # requests: what identifies the requester is for the disclosure office and for whoever
    # has the case (requests/acts/identity.py), never for those above
    "request.read": _READERS,
    "request.register": _OFFICE,
    "request.assign": _OFFICE,
    "request.handle": _WRITERS,
    "request.view_identity": _WRITERS,
    "request.review_section": {Role.SECTION_REVIEWER: _A},
    "request.review_secrecy": {Role.SECRECY_REVIEWER: _A},
    "request.sign": {Role.APPROVER: _A},
    "request.approve_process": {Role.APPROVER: _A, **_OFFICE},
    "request.serve": _OFFICE,
    "request.archive": _OFFICE,
    "request.import": _ABOVE,
    "request.export": _ABOVE,
    "request.export_file": _OFFICE,
    "request.erase": _OFFICE,
    "request.settings": _OFFICE,
    "request.chase": _COMPETENT,
    # what follows a reply, and what stands beside it
    "remedy.read": _READERS,
    "remedy.record": _OFFICE,
    "remedy.export": _ABOVE,
    "record_correction.handle": _OFFICE,
    "complaint.read": _ABOVE,
    "complaint.handle": _ABOVE,
    # annual reports; the review of one is that of its item
    "report.read": _READERS,
    "report.compile": _WRITERS,
    "report.submit": _WRITERS,
    "report.correct": _WRITERS,
    "report.export": _READERS,
    "report.collect": _COMPETENT,
    # oversight and guarantee: an office sees itself, the competent department its tree
    "oversight.read": _READERS,
    "oversight.watch": _ABOVE,
    "oversight.set_aside": _ABOVE,
    # an office proposes to set a graver finding of its own aside, somebody above decides
    "oversight.judge": _COMPETENT,
    "oversight.columns": _ABOVE,
    "oversight.rectify": _WRITERS,
    "oversight.confirm": _ABOVE,
    "oversight.order": _COMPETENT,
    "oversight.task": _ABOVE,
    "oversight.settings": _COMPETENT,
    "oversight.self_check": _OFFICE,
    "oversight.sign_self_check": {Role.APPROVER: _A},
    # Each keeps the registers of its own; who inspects, and who holds to account, of those below.
    "oversight.measure": {Role.DISCLOSURE_OFFICE: _A, Role.COMPETENT_DEPARTMENT: _A},
    "oversight.inspect": {Role.COMPETENT_DEPARTMENT: _A},
    "oversight.hold_to_account": _ABOVE,
    "oversight.appraise": {Role.COMPETENT_DEPARTMENT: _A},
    "oversight.respond": {**_WRITERS, Role.COMPETENT_DEPARTMENT: _S},
    "oversight.score_self": _OFFICE,
    "oversight.assess": _COMPETENT,
    "oversight.export": _ABOVE,
    "oversight.brief": _COMPETENT,
    # registers
    "register.read": _READERS,
    "register.edit": _OFFICE,
    "words.edit": _COMPETENT,
    "days.edit": _COMPETENT,
    # agencies
    "agency.read": {**_READERS, Role.SYSTEM_ADMIN: _R, Role.SECURITY_ADMIN: _R},
    "agency.edit_contact": {**_ABOVE, Role.SYSTEM_ADMIN: _R},
    "agency.edit": {**_COMPETENT, Role.SYSTEM_ADMIN: _R},
    "agency.steps": {**_COMPETENT},
    "roster.import": {**_COMPETENT, Role.SYSTEM_ADMIN: _R},
    "roster.export": {**_COMPETENT, Role.SYSTEM_ADMIN: _R},
    # people: the system administrator makes accounts, the security administrator gives
    # roles, the audit administrator reads what both did; nobody is two of the three.
    "person.read": {Role.SYSTEM_ADMIN: _R, Role.SECURITY_ADMIN: _R},
    "person.make": {Role.SYSTEM_ADMIN: _R},
    "person.edit": {Role.SYSTEM_ADMIN: _R},
    "person.reset_password": {Role.SECURITY_ADMIN: _R},
    "person.unlock": {Role.SECURITY_ADMIN: _R},
    "person.appoint": {Role.SECURITY_ADMIN: _R},
    "person.link": {Role.SECURITY_ADMIN: _R},
    # the trail and the machine
    "audit.read": {Role.AUDIT_ADMIN: _R},
    "audit.export": {Role.AUDIT_ADMIN: _R},
    "system.read": {Role.SYSTEM_ADMIN: _R},
    "site.edit": {Role.SYSTEM_ADMIN: _R},
    "site.bake": {Role.SYSTEM_ADMIN: _R, Role.COMPETENT_DEPARTMENT: _S},
}

# What begins something new, which an agency that has ended cannot.
BEGINNINGS = frozenset({"item.draft", "item.import", "request.register", "request.import"})


class Forbidden(Exception):
    """The person may not do this; the message says why, in words for the screen."""


@dataclass(frozen=True)
class Actor:
    """A person with the appointments in force today."""

    person: Person
    appointments: tuple[Appointment, ...] = ()
    address: str | None = None

    @property
    def roles(self) -> frozenset[Role]:
        """Every role held anywhere."""
        return frozenset(Role(a.role) for a in self.appointments)

    def may_somewhere(self, act: str) -> bool:
        """Whether some agency exists on whose records this person may do ``act``."""
        return bool(RULES[act].keys() & self.roles)

    def appointment_for(self, act: str, agency: Agency) -> Appointment | None:
        """The appointment that permits ``act`` on a record of ``agency``."""
        if agency.ended_on is not None and act in BEGINNINGS:
            return None
        rule = RULES[act]
        for appointment in self.appointments:
            reach = rule.get(Role(appointment.role))
            if reach is not None and _reaches(reach, appointment, agency):
                return appointment
        return None

    def may(self, act: str, agency: Agency) -> bool:
        """Whether ``act`` on a record of ``agency`` is permitted."""
        return self.appointment_for(act, agency) is not None

    def require(self, act: str, agency: Agency) -> Who:
        """Who acts, for the audit line; raises Forbidden where the policy does not permit it."""
        appointment = self.appointment_for(act, agency)
        if appointment is None and agency.ended_on is not None and act in BEGINNINGS:
            successor = f"，由{agency.succeeded_by.short_name}办" if agency.succeeded_by else ""
            raise Forbidden(f"{agency.short_name}已于 {agency.ended_on} 撤销{successor}。")
        if appointment is None:
            roles = "、".join(role.label for role in RULES[act])
            raise Forbidden(f"这件事由{agency.short_name}的{roles}办理，你没有这个角色。")
        return self._who(appointment)

    def require_somewhere(self, act: str) -> Who:
        """As ``require`` for what belongs to no agency (the region's lists, accounts)."""
        for appointment in self.appointments:
            if Role(appointment.role) in RULES[act]:
                return self._who(appointment)
        raise Forbidden("这件事由" + "、".join(role.label for role in RULES[act]) + "办理。")

    def agencies(self, act: str) -> list[Agency]:
        """Every agency on whose records ``act`` is permitted, in their order."""
        found: dict[int, Agency] = {}
        for appointment in self.appointments:
            reach = RULES[act].get(Role(appointment.role))
            if reach is Reach.AGENCY:
                found.update((a.pk, a) for a in _with_predecessors(appointment.agency))
            elif reach is Reach.SUBTREE:
                top = appointment.agency.competent_for or appointment.agency
                found.update((a.pk, a) for a in Agency.objects.under(top))
            elif reach is Reach.REGION:
                found.update((a.pk, a) for a in Agency.objects.all())
        if act in BEGINNINGS:
            found = {pk: a for pk, a in found.items() if a.ended_on is None}
        return sorted(found.values(), key=lambda a: (a.position, a.code))

    def _who(self, appointment: Appointment) -> Who:
        return Who(
            person=self.person.username,
            person_name=self.person.name,
            role=appointment.role,
            agency=appointment.agency.code,
            agency_name=appointment.agency.short_name,
            address=self.address,
        )


def _reaches(reach: Reach, appointment: Appointment, agency: Agency) -> bool:
    if reach is Reach.REGION:
        return True
    if reach is Reach.SUBTREE:
        return agency.is_under(appointment.agency.competent_for or appointment.agency)
    # Who took an agency's duties over goes on with its records (art. 10).
    return appointment.agency_id in agency.responsible()


def _with_predecessors(agency: Agency) -> list[Agency]:
    found = [agency]
    for one in found:
        found.extend(p for p in one.predecessors.all() if p not in found)
    return found


def actor_of(person: Person, address: str | None = None) -> Actor:
    """The actor that ``person`` is today."""
    today = timezone.localdate()
    appointments = person.appointments.on(today).select_related("agency", "agency__competent_for")
    return Actor(person, tuple(appointments), address)


class StaffRequest(HttpRequest):
    """What a staff view gets: the request of somebody whose roles are known."""

    actor: Actor


P = ParamSpec("P")
# For tests that walk every route: what a view asks for.  "signed_in" asks no role.
SIGNED_IN = "signed_in"
PUBLIC = "public"
# The attribute of a view that names it.
ACT = "act"


def staff(
    act: str,
) -> Callable[
    [Callable[Concatenate[StaffRequest, P], HttpResponseBase]], Callable[..., HttpResponseBase]
]:
    """A view for those who may do ``act`` somewhere, or for everybody signed in.

    The record itself is asked about inside the view or act (``actor.require``).
    """
    if act != SIGNED_IN and act not in RULES:
        raise KeyError(f"no policy for {act!r}")

    def wrap(
        view: Callable[Concatenate[StaffRequest, P], HttpResponseBase],
    ) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def guarded(request: Any, /, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                if request.headers.get("HX-Request"):
                    return HttpResponse(status=401, headers={"HX-Refresh": "true"})
                return redirect_to_login(_where_from(request))
            request.actor = actor_of(request.user, request.META.get("REMOTE_ADDR"))
            if act != SIGNED_IN and not request.actor.may_somewhere(act):
                roles = "、".join(role.label for role in RULES[act])
                raise Forbidden(f"这一页给{roles}用，你没有这个角色。")
            return view(request, *args, **kwargs)

        setattr(guarded, ACT, act)
        return guarded

    return wrap


def _where_from(request: HttpRequest) -> str:
    """Where to go on after signing in: an act cannot be asked for again, its page can."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    page = urlsplit(request.headers.get("Referer", ""))
    if page.netloc != request.get_host():
        return resolve_url(settings.LOGIN_REDIRECT_URL)
    return f"{page.path}?{page.query}" if page.query else page.path


def public(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Mark a view that everybody may open; every other route must be ``staff``."""
    setattr(view, ACT, PUBLIC)
    return view

"""No role, code or address shows a person's data to somebody who may not see it: door by door.

Whoever is told a fact of a requester or of a third party must be one who may know it, and that
very answer must have left its line in the audit trail.  Everybody else is told nothing, by any
route, by reading or by sending.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from gongkai.web.audit.models import AuditEntry
from gongkai.web.people.models import Role
from gongkai.web.policies import PUBLIC, SIGNED_IN, Actor, actor_of
from gongkai.web.public.pages import paths
from gongkai.web.requests.acts import identity
from gongkai.web.requests.models import DisclosureRequest, IdentityView
from tests.web.conftest import make_office, make_person, signed_in_as
from tests.web.samples import SAMPLES, Sample, World, make_world
from tests.web.test_routes import ROUTES, Route

from .asking.conftest import Citizen
from .secrets_told import (
    IMAGES,
    NAME,
    OF_REQUESTER,
    OF_THIRD_PARTY,
    THIRD_PARTY,
    told_in,
)
from .somebodys_case import Somebody, bring

pytestmark = [pytest.mark.django_db, pytest.mark.once]

# Acts whose line in the trail says that somebody looked.
LOOKS = frozenset({
    "request.view_identity", "remedy.view_identity", "record_correction.view_identity",
    "complaint.view_identity", "remedy.open_paper", "request.export_file",
})  # fmt: skip
# Who may be told, and where: the office and who has the case; who approves what is written
# to a court; who received a complaint.
KNOWING: Mapping[str, tuple[str, ...]] = {
    Role.AUTHOR.value: ("requests:",),
    Role.DISCLOSURE_OFFICE.value: ("requests:", "remedies:"),
    Role.APPROVER.value: ("remedies:statement",),
    "competent": ("remedies:complaint", "remedies:paper"),
}
# Where cases are not handled, what is told of a person does not go by one's role in an agency.
HANDLED = ("requests", "remedies", "asking", "desk", "public")
ELSEWHERE = frozenset(
    {"colleague", "neighbour", "competent", "nobody", Role.DISCLOSURE_OFFICE.value}
)
# Where something is sent as well as read; what it does is undone.
SENT_TO = ("requests", "remedies", "asking", "desk")
SENT = {"reason": "核对", "text": "核对", "how": "核对"}


@dataclass
class Visitor:
    """Somebody at the doors: a browser, and what he may be told where."""

    label: str
    browser: Client = field(default_factory=Client)
    actor: Actor | None = None
    own_code: bool = False

    def __post_init__(self) -> None:
        self.browser.raise_request_exception = False
        self.cookies = self.browser.cookies.output(header="", sep=";")

    def at(
        self, method: str, address: str, sent: Mapping[str, str] = SENT
    ) -> tuple[int, set[str], bytes]:
        """The answer and what it tells; what it changes in the browser is forgotten."""
        self.browser.cookies = SimpleCookie(self.cookies)
        client = self.browser
        answer = client.get(address) if method == "GET" else client.post(address, sent)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        told = told_in(body) | told_in(str(answer.headers).encode())
        return answer.status_code, told, body

    def may_come(self, route: Route) -> bool:
        """Whether the door opens at all; test_routes.py shows that the others stay shut."""
        if route.act == PUBLIC:
            return self.actor is None or self.label in KNOWING
        if self.actor is None:
            return False
        return route.act == SIGNED_IN or self.actor.may_somewhere(str(route.act))


@dataclass
class Doors:
    """Somebody's cases, one record of everything else, and who stands before the doors."""

    somebody: Somebody
    world: World
    visitors: list[Visitor]
    logged: list[str]

    def visitor(self, label: str) -> Visitor:
        return next(one for one in self.visitors if one.label == label)


class Written(logging.Handler):
    """Keeps every line that is logged."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture(scope="module")
def doors(django_db_setup: None, django_db_blocker: Any) -> Iterator[Doors]:
    """Made once for all tests here, and undone after the last."""
    written, root = Written(), logging.getLogger()
    before = root.level
    root.addHandler(written)
    root.setLevel(logging.DEBUG)
    with django_db_blocker.unblock(), transaction.atomic():
        office = make_office()
        somebody = bring(office)
        world = make_world(office)
        yield Doors(somebody, world, list(_visitors(somebody)), written.lines)
        transaction.set_rollback(True)
    root.setLevel(before)
    root.removeHandler(written)


def _visitors(somebody: Somebody) -> Iterator[Visitor]:
    office = somebody.office
    made = dict(office.people)
    here = [role for role in made if made[role].appointments.get().agency == office.street]
    people = {person.username: person for person in made.values()}
    # Has the case not in hand, and has every role, but next door.
    for name, agency, roles in (
        ("colleague", office.street, [Role.AUTHOR]),
        ("neighbour", office.neighbour, here),
    ):
        people[name] = make_person(name, name, agency, *roles)
    for name, person in people.items():
        yield Visitor(name, signed_in_as(person), actor_of(person))
    yield Visitor("nobody")
    somebody.citizen.open(somebody.code)
    yield Visitor("own code", somebody.citizen.browser, own_code=True)
    other = Citizen(office.street)
    other.ask()
    other.open(other.code())
    yield Visitor("another's code", other.browser)


def addresses(route: Route, doors: Doors) -> Iterator[str]:
    """Every address of a route that leads to something of the person, or to a sample of it."""
    space = route.name.partition(":")[0]
    if space in ("requests", "remedies", "asking") and route.arguments:
        for arguments in _arguments(route, doors.somebody):
            yield reverse(route.name, kwargs=arguments)
        return
    sample = SAMPLES.get(route.name, Sample())
    if route.arguments and route.name not in SAMPLES:
        # Without a sample test_routes.py fails, by the route's name.
        return
    address = reverse(route.name, kwargs=dict(sample.arguments(doors.world)))
    yield address + sample.query
    if space in ("desk", "requests", "remedies", "public") and not route.arguments:
        # Not the whole of it: the page may say what was looked for.
        yield f"{address}?q={NAME[:3]}"


def _arguments(route: Route, somebody: Somebody) -> Iterator[dict[str, Any]]:
    name = route.name.partition(":")[2]
    if route.name.startswith("requests:") and "number" in route.arguments:
        for case in somebody.requests:
            yield from _combined(route, _of_request(case, somebody) | {"number": [case.pk]})
        return
    number = [somebody.remedy.pk]
    if name.startswith(("correction", "file_correction", "write_notice")):
        number = [somebody.correction.pk]
    if name.startswith(("complaint", "file_complaint")):
        number = [somebody.complaint.pk]
    if name in ("letter", "paper"):
        number = [pk for case in somebody.requests for pk in _keys(getattr(case, f"{name}s"))]
    known = {
        "number": number,
        "slug": [somebody.office.street.slug],
        "kind": ["correction", "supplement", "withdrawal"],
        "paper": _keys(somebody.remedy.papers),
        "statement": [somebody.statement.pk],
        "event": _keys(somebody.remedy.events),
        "form": ["docx", "pdf"],
        "upload": [somebody.upload.pk],
        "token": [somebody.calendar],
        "agency": [somebody.office.street.pk],
    }
    if name == "settings_letter":
        known["kind"] = ["correction_notice"]
    yield from _combined(route, known)


def _of_request(case: DisclosureRequest, somebody: Somebody) -> dict[str, list[Any]]:
    letters = list(case.letters.all())
    return {
        "letter": [letter.pk for letter in letters],
        "paper": _keys(case.papers),
        "consultation": _keys(case.consultations),
        "delivery": [key for letter in letters for key in _keys(letter.deliveries)],
        "message": _keys(case.messages),
        "chase": [somebody.chase.pk],
        "form": ["docx", "pdf"],
    }


def _keys(records: Any) -> list[int]:
    return list(records.values_list("pk", flat=True))


def _combined(route: Route, known: Mapping[str, list[Any]]) -> Iterator[dict[str, Any]]:
    names = sorted(route.arguments)
    unknown = [name for name in names if name not in known]
    assert not unknown, f"{route.name}: say here what {unknown} is"
    for values in product(*(known[name] for name in names)):
        yield dict(zip(names, values, strict=True))


def looks() -> int:
    """How many lines of the trail say that somebody looked."""
    return AuditEntry.objects.filter(act__in=LOOKS).count()


def told_wrongly(route: Route, method: str, address: str, visitor: Visitor) -> str:
    """What this door tells that it should not; "" where all is well."""
    before = looks()
    status, told, _ = visitor.at(method, address)
    if status >= 500 and route.name != "healthz":
        return f"{visitor.label} {method} {address}: {status}"
    if visitor.own_code and route.name in ("asking:letter", "asking:case"):
        # His own letter, and what he wrote himself.
        told -= set(OF_REQUESTER)
    if not told:
        return ""
    looked = looks() > before
    if looked and route.name.startswith(KNOWING.get(visitor.label, ("nowhere",))):
        return ""
    why = "" if looked else "，没有留下记录"
    return f"{visitor.label} {method} {address}（{route.name}）：{'、'.join(sorted(told))}{why}"


def test_no_route_tells_anybody_what_is_not_his_to_know(doors: Doors) -> None:
    wrong = []
    for route in ROUTES:
        space = route.name.partition(":")[0]
        methods = ["GET", "POST"] if space in SENT_TO else ["GET"]
        coming = [
            visitor
            for visitor in doors.visitors
            if visitor.may_come(route) and (space in HANDLED or visitor.label in ELSEWHERE)
        ]
        for address, method, visitor in product(addresses(route, doors), methods, coming):
            with transaction.atomic():
                wrong.append(told_wrongly(route, method, address, visitor))
                transaction.set_rollback(True)
    assert not [one for one in wrong if one]


@pytest.mark.parametrize("who", [Role.AUTHOR.value, Role.DISCLOSURE_OFFICE.value])
def test_who_needs_to_know_is_told_for_a_reason_and_it_is_recorded(doors: Doors, who: str) -> None:
    case, visitor = doors.somebody.answered, doors.visitor(who)
    proof = case.papers.get(kind="identity")
    doors_of_it = {
        reverse("requests:identity", args=[case.pk]): set(OF_REQUESTER),
        reverse("requests:paper", args=[case.pk, proof.pk]): {"身份证的图像"},
    }
    for address, known in doors_of_it.items():
        before = looks(), IdentityView.objects.count()
        for method, sent in (("GET", {}), ("POST", {}), ("POST", {"reason": "  "})):
            assert not visitor.at(method, address, sent)[1], address
        assert (looks(), IdentityView.objects.count()) == before
        status, told, _ = visitor.at("POST", address, {"reason": "核对"})
        assert status == 200
        assert known <= told
        assert (looks(), IdentityView.objects.count()) == (before[0] + 1, before[1] + 1)
        look = IdentityView.objects.latest("pk")
        assert (look.person.username, look.reason) == (who, "核对")


def test_a_letter_is_printed_for_who_needs_it_and_each_print_is_recorded(doors: Doors) -> None:
    case = doors.somebody.answered
    office = doors.visitor(Role.DISCLOSURE_OFFICE.value)
    told: dict[str, set[str]] = {}
    for letter in case.letters.all():
        for form in ("docx", "pdf"):
            before = IdentityView.objects.count()
            address = reverse("requests:download", args=[case.pk, letter.pk, form])
            told[f"{letter.kind}.{form}"] = office.at("GET", address)[1]
            assert IdentityView.objects.count() == before + 1
    for form in ("docx", "pdf"):
        reply = told[f"reply_partly_disclosed.{form}"]
        assert NAME in reply
        assert not reply & set(OF_THIRD_PARTY)
        consultation = told[f"third_party_consultation.{form}"]
        assert THIRD_PARTY in consultation
        assert not consultation & set(OF_REQUESTER)


@pytest.mark.parametrize("form", ["pdf", "zip"])
def test_the_whole_file_without_identity_names_nobody(doors: Doors, form: str) -> None:
    case, office = doors.somebody.answered, doors.visitor(Role.DISCLOSURE_OFFICE.value)
    address = reverse("requests:case_file", args=[case.pk])
    sent = {"form": form, "identity": "without", "reason": "送复议机关"}
    status, told, data = office.at("POST", address, sent)
    assert status == 200
    assert data.startswith(b"PK" if form == "zip" else b"%PDF")
    assert not told
    status, told, _ = office.at("POST", address, {**sent, "identity": "with"})
    assert status == 200
    assert NAME in told


def test_a_page_that_fails_tells_nothing(doors: Doors, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*args: Any) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(identity, "identity_of", fails)
    address = reverse("requests:identity", args=[doors.somebody.answered.pk])
    status, told, body = doors.visitor(Role.DISCLOSURE_OFFICE.value).at("POST", address)
    assert status == 500
    assert "回到今日待办" in body.decode()
    assert not told


def test_no_table_tells_it_in_the_clear(doors: Doors) -> None:
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows = str(cursor.fetchall()).replace("\\\\", "\\").encode()
            assert not told_in(rows), table
    for session in Session.objects.all():
        assert not told_in(json.dumps(session.get_decoded(), ensure_ascii=False).encode())


def test_no_file_in_the_store_tells_it_in_the_clear(doors: Doors) -> None:
    files = [path for path in Path(configured.FILES).glob("*/*") if path.is_file()]
    assert len(files) > len(IMAGES)
    assert not {path.name: found for path in files if (found := told_in(path.read_bytes()))}


def test_no_line_of_the_trail_and_no_log_tells_it(doors: Doors) -> None:
    for one in AuditEntry.objects.all():
        said = json.dumps(
            [one.subject_name, one.person_name, one.reason, one.before, one.after],
            ensure_ascii=False, default=str,
        )  # fmt: skip
        assert not told_in(said.encode()), one
    assert not told_in("\n".join(doors.logged).encode())


def test_no_public_page_tells_it(doors: Doors) -> None:
    nobody = doors.visitor("nobody")
    pages = [configured.MOUNT + path for path in paths()]
    assert len(pages) > 20
    wrong = {page: told for page in pages if (told := nobody.at("GET", page)[1])}
    assert not wrong

"""Every route with every role: the answer is what the one policy file says.

A route without a policy, or with arguments and no sample, fails here by name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from gongkai.web.people.models import Person
from gongkai.web.policies import ACT, PUBLIC, RULES, SIGNED_IN, Actor, actor_of
from tests.web.conftest import Office
from tests.web.samples import SAMPLES, Sample, World, make_world

CLOSED = {403, 404}
# The policy let him through; that the record stands elsewhere, or that what was sent is
# not complete, is another matter.
OPEN = {200, 302, 409, 422}


@dataclass(frozen=True)
class Route:
    """A named address and the act that its view names."""

    name: str
    act: str | None
    arguments: frozenset[str]


def routes(resolver: Any = None, spaces: tuple[str, ...] = ()) -> Iterator[Route]:
    """Every route of the platform, through all includes."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inside = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from routes(pattern, inside)
        elif isinstance(pattern, URLPattern):
            name = ":".join((*spaces, pattern.name or f"({pattern.pattern})"))
            arguments = frozenset(pattern.pattern.converters) | frozenset(
                pattern.pattern.regex.groupindex
            )
            yield Route(name, getattr(pattern.callback, ACT, None), arguments)


ROUTES = sorted(routes(), key=lambda route: route.name)
# To make the world takes longer than to open an address: one world for several.
SOME = [ROUTES[at : at + 60] for at in range(0, len(ROUTES), 60)]
BY_NAME = pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)


@pytest.fixture
def world(office: Office) -> World:
    return make_world(office)


@BY_NAME
def test_every_route_has_a_policy_and_a_sample(route: Route) -> None:
    assert not route.name.endswith(")"), f"{route.name}: give the route a name"
    assert route.act is not None, (
        f"{route.name}: decorate its view with @staff(act) or @public (policies.py)"
    )
    assert route.act in (PUBLIC, SIGNED_IN) or route.act in RULES
    if route.arguments:
        assert route.name in SAMPLES, (
            f"{route.name} takes {sorted(route.arguments)}: add a line to SAMPLES in "
            "tests/web/samples.py, so that it is opened in every role"
        )


def test_no_sample_is_left_over() -> None:
    assert SAMPLES.keys() <= {route.name for route in ROUTES}


@pytest.mark.parametrize("some", SOME, ids=lambda some: f"{some[0].name}...{some[-1].name}")
def test_the_answer_agrees_with_the_policy(some: list[Route], world: World) -> None:
    wrong = []
    doors = {person.pk: signed_in(person) for person in world.people}
    for route in some:
        # What opening one does is taken back before the next.
        with transaction.atomic():
            try:
                answer_agrees_with_policy(route, world, doors)
            except AssertionError as error:
                wrong.append(str(error))
            transaction.set_rollback(True)
    assert not wrong, "\n".join(wrong)


def signed_in(person: Person) -> str:
    """The cookies of a browser in which somebody has signed in."""
    browser = Client()
    browser.force_login(person)
    return browser.cookies.output(header="", sep=";")


def answer_agrees_with_policy(route: Route, world: World, doors: Mapping[int, str]) -> None:
    """Open ``route`` as nobody and as everybody of the world, whose cookies are ``doors``."""
    client = Client()
    sample = SAMPLES.get(route.name, Sample())
    address = reverse(route.name, kwargs=dict(sample.arguments(world))) + sample.query
    if route.act == PUBLIC:
        answer = client.get(address)
        assert answer.status_code in {200, 301, 302, 304} | sample.also
        assert reverse("people:sign_in") not in answer.get("Location", "")
        if answer.streaming:
            # Read to its end it closes its file, and nothing of the database.
            assert list(answer)
        return
    turned_away(client, address)
    opened, closed = set(), set()
    # Of the people next door one a route, in turn: to them every record is another agency's.
    turn = ROUTES.index(route)
    near = [one for one in world.people if not one.username.startswith("next_")]
    far = [one for one in world.people if one.username.startswith("next_")]
    for person in [*near, far[turn % len(far)]]:
        actor, browser = actor_of(person), Client()
        browser.cookies = SimpleCookie(doors[person.pk])
        said = f"{route.name} ({route.act}) for {person.username}"
        if permitted(route, sample, actor, world):
            answer = browser.get(address)
            assert answer.status_code in OPEN | {405}, f"{said}: {answer.status_code}"
            opened.add(person.username)
        else:
            # Nothing may be read and nothing done.
            codes = {browser.get(address).status_code, browser.post(address).status_code}
            assert codes <= CLOSED | {405}, f"{said}: {codes}"
            assert codes & CLOSED, f"{said}: {codes}"
            closed.add(person.username)
    assert opened, f"{route.name}: nobody may open it"
    if route.act != SIGNED_IN:
        assert closed, f"{route.name}: everybody may open it"


def test_records_are_closed_to_another_agency(world: World) -> None:
    # The matrix above has the neighbour's people in it; this says so once in plain words.
    others = [person for person in world.people if person.username.startswith("next_")]
    assert len(others) == 5
    for person in others:
        browser = Client()
        browser.force_login(person)
        for name in ("disclosure:item", "disclosure:edit", "agencies:agency"):
            number = world.office.street.pk if name == "agencies:agency" else world.item.pk
            assert browser.get(reverse(name, args=[number])).status_code in CLOSED


def test_a_session_that_ended_opens_nothing(world: World) -> None:
    browser = Client()
    browser.force_login(world.author)
    key = browser.cookies[settings.SESSION_COOKIE_NAME].value
    SessionStore(key).delete()
    answer = browser.get(reverse("disclosure:item", args=[world.item.pk]))
    assert answer.status_code == 302


def turned_away(client: Client, address: str) -> None:
    """Nobody who is not signed in gets past, by whatever method."""
    answers = [client.get(address), client.post(address)]
    for answer in answers:
        assert answer.status_code in {302, 405}, f"{address}: {answer.status_code}"
    away = [answer for answer in answers if answer.status_code == 302]
    assert away, f"{address}: neither GET nor POST leads to sign-in"
    for answer in away:
        assert answer.url.startswith(reverse("people:sign_in")), f"{address} → {answer.url}"
    partial = [
        client.get(address, headers={"HX-Request": "true"}),
        client.post(address, headers={"HX-Request": "true"}),
    ]
    assert {answer.status_code for answer in partial} <= {401, 405}


def permitted(route: Route, sample: Sample, actor: Actor, world: World) -> bool:
    """What policies.RULES say of this person and the sample's record."""
    if sample.may is not None:
        return sample.may(actor, world)
    if route.act is None or route.act == SIGNED_IN:
        return route.act is not None
    if not actor.may_somewhere(route.act):
        return False
    if not route.arguments:
        return True
    acts = [route.act, sample.act or route.act]
    if sample.agency is None:
        return all(actor.may_somewhere(act) for act in acts)
    agency = sample.agency(world)
    return all(actor.may(act, agency) for act in acts)

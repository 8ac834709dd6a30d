"""Items on their way, written and passed by the people of the office."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from gongkai.web.disclosure.acts.draft import start
from gongkai.web.disclosure.acts.review import approve, pass_secrecy_review, pass_section_review
from gongkai.web.disclosure.acts.submit import submit
from gongkai.web.disclosure.models import InformationItem
from gongkai.web.people.models import Role
from tests.web.conftest import Office

WRITTEN = {
    "title": "2026年8月临时救助发放情况公示",
    "body_html": "<p>现将8月临时救助发放情况公示如下，共发放4人10700元。</p>",
    "made_on": date(2026, 9, 22),
    "statutory": "20-11",
    "summary": "8月临时救助发放4人。",
}
Drafting = Callable[..., InformationItem]


@pytest.fixture
def drafted(office: Office, django_capture_on_commit_callbacks: Any) -> Drafting:
    """Make a draft of the street's author; keyword arguments as of ``start``."""

    def make(kind: str = "plain", **written: Any) -> InformationItem:
        return start(office.actor(Role.AUTHOR), office.street, kind, **{**WRITTEN, **written})

    return make


@pytest.fixture
def handed_in(
    office: Office, drafted: Drafting, django_capture_on_commit_callbacks: Any
) -> Drafting:
    """A draft handed in, passed by the section, checked: it stands before the secrecy review."""

    def make(kind: str = "plain", **written: Any) -> InformationItem:
        item = drafted(kind, **written)
        with django_capture_on_commit_callbacks(execute=True):
            item = submit(office.actor(Role.AUTHOR), item)
        return pass_section_review(office.actor(Role.SECTION_REVIEWER), item, "数字与发放表一致。")

    return make


@pytest.fixture
def published(office: Office, handed_in: Drafting) -> Drafting:
    """An item all the way to the public."""

    def make(kind: str = "plain", **written: Any) -> InformationItem:
        item = pass_secrecy_review(office.actor(Role.SECRECY_REVIEWER), handed_in(kind, **written))
        return approve(office.actor(Role.APPROVER), item)

    return make

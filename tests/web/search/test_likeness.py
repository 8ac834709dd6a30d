"""A draft that repeats what is published is seen by its check."""

from __future__ import annotations

import pytest

from gongkai.core.screening import screen
from gongkai.web.disclosure.acts.draft import start
from gongkai.web.disclosure.likeness import alike
from gongkai.web.disclosure.models import ItemVersion
from gongkai.web.people.models import Role
from gongkai.web.publication.likeness import worth_reading
from gongkai.web.publication.models import TextFingerprint
from tests.web.conftest import Office
from tests.web.public.publishing import publish, take_back

_LINES = [
    "为规范既有住宅加装电梯资金补助的申请审核和拨付，保障业主合法权益，结合本区实际制定本办法。",
    "本办法所称既有住宅是指已经建成投入使用、没有电梯的四层以上住宅，不含已列入征收范围的房屋。",
    "申请补助应当经本单元全体业主书面同意，由业主委托的实施主体向所在街道办事处提出。",
    "街道办事处收到申请后十个工作日内完成审核，符合条件的在小区公示栏公示七日。",
    "公示无异议的，区住房和城乡建设局应当在三十日内将补助资金拨付到实施主体的账户。",
]
_TEXT = "".join(f"<p>{line}</p>" for line in _LINES)
_OTHER = (
    "<p>"
    + "".join(f"防汛第{n}段堤防由某某负责巡查养护并记录在册备查。" for n in "甲乙丙丁戊己庚辛")
    + "</p>"
)


@pytest.fixture
def draft(office: Office) -> ItemVersion:
    """A draft that repeats four of five paragraphs."""
    body = "".join(f"<p>{line}</p>" for line in [*_LINES[:4], "自发布之日起施行。"])
    item = start(office.actor(Role.AUTHOR), office.street, title="补助细则", body_html=body)
    return item.version


def test_a_published_item_with_the_same_wording_is_shown(
    office: Office, draft: ItemVersion
) -> None:
    publish(office.neighbour, 9001, "加装电梯补助办法", body_html=_TEXT)
    publish(office.neighbour, 9002, "防汛责任表", body_html=_OTHER)
    (found,) = alike(draft)
    assert found.title == "加装电梯补助办法"
    assert found.address.endswith("/item/2026/9001.html")
    spots = screen(draft.title, draft.body_html, [], draft.saved_at.date(), alike=[found])
    assert "screening.published_already" in {spot.rule for spot in spots}


def test_its_own_release_is_no_repetition(office: Office, draft: ItemVersion) -> None:
    publish(office.street, draft.item_id, "加装电梯补助办法", body_html=_TEXT)
    assert alike(draft) == []


def test_fingerprints_follow_the_publication(office: Office) -> None:
    publish(office.street, 9001, body_html=_TEXT)
    first = set(TextFingerprint.objects.values_list("value", flat=True))
    publish(office.street, 9001, body_html=_OTHER)
    second = set(TextFingerprint.objects.values_list("value", flat=True))
    assert first
    assert second
    assert not first & second
    take_back(9001)
    assert not TextFingerprint.objects.exists()
    assert worth_reading("".join(_LINES)) == []


def test_a_short_text_is_like_nothing(office: Office) -> None:
    publish(office.street, 9001, body_html="<p>正文。</p>")
    assert worth_reading("正文。") == []

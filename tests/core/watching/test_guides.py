"""What of the Regulation of 2007 a guide still tells, and what only sounds like it."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.core.watching.guides import not_renewed, old_rules, other_telephone


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("自收到申请之日起15个工作日内予以答复。", 1),
        ("本机关在十五个工作日内答复申请人。", 1),
        ("第三方应当自收到征求意见书之日起15个工作日内提出意见。", 0),
        ("其他机关15个工作日内答复的，视为同意。", 0),
        ("自收到申请之日起20个工作日内予以答复，延长答复期限最长不超过20个工作日。", 0),
        ("申请人应当说明自身生产、生活、科研等特殊需要。", 1),
        ("公民不再需要说明自身生产、生活、科研等特殊需要。", 0),
        ("新条例取消了“三需要”的条件。", 0),
        ("可以收取检索、复制、邮寄等成本费用。", 1),
        ("提供政府信息不收费，不得收取检索费、复制费。", 0),
        ("依据国务院令第492号制定本指南。", 1),
        ("依据2007年国务院令第492号公布、2019年国务院令第711号修订的条例制定。", 0),
        ("依据国务院令第492号。15个工作日内答复。应当说明三需要。收取复制费。", 4),
    ],
)
def test_old_rules(text: str, count: int) -> None:
    assert len(list(old_rules("指南", text))) == count


@pytest.mark.parametrize(
    ("text", "own", "found"),
    [
        ("联系电话：000-0000 0402", "000-0000 0401", True),
        ("联系电话：000-0000 0401", "000-0000 0401", False),
        ("联系电话：（000）00000401", "000-0000 0401", False),
        # Another agency's number, beside or instead: it may be whom to complain to.
        ("咨询电话：000-0000 0101", "000-0000 0401", False),
        ("联系电话：000-0000 9999，办公电话 000-0000 0401", "000-0000 0401", False),
        ("联系电话：000-0000 0402", "", False),
        ("发文 2026-10-20", "000-0000 0401", False),
    ],
)
def test_another_telephone(text: str, own: str, found: bool) -> None:
    told = other_telephone("指南", text, own, [own, "000-0000 0101"])
    assert (told is not None) is found


def test_a_guide_older_than_a_change_of_its_agency() -> None:
    changes = [(date(2025, 3, 1), "机关名称"), (date(2024, 1, 1), "联系信息")]
    assert not_renewed("指南", date(2025, 3, 1), changes) is None
    told = not_renewed("指南", date(2024, 11, 20), changes)
    assert told is not None
    assert (told.values["changed"], told.values["what"]) == ("2025-03-01", "机关名称")

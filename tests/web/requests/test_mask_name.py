"""What lists show of a name: never more of a person than the first character."""

from __future__ import annotations

import pytest

from gongkai.web.requests.models.requesters import mask_name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("张三", "张*"),
        ("欧阳晓岚", "欧***"),
        ("买买提·艾力江", "买******"),
        ("张三、李四五，王六", "张*、李**、王*"),
        ("青禾暖阳服务中心", "青禾暖阳****"),
        ("青禾 晨汐 有限公司", "青禾晨汐****"),
        ("张 三", "张*"),
        ("商会", "商*"),
        ("", ""),
    ],
)
def test_a_name_is_masked(name: str, shown: str) -> None:
    assert mask_name(name) == shown


def test_a_person_is_a_person_whatever_the_name_ends_with() -> None:
    assert mask_name("古丽夏提·巴依部", person=True) == "古*******"

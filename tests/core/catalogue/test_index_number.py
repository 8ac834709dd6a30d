"""Index numbers by an agency's template: real ones rendered, unsound templates refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.catalogue import parse_template
from gongkai.core.errors import IndexTemplateError


@pytest.mark.parametrize(
    ("template", "org", "month", "category", "seq", "year", "number"),
    [
        ("{org}/{year}-{seq:05d}", "000014349", None, "", 110, 2017, "000014349/2017-00110"),
        ("{org}/{year}-{seq:05d}", "0142768-8", None, "", 185, 2022, "0142768-8/2022-00185"),
        (
            "{org}/{year}{month}-{seq:05d}",
            "11341702486344515H",
            10,
            "",
            13,
            2021,
            "11341702486344515H/202110-00013",
        ),
        (
            "{org}-{category}-{year}-{seq:05d}",
            "PZ00101",
            None,
            "0300",
            288,
            2026,
            "PZ00101-0300-2026-00288",
        ),
        ("{org}-{year}-{seq:05}", "QH0001", None, "", 100000, 2026, "QH0001-2026-100000"),
        ("青禾〔{year}〕{org}-{seq}", "听泉", None, "", 7, 2026, "青禾〔2026〕听泉-7"),
    ],
)
def test_real_index_numbers(
    template: str, org: str, month: int | None, category: str, seq: int, year: int, number: str
) -> None:
    sound = parse_template(template)
    made = sound.render(org=org, seq=seq, year=year, month=month, category=category)
    assert made == number


def test_one_running_number_for_what_the_template_names() -> None:
    assert parse_template("{org}/{year}{month}-{seq:05d}").counts_within == ("org", "year", "month")
    assert parse_template("{org}/{seq}").counts_within == ("org",)


@pytest.mark.parametrize(
    ("template", "complaint"),
    [
        ("", "没有流水号"),
        ("{org}/{year}", "没有流水号"),
        ("{year}-{seq}", "没有机关代码"),
        ("{org}-{month}-{seq}", "没有 {year}"),
        ("{org}/{yaer}-{seq}", "{yaer} 认不出来，可以用 {org}、{category}、{year}、{month}、{seq}"),
        ("{}-{seq}", "{} 认不出来"),
        ("{org.name}-{seq}", "{org.name} 认不出来"),
        ("{0}-{seq}", "{0} 认不出来"),
        ("{org}-{seq}-{seq}", "{seq} 写了两次"),
        ("{org}-{year:02d}-{seq}", "{year} 的写法不对"),
        ("{org}-{seq:>5}", "{seq} 的写法不对"),
        ("{org}-{seq:0{year}d}", "{seq} 的写法不对"),
        ("{org!r}-{seq}", "{org} 的写法不对"),
        ("{org}{seq}", "{org} 和 {seq} 之间要有分隔"),
        ("{org}0{seq}", "{org} 和 {seq} 之间要有分隔"),
        ("{org}{year}{seq}", "{org} 和 {seq} 之间要有分隔"),
        ("{org} {seq}", "“ ”不能用"),
        ("{org}-{seq}<b>", "不能用"),
        ("{org}-{seq", "大括号不成对"),
        ("{org}-seq}", "大括号不成对"),
    ],
)
def test_an_unsound_template_is_refused(template: str, complaint: str) -> None:
    with pytest.raises(IndexTemplateError) as refusal:
        parse_template(template)
    assert complaint in str(refusal.value)


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({"seq": 0}, "流水号 0 不对"),
        ({"year": 26}, "年份 26 不对"),
        ({"month": None}, "没有给月份"),
        ({"month": 13}, "月份 13 不对"),
        ({"category": ""}, "没有填信息类别代码"),
        ({"category": "03-00"}, "信息类别代码“03-00”不能用"),
        ({"org": ""}, "没有填机关代码"),
        ({"org": "QH 01"}, "机关代码“QH 01”不能用"),
    ],
)
def test_what_a_number_needs(given: dict[str, object], complaint: str) -> None:
    template = parse_template("{org}-{category}-{year}{month}-{seq:05d}")
    sound: dict[str, object] = {
        "org": "QH01",
        "category": "0300",
        "year": 2026,
        "month": 9,
        "seq": 1,
    }
    assert template.render(**sound) == "QH01-0300-202609-00001"
    with pytest.raises(IndexTemplateError) as refusal:
        template.render(**{**sound, **given})
    assert complaint in str(refusal.value)


KEYS = st.tuples(
    st.from_regex(r"[A-C][A-C1\-]{0,3}", fullmatch=True),
    st.integers(2019, 2030),
    st.integers(1, 12),
    st.from_regex(r"[A-C1]{1,2}", fullmatch=True),
    st.integers(1, 120),
)


@given(
    template=st.sampled_from(
        [
            "{org}-{category}-{year}{month}-{seq}",
            "{category}-{org}/{year}{month}{seq:03d}",
            "{year}{month}{category}-{org}-{seq:02d}",
        ]
    ),
    one=KEYS,
    other=KEYS,
)
def test_no_two_items_share_a_number(
    template: str, one: tuple[str, int, int, str, int], other: tuple[str, int, int, str, int]
) -> None:
    sound = parse_template(template)
    numbers = [
        sound.render(org=o, year=y, month=m, category=c, seq=s) for o, y, m, c, s in (one, other)
    ]
    assert (numbers[0] == numbers[1]) == (one == other)

"""Two versions of a body: what changed is marked, and each version can be read back."""

from __future__ import annotations

import random
import re
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pasted import pasted

from gongkai.core.bodies.alignment import align, pair
from gongkai.core.bodies.compare import Change, compare_bodies
from gongkai.core.bodies.sanitise import clean
from gongkai.core.bodies.text import plain_text


def changes(old: str, new: str) -> list[tuple[str, str]]:
    """The blocks that changed, as html."""
    found = compare_bodies(old, new).shown()
    return [(s.change.value, s.both) for s in found if s.change is not Change.SAME]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("<p>甲</p>", "<p>甲</p>", []),
        # A change of looks alone is none.
        ("<p>甲乙</p>", "<p><strong>甲</strong>乙</p>", []),
        (
            "<p>自2024年5月1日起施行。</p>",
            "<p>自2025年6月1日起施行。</p>",
            [("changed", "<p>自<del>2024年5</del><ins>2025年6</ins>月1日起施行。</p>")],
        ),
        (
            "<p>第二条　四层以上的住宅可以申请补助。</p>",
            "<p>第二条　四层以上的住宅，经业主同意，可以申请补助。</p>",
            [("changed", "<p>第二条　四层以上的住宅<ins>，经业主同意，</ins>可以申请补助。</p>")],
        ),
        ("<p>甲</p><p>删</p>", "<p>甲</p>", [("deleted", "<p><del>删</del></p>")]),
        ("<p>甲</p>", "<p>新</p><p>甲</p>", [("inserted", "<p><ins>新</ins></p>")]),
        # Texts with nothing in common are shown one after the other.
        (
            "<p>一二三四五</p>",
            "<p>六七八九十</p>",
            [("deleted", "<p><del>一二三四五</del></p>"), ("inserted", "<p><ins>六七八九十</ins></p>")],
        ),
        # Links and marks of the new version stay.
        (
            '<p>见<a href="/a">旧文件</a>办理</p>',
            '<p>见<a href="/b">新文件</a>办理</p>',
            [("changed", '<p>见<a href="/a"><del>旧</del></a><a href="/b"><ins>新</ins>文件</a>办理</p>')],
        ),
        # Printed numbers of lists count.
        (
            "<ol><li>甲方</li><li>乙方代表</li></ol>",
            "<ol><li>乙方代表</li></ol>",
            [("deleted", "<p><del>1. 甲方</del></p>"),
             ("changed", "<p><del>2</del><ins>1</ins>. 乙方代表</p>")],
        ),
        (
            "<ul><li>甲方资料</li><li>乙方</li></ul>",
            "<ul><li>甲方材料</li><li>乙方</li></ul>",
            [("changed", "<ul><li>甲方<del>资</del><ins>材</ins>料</li><li>乙方</li></ul>")],
        ),
        ("<blockquote><p>甲乙丙</p></blockquote>", "<blockquote><p>甲丁丙</p></blockquote>",
         [("changed", "<blockquote><p>甲<del>乙</del><ins>丁</ins>丙</p></blockquote>")]),
        ("<blockquote><p>甲</p><p>乙</p></blockquote>",
         "<blockquote><p>甲</p><ul><li>乙</li></ul></blockquote>",
         [("changed", "<blockquote><p>甲</p>\n<p><del>乙</del></p>\n"
                      "<ul><li><ins>乙</ins></li></ul></blockquote>")]),
        ('<figure><img src="attachment:1" alt="旧图"></figure>',
         '<figure><img src="attachment:2" alt="新图"></figure>',
         [("changed", '<figure><del><span class="gk-note">（图：旧图）</span></del></figure>'),
          ("changed", '<figure><ins><span class="gk-note">（图：新图）</span></ins></figure>')]),
    ],
)  # fmt: skip
def test_changes(old: str, new: str, expected: list[tuple[str, str]]) -> None:
    assert changes(clean(old).html, clean(new).html) == expected


def rows(html: str) -> list[str]:
    return re.findall(r"<tr>.*?</tr>", html)


def test_a_table_of_the_same_shape_keeps_its_spans() -> None:
    table = "<table><tbody><tr><td rowspan=2>四层<td>12.00<tr><td>13.00<tr><td>五层<td>{}</table>"
    old, new = clean(table.format("15.00")).html, clean(table.format("16.00")).html
    ((change, html),) = changes(old, new)
    assert change == "changed"
    assert rows(html) == [
        '<tr><td rowspan="2">四层</td><td class="gk-num">12.00</td></tr>',
        '<tr><td class="gk-num">13.00</td></tr>',
        '<tr><td>五层</td><td class="gk-num"><del>15.00</del><ins>16.00</ins></td></tr>',
    ]


def test_a_table_with_other_rows_is_compared_row_by_row() -> None:
    old = "<table><tr><th>楼层<th>补助<tr><td rowspan=2>四层<td>12<tr><td>13<tr><td>五层<td>15</table>"
    new = "<table><tr><th>楼层<th>补助<tr><td rowspan=2>四层<td>12<tr><td>13<tr><td>五层<td>16<tr><td>六层<td>18</table>"
    ((_, html),) = changes(clean(old).html, clean(new).html)
    assert [re.sub(r' (?:class|scope)="[^"]*"', "", row) for row in rows(html)] == [
        "<tr><th>楼层</th><th>补助</th></tr>",
        "<tr><td>四层</td><td>12</td></tr>",
        "<tr><td>四层</td><td>13</td></tr>",
        "<tr><td>五层</td><td><del>15</del><ins>16</ins></td></tr>",
        "<tr><td><ins>六层</ins></td><td><ins>18</ins></td></tr>",
    ]


def test_two_columns_show_each_version_by_itself() -> None:
    old = clean("<p>甲乙丙</p><p>删</p>").html
    new = clean("<p>甲丁丙</p><p>新增的一段</p>").html
    assert [(s.before, s.after) for s in compare_bodies(old, new).shown()] == [
        ("<p>甲<del>乙</del>丙</p>", "<p>甲<ins>丁</ins>丙</p>"),
        ("<p><del>删</del></p>", ""),
        ("", "<p><ins>新增的一段</ins></p>"),
    ]


def test_attachments_get_their_addresses() -> None:
    html = '<figure><img src="attachment:1" alt="图"></figure>'
    shown = compare_bodies(html, html).html(lambda name: f"/files/{name}")
    assert '<img src="/files/1" alt="图" loading="lazy">' in shown


def bare(html: str) -> str:
    return re.sub(r"\s", "", html)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(pasted(), pasted())
def test_both_versions_can_be_read_back(old: tuple[str, str], new: tuple[str, str]) -> None:
    before, after = clean(old[0]).html, clean(new[0]).html
    shown = compare_bodies(before, after).shown()
    for version, side in ((before, [s.before for s in shown]), (after, [s.after for s in shown])):
        # Cells that spans repeat in a table set side by side are read once more, so count as sets.
        own = re.sub(r'<span class="gk-(?:sr|note)">.*?</span>', "", "\n".join(side))
        said, meant = bare(plain_text(own)), bare(plain_text(version))
        if "rowspan" in before + after:
            assert set(said) == set(meant)
        else:
            assert said == meant
    same = compare_bodies(after, after)
    assert same.changes == 0


@settings(max_examples=300)
@given(st.lists(st.sampled_from("甲乙丙丁戊")), st.lists(st.sampled_from("甲乙丙丁戊")))
def test_stretches_cover_both_sequences(old: list[str], new: list[str]) -> None:
    a = b = 0
    for same, here, there in align(old, new):
        assert (here.start, there.start) == (a, b)
        assert not same or old[here] == new[there]
        a, b = here.stop, there.stop
    assert (a, b) == (len(old), len(new))


@settings(max_examples=200)
@given(st.lists(st.text("甲乙丙", max_size=4), max_size=6),
       st.lists(st.text("甲乙丙", max_size=4), max_size=6))  # fmt: skip
def test_pairs_name_everything_once_and_in_order(old: list[str], new: list[str]) -> None:
    pairs = pair(old, new)
    assert [i for i, _ in pairs if i is not None] == list(range(len(old)))
    assert [j for _, j in pairs if j is not None] == list(range(len(new)))


# -- cost ------------------------------------------------------------------

LETTERS = "一二三四五六七八九十的在有和公开政府信息条例办法规定机关申请人处理答复期限工作日内容"
CHOICE = random.Random(7)


def words(length: int, letters: str = LETTERS) -> str:
    return "".join(CHOICE.choices(letters, k=length))


def body(paragraphs: list[str]) -> str:
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


def mended(text: str, times: int) -> str:
    signs = list(text)
    for _ in range(times):
        signs[CHOICE.randrange(len(signs))] = CHOICE.choice(LETTERS)
    return "".join(signs)


PARAGRAPHS = [words(200) + "。" for _ in range(1000)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (body(PARAGRAPHS), body([mended(p, 5) for p in PARAGRAPHS])),
        (body(PARAGRAPHS), body([words(200) for _ in range(1000)])),
        (body(PARAGRAPHS), body(CHOICE.sample(PARAGRAPHS, 1000))),
        (body([words(200_000, "甲乙")]), body([words(200_000, "甲乙")])),
    ],
    ids=["mended", "different", "shuffled", "two letters"],
)
def test_200_kilobytes_cost_no_square(old: str, new: str) -> None:
    started = time.monotonic()
    assert compare_bodies(old, new).changes
    # Measured: 0.3 s for the usual revision, 2.5 s at worst; the square would take hours.
    assert time.monotonic() - started < 20

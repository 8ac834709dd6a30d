"""The search finds exactly what a plain scan finds, whatever is typed."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.web.publication import search, search_index
from gongkai.web.publication.models import Publication
from gongkai.web.publication.search import Filters, Order, find, problem_with, walk, words_of
from tests.web.conftest import Office
from tests.web.public.publishing import at, publish, take_back

from .oracle import scan

_NASTY = (
    "' OR 1=1 --", '" OR title:*', "公开 AND NOT NEAR(办法)", "a*", "title:公开", "{公开}", "%s %(x)s",
    "公_开%", "\\", "公开\0办法", "🙂🙂", "{place}", "& | ! ( ) :* <->", "rich", "\ud800开公", "开" * 300,
)  # fmt: skip
_ALPHABET = "公开办法加装电梯补助Ａa1〔)] 　\n🙂"
_QUERIES = st.one_of(st.text(_ALPHABET, max_size=8), st.text(max_size=12), st.sampled_from(_NASTY))


def numbers(query: str, filters: Filters = search.NO_FILTERS) -> list[int]:
    """The numbers found, the newest first."""
    hits = find(words_of(query), filters, Order.NEWEST, size=search.MOST)
    assert hits.count == len(hits.rows)
    return [item.pk for item in hits.rows]


@pytest.fixture
def mixture(office: Office) -> list[Publication]:
    """Sixty publications of few characters, so that everything meets everything."""
    chance = random.Random(7)

    def some(most: int) -> str:
        return "".join(chance.choices(_ALPHABET, k=chance.randint(1, most)))

    return [
        publish(
            chance.choice([office.street, office.neighbour, office.district]),
            number,
            f"标{some(12)}",
            document_number=f"公开〔{chance.randint(2020, 2026)}〕{number}号",
            summary=some(10),
            body_html=f"<p>{some(30)}</p><p>{some(30)}</p>",
            statutory=chance.choice(["20-1", "20-7", ""]),
            column=chance.choice(["statutory", "rules"]),
            kind=chance.choice(["plain", "normative_document"]),
            validity=chance.choice(["", "in_force"]),
            theme=chance.choice(["", "one", "two"]),
            published_at=at(chance.randint(2019, 2026), chance.randint(1, 12), 3),
        )
        for number in range(1, 61)
    ]


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(query=_QUERIES)
def test_finds_what_a_plain_scan_finds(mixture: list[Publication], query: str) -> None:
    if words_of(query) and not problem_with(query):
        assert numbers(query) == scan(query)


def test_every_pair_of_every_title_is_found(mixture: list[Publication]) -> None:
    for item in mixture:
        for start in range(len(item.title) - 1):
            pair = item.title[start : start + 2]
            if words_of(pair) and not problem_with(pair):
                assert item.pk in numbers(pair)


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    query=st.sampled_from(["", "公开", "公开 办法"]),
    agency=st.sets(st.integers(0, 2)),
    column=st.sets(st.sampled_from(["rules", "statutory", "20-1", "20-7"])),
    kind=st.sets(st.sampled_from(["plain", "normative_document"])),
    year=st.sets(st.integers(2019, 2026)),
    since=st.none() | st.dates(date(2019, 1, 1), date(2026, 12, 31)),
    until=st.none() | st.dates(date(2019, 1, 1), date(2026, 12, 31)),
)
def test_filters_say_the_same_in_sql_and_in_python(
    mixture: list[Publication],
    office: Office,
    agency: set[int],
    query: str,
    **asked: Any,
) -> None:
    agencies = [office.street.pk, office.neighbour.pk, office.district.pk]
    filters = Filters(
        agency=frozenset(agencies[number] for number in agency),
        **{
            name: frozenset(value) if isinstance(value, set) else value
            for name, value in asked.items()
        },
    )
    words = words_of(query)
    everything = walk(words, limit=100)
    assert [row for row in everything if filters.admit(row)] == walk(words, filters, limit=100)


def test_hits_in_the_title_come_first_then_the_newest(office: Office) -> None:
    for number, (title, body) in enumerate(
        [("补助办法", ""), ("通知", "补助"), ("补助名单", ""), ("公示", "<p>补助</p>")], start=1
    ):
        publish(office.street, number, title, body_html=body, published_at=at(2026, number, 1))
    words = words_of("补助")
    assert [i.pk for i in find(words).rows] == [3, 1, 4, 2]
    assert [i.pk for i in find(words, order=Order.NEWEST).rows] == [4, 3, 2, 1]


def test_more_than_are_counted(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "MOST", 10)
    for number in range(1, 16):
        title = "补助" if number <= 4 else "通知"
        publish(office.street, number, title, body_html="<p>补助</p>", statutory=f"20-{number % 2}")
    words = words_of("补助")
    hits = find(words, page=2, size=5)
    assert (hits.count, hits.more, hits.pages, hits.facets) == (10, True, 2, {})
    first = find(words, size=5)
    # All four title hits, though they are the oldest; then the newest.
    assert [item.pk for item in (*first.rows, *hits.rows)] == [4, 3, 2, 1, 15, 14, 13, 12, 11, 10]
    narrowed = find(words, Filters(column=frozenset({"20-1"})))
    assert (narrowed.count, narrowed.more) == (8, False)
    assert narrowed.facets["column"] == {"20-1": 8}


def test_facets_count_what_each_choice_would_leave(mixture: list[Publication]) -> None:
    words = words_of("公开")
    chosen = Filters(kind=frozenset({"plain"}), year=frozenset({2021, 2024}))
    facets = find(words, chosen).facets
    for kind in ("plain", "normative_document"):
        alone = Filters(kind=frozenset({kind}), year=chosen.year)
        assert facets["kind"][kind] == find(words, alone).count
    for year in range(2019, 2027):
        alone = Filters(kind=chosen.kind, year=frozenset({year}))
        assert facets["year"][str(year)] == find(words, alone).count


def test_what_is_changed_or_withdrawn_is_found_no_more(office: Office) -> None:
    publish(office.street, 1, "加装电梯补助", body_html="<p>甲乙丙丁</p>")
    publish(office.street, 1, "电梯维护办法", body_html="<p>戊己庚辛</p>")
    assert numbers("加装") == numbers("甲乙") == []
    assert numbers("电梯") == numbers("戊己") == [1]
    take_back(1)
    assert numbers("电梯") == numbers("戊己") == []
    for word in ("加装", "电梯", "戊己"):
        assert _in_index(word) == []


def test_a_row_that_was_never_entered_can_be_taken_out(office: Office) -> None:
    item = publish(office.street, 1, "加装电梯")
    with transaction.atomic():
        search.remove(item)
        search.remove(item)
    assert _in_index("加装") == []


def test_an_act_undone_leaves_the_index_as_it_was(office: Office) -> None:
    publish(office.street, 1, "加装电梯")
    with transaction.atomic():
        publish(office.street, 1, "补助名单")
        transaction.set_rollback(True)
    assert numbers("电梯") == [1]
    assert _in_index("名单") == []


def test_a_text_of_more_pairs_than_a_tsvector_holds(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_index, "_MOST_PAIRS", 50)
    rich = "".join(map(chr, range(0x4E00, 0x4E00 + 200)))
    publish(office.street, 1, "名录", body_html=f"<p>{rich}</p>")
    publish(office.street, 2, "名录附录", body_html="<p>短</p>")
    assert numbers(rich[100:105]) == numbers(rich[:2]) == [1]
    assert numbers(rich[2] + rich[1]) == []
    assert numbers("名录") == [2, 1]


def test_a_very_long_text_can_be_published(office: Office) -> None:
    chance = random.Random(3)
    body = "".join(chr(chance.randint(0x4E00, 0x9FA5)) for _ in range(120_000))
    publish(office.street, 1, "名录", body_html=f"<p>{body}</p>")
    assert numbers(body[60_000:60_004]) == [1]


@pytest.mark.parametrize("query", ["公", " 公 ", "公 开", "公\u200b", "Ａ"])
def test_one_character_is_not_looked_for(query: str) -> None:
    assert "一个字" in problem_with(query)


def test_a_single_character_beside_a_word_is_asked_for_too(office: Office) -> None:
    publish(office.street, 1, "加装电梯", body_html="<p>甲</p>")
    publish(office.street, 2, "加装电梯", body_html="<p>乙</p>")
    assert not problem_with("加装 乙")
    assert numbers("加装 乙") == [2]


def test_too_much_is_not_looked_for() -> None:
    assert problem_with("公开" * 50) == ""
    assert "最多 100 个" in problem_with("公开" * 51)


def test_pages_beyond_the_last_show_the_last(office: Office) -> None:
    for number in range(1, 6):
        publish(office.street, number)
    assert [i.pk for i in find((), order=Order.NEWEST, page=99, size=2).rows] == [1]
    assert find(words_of("没有这些字")).pages == 1


def test_finding_takes_few_questions(mixture: list[Publication]) -> None:
    with CaptureQueriesContext(connection) as asked:
        find(words_of("公开 办法"), Filters(kind=frozenset({"plain"})))
    # Not counting how PostgreSQL is told to go by its index.
    assert len([q for q in asked if Publication._meta.db_table in q["sql"]]) == 2


def _in_index(word: str) -> list[int]:
    """The order keys that the index names, whether or not there is still a publication."""
    look = search_index.look(words_of(word))
    where = f"WHERE {look.condition}" if look.condition else ""
    with connection.cursor() as cursor:
        cursor.execute(f"{look.before} SELECT {look.key} FROM {look.source} {where}", [look.value])
        return [row[0] for row in cursor]

"""The lists: whole, without doubles, with basis, and honest about what was not verified."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from gongkai.core.catalogue import TermList, channels, domains, genres, standard_channels, themes
from gongkai.core.errors import CatalogueError
from gongkai.core.law import cite

LISTS = [genres, themes, channels, standard_channels, domains]


@pytest.mark.parametrize("load", LISTS, ids=lambda f: f.__name__)
def test_a_list_has_no_doubles_and_says_where_it_is_from(load: Callable[[], TermList]) -> None:
    found = load()
    assert found.source
    for term in found.terms:
        assert re.fullmatch(r"[a-z][a-z_]{1,39}", term.id)
        assert term.label
        assert not term.basis or cite(term.basis)
        assert found.term(term.id) is term
        assert found.labelled(term.label) is term
    assert len({t.label for t in found.terms}) == len(found.terms)
    assert [t for g in found.groups().values() for t in g] == list(found.terms)


def test_how_many_there_are() -> None:
    assert len(genres().groups()["official_document"]) == 15
    assert len(themes().terms) == 22
    assert len(standard_channels().terms) == 13
    assert len(domains().groups()["trial"]) == 26


def test_what_was_not_verified_is_marked() -> None:
    assert not any(t.verified for t in domains().terms)
    assert all(t.verified for t in genres().groups()["official_document"])
    assert all(t.verified for t in standard_channels().terms)


def test_every_way_of_article_23_and_place_of_article_25_is_there() -> None:
    named = {t.label for t in channels().terms}
    assert {"政府公报", "政府网站", "新闻发布会", "报刊", "广播", "电视"} <= named
    assert {"国家档案馆", "公共图书馆", "政务服务场所", "公共查阅室", "资料索取点"} <= named
    assert channels().term("notice_board").basis == "ogi-regulation-2019#25.2"


def test_channels_are_grouped_as_the_report_that_was_seen_counts_them() -> None:
    groups = channels().groups()
    assert [t.id for t in groups["press_gazette"]] == ["gazette", "press"]
    assert [t.id for t in groups["weibo_wechat"]] == ["wechat", "weibo", "app"]


def test_a_channel_of_the_standard_catalogue_stands_for_release_channels() -> None:
    known = {t.id for t in channels().terms}
    for term in standard_channels().terms:
        assert set(term.same_as) <= known
    assert standard_channels().term("new_media").same_as == ("wechat", "weibo", "app")


def test_other_spellings_are_understood() -> None:
    found = standard_channels().labelled(" 发布会\n听证会 ")
    assert found
    assert found.id == "conference"
    poverty = domains().labelled("乡村振兴")
    assert poverty
    assert poverty.label == "扶贫"
    assert domains().labelled("航天") is None


def test_no_such_term() -> None:
    with pytest.raises(CatalogueError, match="genres: there is no 'poem'"):
        genres().term("poem")

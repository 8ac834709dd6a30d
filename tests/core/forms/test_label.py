"""Printed words made comparable."""

from __future__ import annotations

import pytest

from gongkai.core.forms.label import label_key, normalise, ordinal, tidy


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("3.危及“三安全一稳定”（国家安全、公共安全、经济安全、社会稳定）", "危及三安全一稳定"),
        ("（二）部分公开（区分处理的，只计这一情", "部分公开"),
        ("⾏政规范性⽂件", "行政规范性文件"),
        ("３．䃼正后申请内容仍不明确", "补正后申请内容仍不明确"),
        ("结果\n维持", "结果维持"),
        ("三\n、\n本\n年\n度\n办\n理\n结\n果", "本年度办理结果"),
        ("本年收费金额（单位：万元，保留4位小数）", "本年收费金额"),
        ("本年增/减", "本年增减"),
        ("信息内容\xa0\u3000", "信息内容"),
        ("总 计", "总计"),
    ],
)
def test_the_bare_words_of_a_label(printed: str, key: str) -> None:
    assert label_key(printed) == key


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("（三）不予公开", "(三)"),
        ("(三) 不予公开", "(三)"),
        ("1.属于国家秘密", "1"),
        ("一、总体情况", "一"),
        ("总计", ""),
    ],
)
def test_the_ordinal_of_a_label(printed: str, number: str) -> None:
    assert ordinal(printed) == number


def test_typography_is_undone_and_nothing_else() -> None:
    assert normalise("第⼆⼗条　第（⼀）项 [bookmark: _GoBack]") == "第二十条第(一)项"
    assert tidy("一是　　建立[bookmark: _GoBack]制度，") == "一是 建立制度，"

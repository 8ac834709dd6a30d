"""Bodies made up at random: inline tags, tables, pictures, links, broken html."""

from __future__ import annotations

from hypothesis import strategies as st

WORDS = st.sampled_from(
    [
        "公示", "13800000000", "138", " 0000 ", "0000", "11010519491231002X", "110105", "布署",
        "&lt;", "&amp;", "，", "。", "姓名", "张三", "住址：", "新华路5号", "\n", "\u3000", "a", "&nbsp;", "既使",
    ]
)  # fmt: skip
_TAGS = st.sampled_from(
    ["p", "b", "i", "span", "div", "a href='http://x.cn/'", "td", "tr", "table", "li", "sup", "th"]
)


def _wrapped(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag.split()[0]}>",
        _TAGS,
        st.lists(inner, max_size=4),
    )


_PIECES = st.recursive(
    WORDS
    | st.sampled_from(
        ["<br>", "<img src='a.png'>", "<!-- 注 -->", "</p>", "<p>", "<a href='#'></a>"]
    ),
    _wrapped,
    max_leaves=12,
)
BODIES = st.lists(_PIECES, max_size=6).map("".join)

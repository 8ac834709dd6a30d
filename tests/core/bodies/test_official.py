"""The official tables of a report look as on the papers wherever a body is shown."""

from __future__ import annotations

import pytest
from lxml import html

from gongkai.core.bodies import clean, render_body
from gongkai.core.forms import edition, editions
from gongkai.core.report.blank import blank_report
from gongkai.core.writers.html import article

OTHER = "<table><tr><th>年度</th><th>件数</th><th>办结</th><th>结转</th></tr><tr><td>2025</td><td>1</td><td>1</td><td>0</td></tr></table>"


def nothing(_: str) -> None:
    """No attachment is public."""


@pytest.mark.parametrize("name", editions())
def test_each_table_of_the_form_is_known_by_its_headings(name: str) -> None:
    drawn = html.fromstring(article(blank_report(edition(name), 2021, "某局")))
    stored = clean(html.tostring(drawn, encoding="unicode")).html
    assert "gk-form" not in stored
    shown = html.fromstring(f"<div>{render_body(stored, nothing)}</div>")

    def looks(page: html.HtmlElement, path: str) -> list[str]:
        return [cell.get("class", "") for cell in page.iterfind(path)]

    for path in (".//table", ".//td", ".//th", ".//caption", ".//col", ".//thead//th", ".//wbr"):
        assert looks(shown, path) == looks(drawn, path), path


def test_another_table_stays_as_it_is() -> None:
    shown = render_body(clean(OTHER).html, nothing)
    assert '<table class="gk-table">' in shown
    assert "gk-cell" not in shown

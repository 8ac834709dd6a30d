"""Files of html taken in whole."""

from __future__ import annotations

import pytest

from gongkai.core.bodies.facts import FactKind
from gongkai.core.bodies.from_html import body_from_html_file
from gongkai.core.errors import UnreadableDocument

PAGE = """<html><head><meta charset="{charset}"><meta name="ArticleTitle" content="关于某事的通知">
<title>关于某事的通知_青禾区人民政府</title></head><body>
<h1>关于某事的通知</h1><p>青政办发〔2024〕5号</p><p>现将有关事项通知如下，请认真执行。</p>
<p><img src="data:image/png;base64,iVBORw0KGgo=" alt="流程图"></p>
<p align=right>青禾区人民政府办公室<br>2024年5月6日</p></body></html>"""


@pytest.mark.parametrize(
    ("declared", "real"), [("utf-8", "utf-8"), ("gb2312", "gbk"), ("utf-8", "gbk")]
)
def test_a_page_whatever_it_declares(declared: str, real: str) -> None:
    imported = body_from_html_file(PAGE.format(charset=declared).encode(real))
    assert imported.title == "关于某事的通知"
    assert imported.html.split("\n") == [
        "<p>青政办发〔2024〕5号</p>",
        "<p>现将有关事项通知如下，请认真执行。</p>",
        '<figure><img src="attachment:image1.png" alt="流程图"></figure>',
        '<p class="gk-sign">青禾区人民政府办公室<br>2024年5月6日</p>',
    ]
    assert [image.name for image in imported.images] == ["image1.png"]
    values = {fact.kind: fact.value for fact in imported.facts}
    assert values == {
        FactKind.DOCUMENT_NUMBER: "青政办发〔2024〕5号",
        FactKind.MADE_ON: "2024-05-06",
        FactKind.ISSUING_AGENCY: "青禾区人民政府办公室",
    }


def test_a_file_without_a_title_has_none() -> None:
    imported = body_from_html_file("<p>只有一段。</p>".encode())
    assert (imported.title, imported.html, imported.facts) == (None, "<p>只有一段。</p>", ())


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(UnreadableDocument) as refused:
        body_from_html_file(bytes(range(256)) * 20)
    assert refused.value.rule == "input.not_text"

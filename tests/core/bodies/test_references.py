"""What a body points to, and its pictures on their way to being attachments."""

from __future__ import annotations

import base64

from word_file import png

from gongkai.core.bodies.content import Image
from gongkai.core.bodies.references import (
    Link,
    images,
    links,
    take_embedded,
    with_attachments,
)
from gongkai.core.bodies.sanitise import clean

BODY = (
    '<p>见<a href="attachment:form.docx">申请<strong>表</strong></a>和<a href="/a">甲</a></p>\n'
    '<figure><img src="attachment:image1.png" alt="流程图"></figure>\n'
    '<table><tbody><tr><td>字<img src="attachment:image2.png" alt=""></td><td>乙</td></tr></tbody></table>'
)


def test_pictures_and_links_are_listed() -> None:
    assert images(BODY) == (
        Image("attachment:image1.png", "流程图"),
        Image("attachment:image2.png", ""),
    )
    assert links(BODY) == (Link("attachment:form.docx", "申请表"), Link("/a", "甲"))


def test_names_become_ids_and_others_stay() -> None:
    named = with_attachments(BODY, {"form.docx": "11", "image2.png": "12"})
    assert named == BODY.replace("form.docx", "11").replace("image2.png", "12")


def test_pictures_in_the_html_are_taken_out() -> None:
    def source(data: bytes) -> str:
        return f"data:image/png;base64,{base64.b64encode(data).decode()}"

    html = clean(
        f'<p><img src="{source(png(1))}" alt="甲图"></p><p>字<img src="{source(png(2))}"></p>'
        f'<p><img src="{source(png(1))}" alt="甲图"></p><p><img src="attachment:5"></p>'
        '<p>x<img src="data:image/png;base64,AAA"></p>',
        data_images=True,
    )
    assert html.dropped == ("图片 1 张：没有随文字带来，请另行上传",)
    body, files = take_embedded(html.html)
    assert body.split("\n") == [
        '<figure><img src="attachment:image1.png" alt="甲图"></figure>',
        '<p>字<img src="attachment:image2.png" alt=""></p>',
        '<figure><img src="attachment:image1.png" alt="甲图"></figure>',
        '<figure><img src="attachment:5" alt=""></figure>',
        "<p>x</p>",
    ]
    assert [(f.name, f.data, f.alt) for f in files] == [
        ("image1.png", png(1), "甲图"),
        ("image2.png", png(2), ""),
    ]

"""Words for pictures: told apart from names of files and words that say nothing."""

from __future__ import annotations

import pytest

from gongkai.core.screening import text_with_places
from gongkai.core.screening.alternative_text import alternative_text


def rules_of(image: str) -> list[str]:
    return [
        s.rule.removeprefix("screening.alternative_text_")
        for s in alternative_text(text_with_places(image))
    ]


@pytest.mark.parametrize(
    "alt",
    [
        "lct.png", "2026年流程图.JPG", "IMG_20260901_1015", "DSC01234", "微信图片_20260901101530",
        "微信截图_20260901", "QQ截图20260901", "mmexport1693532100000", "clip_image002", "image0012",
        "d41d8cd98f00b204e9800998ecf8427e", "11", "扫描件0012", "photo",
    ],
)  # fmt: skip
def test_names_of_files_and_nothing(alt: str) -> None:
    assert rules_of(f'<img src="/up/a.png" alt="{alt}">') in (["file_name"], ["says_nothing"])


@pytest.mark.parametrize(
    "alt", ["图片1", "图片", "图 3", "image 2", "照片（一）", "未标题-1", "——", "图片描述", "12"]
)
def test_words_that_say_nothing(alt: str) -> None:
    assert rules_of(f'<img src="/up/a.png" alt="{alt}">') == ["says_nothing"]


@pytest.mark.parametrize(
    "alt",
    [
        "图1 办理流程",
        "2026年预算收支图",
        "IMG是什么",
        "照片：听泉街道便民服务中心大厅",
        "公章",
        "a.png 的说明",
    ],
)
def test_words_that_tell(alt: str) -> None:
    assert rules_of(f'<img src="/up/a.png" alt="{alt}">') == []


def test_missing_and_ornaments() -> None:
    assert rules_of('<img src="a.png">') == ["missing"]
    assert rules_of('<img src="a.png" alt="">') == ["missing"]
    assert rules_of('<img src="a.png" role="presentation">') == ["missing"]
    assert rules_of('<img src="a.png" alt="" role="presentation">') == []
    assert rules_of('<img src="a.png" alt="" aria-hidden="true">') == []
    assert rules_of('<img src="data:image/png;base64,lct" alt="办理流程">') == []
    assert rules_of('<img src="/up/办理流程.png?v=2" alt="办理流程">') == ["file_name"]


def test_two_pictures_without_words_are_two_findings() -> None:
    placed = text_with_places('<img src="a.png">x<img src="b.png">')
    seen = list(alternative_text(placed))
    assert [s.quote for s in seen] == ["a.png", "b.png"]
    assert len({s.looked_at for s in seen}) == 2

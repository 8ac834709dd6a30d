"""Articles 20 and 21, word for word, and the short names of their columns."""

from __future__ import annotations

import re

import pytest

from gongkai.core.catalogue import statutory_item, statutory_items
from gongkai.core.errors import CatalogueError

# 《中华人民共和国政府信息公开条例》（国务院令第711号）第二十条、第二十一条。
ARTICLE_20 = (
    "（一）行政法规、规章和规范性文件；"
    "（二）机关职能、机构设置、办公地址、办公时间、联系方式、负责人姓名；"
    "（三）国民经济和社会发展规划、专项规划、区域规划及相关政策；"
    "（四）国民经济和社会发展统计信息；"
    "（五）办理行政许可和其他对外管理服务事项的依据、条件、程序以及办理结果；"
    "（六）实施行政处罚、行政强制的依据、条件、程序以及本行政机关认为具有一定社会影响的行政处罚决定；"
    "（七）财政预算、决算信息；"
    "（八）行政事业性收费项目及其依据、标准；"
    "（九）政府集中采购项目的目录、标准及实施情况；"
    "（十）重大建设项目的批准和实施情况；"
    "（十一）扶贫、教育、医疗、社会保障、促进就业等方面的政策、措施及其实施情况；"
    "（十二）突发公共事件的应急预案、预警信息及应对情况；"
    "（十三）环境保护、公共卫生、安全生产、食品药品、产品质量的监督检查情况；"
    "（十四）公务员招考的职位、名额、报考条件等事项以及录用结果；"
    "（十五）法律、法规、规章和国家有关规定应当主动公开的其他政府信息。"
)
ARTICLE_21 = (
    "除本条例第二十条规定的政府信息外，设区的市级、县级人民政府及其部门还应当根据本地方的具体情况，"
    "主动公开涉及市政建设、公共服务、公益事业、土地征收、房屋征收、治安管理、社会救助等方面的政府信息；"
    "乡（镇）人民政府还应当根据本地方的具体情况，主动公开贯彻落实农业农村政策、农田水利工程建设运营、"
    "农村土地承包经营权流转、宅基地使用情况审核、土地征收、房屋征收、筹资筹劳、社会救助等方面的政府信息。"
)


def test_article_20_is_kept_word_for_word() -> None:
    items = [i for i in statutory_items() if i.article == 20]
    assert "；".join(i.ordinal + i.text for i in items) + "。" == ARTICLE_20
    assert [i.code for i in items] == [f"20-{n}" for n in range(1, 16)]


def test_article_21_is_kept_word_for_word() -> None:
    items = [i for i in statutory_items() if i.article == 21]
    assert [i.code for i in items] == ["21-A", "21-B"]
    for item in items:
        assert item.text in ARTICLE_21
        assert item.agencies in ARTICLE_21
        assert "、".join(item.topics) + "等方面的政府信息" == item.text
        assert item.ordinal == ""
        assert item.heading == item.label


@pytest.mark.parametrize(
    ("code", "heading", "place"),
    [
        ("20-7", "（七）财政预算、决算", "第二十条第（七）项"),
        ("20-10", "（十）重大建设项目", "第二十条第（十）项"),
        ("20-14", "（十四）公务员招考", "第二十条第（十四）项"),
        ("21-B", "农业农村、土地、征收、筹资筹劳、社会救助", "第二十一条"),
    ],
)
def test_heading_and_place(code: str, heading: str, place: str) -> None:
    item = statutory_item(code)
    assert item.heading == heading
    assert item.place == place
    assert item.citation.endswith(place)


def test_names_fit_a_column() -> None:
    for item in statutory_items():
        assert len(item.label) <= 25
        assert re.fullmatch(r"\d\d-(\d\d?|[AB])", item.code)


def test_no_such_item() -> None:
    with pytest.raises(CatalogueError, match="20-16"):
        statutory_item("20-16")

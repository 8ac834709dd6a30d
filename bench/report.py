"""Made-up reports to measure with: every equation kept, prose of about 2,500 characters."""

from __future__ import annotations

import random
from decimal import Decimal

from gongkai.core.forms import Kind, edition
from gongkai.core.report import AnnualReport, Cell, SectionText

_PLACES = "青听平临云松安永和新"
_SENTENCES = (
    "全年通过政府网站主动公开信息{}条，其中规范性文件{}件、重点领域信息{}条。",
    "围绕群众关心的就学、就医、养老等事项，发布办事指南{}篇，解读政策{}次。",
    "完善申请的登记、审核、答复、归档各个环节，收到申请{}件，均在法定期限内答复。",
    "对征地补偿、行政处罚等申请较多的事项，主动与申请人沟通，减少不必要的复议和诉讼。",
    "定期清理已经失效的文件，废止{}件，修改{}件，其余继续有效并在网站标明效力。",
    "政务新媒体全年发布{}条信息，关停长期不更新的账号{}个，留言平均两天内回复。",
    "组织培训{}次，{}人参加，把常见的答复错误编成案例供各科室学习。",
    "社会评议中群众满意率比上年有所提高，对提出的意见逐条列出整改期限和负责人。",
    "部分科室对公开的范围掌握不准，有的信息公开不够及时，政策解读形式还比较单一。",
    "下一步将细化公开目录，明确每一项内容由谁提供、何时更新、在哪里发布。",
)
_PARAGRAPHS = {
    "overview": (4, "（{}）"),
    "problems_and_improvements": (4, "{}、"),
    "other_matters": (2, ""),
}


def made_up(seed: int) -> AnnualReport:
    """A whole report of edition 2021; another ``seed``, other figures and other words."""
    chance = random.Random(seed)
    name = "".join(chance.choices(_PLACES, k=2)) + chance.choice(("市", "县", "区")) + "人民政府"
    form = edition("2021")
    texts = {
        key: "\n".join(
            (mark.format("一二三四"[at]) if mark else "") + _paragraph(chance)
            for at in range(number)
        )
        for key, (number, mark) in _PARAGRAPHS.items()
    }
    return AnnualReport(
        edition="2021",
        year=2024,
        agency=name,
        title=f"{name}2024年政府信息公开工作年度报告",
        lead=f"根据《中华人民共和国政府信息公开条例》，{name}编制本报告。"
        "本报告所列数据的统计期限自2024年1月1日起至2024年12月31日止。",
        sections=tuple(SectionText(s.key, s.heading, texts.get(s.key, "")) for s in form.sections),
        cells=_cells(chance),
    )


def _paragraph(chance: random.Random) -> str:
    sentences = chance.choices(_SENTENCES, k=7)
    return "".join(s.format(*(chance.randrange(2, 900) for _ in range(3))) for s in sentences)


def _cells(chance: random.Random) -> dict[str, Cell]:
    """Small figures, as most agencies have them, made to add up."""
    form = edition("2021")
    numbers: dict[str, int | Decimal] = {
        place: Decimal(chance.randrange(90_000)) / 1000
        if spec.kind is Kind.AMOUNT
        else chance.choice((0, 0, 0, 1, 2, 7, 31))
        for place, spec in form.cells.items()
    }
    for equation in [*reversed(form.equations), *form.equations]:
        parts = sum(numbers[a] for a in equation.right)
        if equation.test == "at_least":
            numbers[equation.left[0]] = numbers[equation.right[0]]
        elif len(equation.left) == 1:
            numbers[equation.left[0]] = parts
        else:
            numbers[equation.left[0]] = parts
            numbers.update(dict.fromkeys(equation.left[1:], 0))
    return {a: Cell(n, f"{n:f}" if isinstance(n, Decimal) else str(n)) for a, n in numbers.items()}

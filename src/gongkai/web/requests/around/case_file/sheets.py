"""What the record tells beside letters and papers, set as pages of the file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import Any

from django.utils import timezone

from gongkai.core.handling.day_lines import DayLine
from gongkai.core.handling.grounds import withholding_ground
from gongkai.core.handling.outcomes import Outcome, outcome_of
from gongkai.core.handling.transitions import ActKind
from gongkai.core.letters import Block, Cell, LetterDocument, Paragraph, Table, letter_kind

from ...clock import account_of
from ...models import DisclosureRequest, Letter, LetterState, MessageKind, Requester
from ...wishes import DocumentKind, FormOfSupply, WayOfDelivery

Words = Callable[[str], str]
BLANK = "—"


def sheet(title: str, *blocks: Block, agency: str = "") -> LetterDocument:
    """A page with a title."""
    return LetterDocument(
        kind="case_file_sheet",
        title=title,
        number="",
        salutation="",
        blocks=blocks,
        attachments=(),
        signature=None,
        agency=agency,
    )


def table(heads: Sequence[str], widths: Sequence[int], rows: Iterable[Sequence[Any]]) -> Table:
    """A table with a head that repeats."""
    head = tuple(Cell(name, label=True) for name in heads)
    body = (tuple(Cell(_said(cell)) for cell in row) for row in rows)
    return Table((head, *body), tuple(widths), head_rows=1)


def facts(lines: Iterable[tuple[str, Any]]) -> Table:
    """Labels and what they say."""
    rows = ((Cell(label, label=True), Cell(_said(value))) for label, value in lines)
    return Table(tuple(rows), (1, 4))


def left_out(title: str, why: str) -> LetterDocument:
    """The page in place of what is not bound."""
    return sheet(title, Paragraph(why))


def registration(case: DisclosureRequest, reveal: bool, words: Words) -> LetterDocument:
    """申请登记表."""
    who, told = case.requester, account_of(case)
    name = who.name if reveal else who.masked_name
    lines: list[tuple[str, Any]] = [
        ("登记编号", case.number),
        ("申请人", "身份信息已按保存期限删除" if who.erased_at else name),
        ("申请人类型", who.get_kind_display()),
    ]
    if reveal and not who.erased_at:
        lines += [
            ("证件", f"{_label(DocumentKind, who.document_kind)} {_document(who)}".strip()),
            ("联系电话", who.phone),
            ("电子邮箱", who.mailbox),
            ("通信地址", who.address),
            ("代理人", who.agent),
        ]
    lines += [
        ("申请渠道", case.get_channel_display()),
        ("到达日期", case.arrived_on),
        ("收到之日", told.received_on),
        ("认定依据", f"{told.receipt.says}（{told.receipt.citation}）"),
        ("申请内容", words(case.description)),
        ("提供形式", _label(FormOfSupply, case.form_of_supply)),
        ("获取方式", _label(WayOfDelivery, case.way_of_delivery)),
        ("答复期限", told.due_on or told.says),
        ("承办人", case.handler.name if case.handler else ""),
        ("登记人", case.registered_by.name if case.registered_by else "网上提交"),
    ]
    if case.split_from:
        lines.append(("拆自", case.split_from.number))
    if case.imported_from:
        lines.append(("转自旧台账", f"{case.imported_from} 第 {case.imported_line.get('row')} 行"))
    return sheet("政府信息公开申请登记表", facts(lines), agency=case.agency.name)


def searches(case: DisclosureRequest, words: Words) -> LetterDocument:
    """检索记录."""
    rows = [
        (one.on, words(one.places), words(one.words), "找到" if one.found else "没有找到",
         words(one.result), one.person.name)
        for one in case.searches.select_related("person")
    ]  # fmt: skip
    heads = ("日期", "检索的档案、系统", "检索词", "结果", "说明", "检索人")
    return sheet("检索记录", table(heads, (3, 5, 3, 2, 5, 2), rows))


def fees(case: DisclosureRequest) -> LetterDocument:
    """信息处理费."""
    rows = [
        ("按量" if one.by_volume else "按件", one.count, f"{one.sum_yuan} 元",
         "；".join(str(line) for line in one.working), one.paid_on or "没有缴清")
        for one in case.fees.all()
    ]  # fmt: skip
    heads = ("办法", "件数、页数", "金额", "计算过程", "缴清日期")
    return sheet("信息处理费", table(heads, (2, 2, 3, 6, 3), rows))


def messages(case: DisclosureRequest, words: Words, reveal: bool) -> LetterDocument:
    """申请人来件."""
    rows = []
    for one in case.messages.select_related("handled_by"):
        hidden = one.kind == MessageKind.CONTACT and not reveal
        rows.append(
            (
                f"{timezone.localtime(one.at):%Y-%m-%d %H:%M}",
                one.get_kind_display(),
                "（联系方式，不附）" if hidden else words(one.text),
                one.handled_by.name if one.handled_by else "",
            )
        )
    return sheet("申请人来件", table(("时间", "种类", "内容", "处理人"), (3, 2, 7, 2), rows))


def decisions(case: DisclosureRequest, words: Words) -> LetterDocument:
    """办理结果: each that was chosen, the one that stands last."""
    blocks: list[Block] = []
    for one in case.decisions.select_related("made_by").order_by("made_at", "pk"):
        rule = outcome_of(Outcome(one.outcome))
        standing = "" if one.superseded_at is None else "（后来改了）"
        lines: list[tuple[str, Any]] = [
            ("办理结果", f"{rule.label}{standing}"),
            ("依据", "、".join(rule.citations)),
            ("选定", f"{one.made_by.name} {timezone.localtime(one.made_at):%Y-%m-%d %H:%M}"),
            ("理由", words(one.reasons)),
        ]
        for number, part in enumerate(one.withheld, 1):
            ground = withholding_ground(part["ground"]).citation
            said = f"{part.get('where', '')}（{ground}）：{part.get('reasons', '')}"
            lines.append((f"不公开之{number}", words(said)))
        blocks.append(facts(lines))
    return sheet("办理结果", *blocks)


def opinions(case: DisclosureRequest, words: Words) -> LetterDocument:
    """审查签发意见, letter by letter."""
    rows = []
    for letter in case.letters.prefetch_related("opinions__person"):
        label = letter.number or letter_kind(letter.kind).label
        for one in letter.opinions.all():
            step = _STEPS.get(one.step, one.step)
            rows.append(
                (label, step, one.get_verdict_display(), words(one.text), one.person.name,
                 f"{timezone.localtime(one.at):%Y-%m-%d %H:%M}")
            )  # fmt: skip
    heads = ("文书", "步骤", "意见", "说明", "谁", "时间")
    return sheet("审查、签发意见", table(heads, (5, 2, 2, 4, 2, 3), rows))


_STEPS = dict(LetterState.choices)


def deliveries(letters: Iterable[Letter], reveal: bool, words: Words) -> LetterDocument:
    """送达记录: the day that left, the day it came, who signed."""
    rows = []
    for letter in letters:
        label = letter.number or letter_kind(letter.kind).label
        for one in letter.deliveries.all():
            signed = one.signed_for_by if reveal else words(one.signed_for_by)
            rows.append(
                (label, one.get_way_display(), one.sent_on, one.came_on, signed,
                 one.tracking_number, one.returned_on and f"{one.returned_on} 退回")
            )  # fmt: skip
    heads = ("文书", "方式", "交出", "签收", "签收人", "邮政单号", "退回")
    return sheet("送达记录", table(heads, (5, 2, 3, 3, 2, 3, 2), rows))


def course(case: DisclosureRequest, words: Words) -> LetterDocument:
    """办理经过, with what was undone and why."""
    rows = []
    for event in case.events.select_related("person", "letter"):
        label = ActKind(event.act).label
        if event.facts.get("outcome"):
            label += f"：{Outcome(event.facts['outcome']).label}"
        note = words(event.note)
        if event.undone_at:
            note += f"（{timezone.localdate(event.undone_at)} 撤销：{words(event.undone_reason)}）"
        rows.append(
            (event.on, label, event.letter.number if event.letter else "", note,
             event.person.name if event.person else "申请人")
        )  # fmt: skip
    heads = ("日期", "事项", "文号", "说明", "谁")
    return sheet("办理经过", table(heads, (3, 4, 4, 5, 2), rows))


def account_of_days(case: DisclosureRequest) -> LetterDocument:
    """期限账: every day, counted or not, and why; days that are alike stand together."""
    told = account_of(case)
    rows = []
    for _, group in groupby(told.days, key=_alike):
        days = list(group)
        first, last = days[0], days[-1]
        span = f"{first.day}" if first is last else f"{first.day} 至 {last.day}"
        if first.number and last.number:
            counted = f"第 {first.number} 日"
            counted = counted if first is last else f"第 {first.number} 至 {last.number} 日"
        else:
            counted = "不计"
        rows.append((span, counted, "" if first.number else first.why, first.article))
    blocks: list[Block] = [Paragraph(told.says + "。")]
    blocks += [Paragraph(f"注：{note}") for note in told.notes]
    blocks.append(table(("日期", "计不计", "为什么不计", "依据"), (4, 3, 5, 5), rows))
    return sheet("期限账", *blocks)


def _alike(line: DayLine) -> tuple[bool, str, str]:
    return (line.counted, line.article, "" if line.counted else line.why)


def text_of_paper(title: str, text: str) -> LetterDocument:
    """Words that came without a file, as they were."""
    return sheet(title, *(Paragraph(line) for line in text.splitlines() if line.strip()))


def _document(who: Requester) -> str:
    return who.document_number or who.unified_code


def _said(value: Any) -> str:
    text = "" if value is None else str(value).strip()
    return text or BLANK


def _label(kinds: Any, value: str) -> str:
    return str(kinds(value).label) if value in kinds.values else value

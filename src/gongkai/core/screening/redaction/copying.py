"""Make the redacted copy of one attachment, whatever its kind."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePath

from ...errors import NotRedacted, UnreadableDocument
from ...finding import Finding
from ...readers.document import Budget, Limits
from ...rules import say
from ..hidden_data.kind import LIMITS, Kind, attachment_kind, refusal
from ..hidden_data.look import name_of_file, shown_in
from ..hidden_data.pdf_structure import look_into_structure
from ..hidden_data.personal import numbers_told
from .choices import KEEPABLE, Choices, Copy
from .leaks import pages_that_leak, require_clean
from .mask import Mask
from .office_copy import OfficeCopy
from .pdf import PdfCopy
from .picture import blacked_out, without_metadata
from .word import copy_of_word
from .workbook import copy_of_workbook

_DONE = "去掉{what}"
# What was not removed but changed is told in its own words.
_CHANGED = {
    "遮盖的文字": "遮盖文字 {count} 处",
    "改成结果的公式": "公式改成结果 {count} 个",
    "没有存下结果的公式，副本里是空格": "{count} 个公式没有存下结果，副本里是空格",
    "图表改成不连表格的": "图表改成不连表格的 {count} 个",
    "表单和签章变成页面的一部分": "表单和签章变成页面的一部分 {count} 处",
}


def redacted_copy(
    data: bytes, name: str, choices: Choices | None = None, limits: Limits = LIMITS
) -> Copy:
    """A copy of ``data`` without anything hidden and with what is to be masked in black.

    Without ``choices`` every personal number is masked.  NotRedacted where no
    clean copy can be made.
    """
    chosen = choices or Choices()
    unknown = chosen.keep - KEEPABLE
    if unknown:
        raise NotRedacted(f"副本里不能保留：{'、'.join(sorted(unknown))}")
    kind = attachment_kind(data, name, limits)
    if isinstance(kind, Finding):
        raise NotRedacted(say(kind).rstrip("。"))
    try:
        mask = _mask(kind, data, name, chosen, Budget(limits))
        made, done = _made(kind, data, chosen, mask, Budget(limits))
        named = _named(kind, name, mask)
        require_clean(made, named, kind, mask, chosen.keep)
    except UnreadableDocument as refused:
        raise NotRedacted(say(refusal(refused, name)).rstrip("。")) from refused
    return Copy(made, named, done, mask.missed())


def _mask(kind: Kind, data: bytes, name: str, choices: Choices, budget: Budget) -> Mask:
    """What is to be black, the findings chosen turned into the numbers they are about."""
    named = (choices.numbers or frozenset()) | choices.spared
    known: dict[str, tuple[str, ...]] = {}
    if named:
        told = [*numbers_told(shown_in(kind, data, budget)), *numbers_told(name_of_file(name))]
        known = {found.fingerprint: digits for found, digits in told}
    if choices.numbers and not choices.numbers <= known.keys():
        raise NotRedacted("要遮盖的号码在这个附件里找不到，附件可能已经换过")
    mask = Mask(
        choices.mask,
        [digits for mark in choices.numbers or () for digits in known[mark]],
        [digits for mark in choices.spared for digits in known.get(mark, ())],
        every_number=choices.numbers is None,
    )
    mask.learn((PurePath(name).stem,))
    return mask


def _made(
    kind: Kind, data: bytes, choices: Choices, mask: Mask, budget: Budget
) -> tuple[bytes, tuple[str, ...]]:
    if kind in (Kind.DOCX, Kind.XLSX):
        if choices.areas:
            raise NotRedacted("只有 pdf 和图片可以按区域涂黑")
        make = copy_of_word if kind is Kind.DOCX else copy_of_workbook
        copy: OfficeCopy = make(data, mask, choices.keep, budget)
        return copy.written(), _account(copy.done)
    if kind is Kind.PDF:
        return _made_pdf(data, choices, mask, budget)
    if choices.areas:
        return blacked_out(data, choices.areas), ("涂黑选定的区域", "去掉图片信息")
    plain = without_metadata(data)
    return plain, () if plain == data else ("去掉图片信息",)


def _made_pdf(
    data: bytes, choices: Choices, mask: Mask, budget: Budget
) -> tuple[bytes, tuple[str, ...]]:
    copy = PdfCopy(data, mask, choices.areas, choices.keep, budget)
    made = copy.made()
    leaking = pages_that_leak(made, mask)
    if leaking:
        # Words that the drawing holds and no reader of its text was given.
        made = copy.made(leaking)
    told = list(_account(copy.done))
    if copy.images:
        told.append(f"第 {'、'.join(map(str, copy.images))} 页变成图像，里面的文字不能再选中和搜索")
    before = {found.rule for found in look_into_structure(data, budget)}
    for rule_id, words in _BESIDE.items():
        if rule_id in before:
            told.append(f"去掉{words}")
    return made, tuple(told)


# What a pdf holds beside its pages never comes along: told where there was some.
_BESIDE = {
    "hidden.author": "文件属性",
    "hidden.embedded_file": "附带的文件",
    "hidden.active_content": "脚本和动作",
    "hidden.local_path": "本机路径",
    "hidden.earlier_version": "改动以前的内容",
    "hidden.restricted": "复制和打印限制",
}


def _account(done: Counter[str]) -> tuple[str, ...]:
    told = []
    for what, count in done.items():
        if count and what in _CHANGED:
            told.append(_CHANGED[what].format(count=count))
        elif count:
            told.append(f"{_DONE.format(what=what)} {count} 处")
    return tuple(told)


def _named(kind: Kind, name: str, mask: Mask) -> str:
    """The name of the copy: no personal number in it, the right extension behind it."""
    stem = PurePath(name).stem if PurePath(name).suffix else name
    extension = PurePath(name).suffix if kind.fits(name) else f".{kind.extensions[0]}"
    return mask.over(stem) + extension

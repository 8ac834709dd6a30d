"""Which cells a phrase means: 办结 148 件 is the total of item three."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from ...forms import Form, address
from .figures import Figure, Passage

# Without one of these no words name a figure of the tables; most numbers have none.
_TELLING = re.compile(
    r"收|受理|接|结|答复|办理|转|延|复议|诉|公开|提供|处理|规范性文件|自然人|法人|企业|机构|组织|跨年"
)
_OTHER_MATTER = re.compile(
    r"意见|建议|咨询|投诉|举报|来电|留言|信箱|热线|补正|延期|许可|登记|审批|政务服务|征求|提案|议案|"
    r"处理费|收费|网民|满意|栏目|专栏|培训"
)
_REASON = re.compile(
    r"国家秘密|第三方|内部事务|过程性|执法案卷|行政查询|危及|信访|重复|出版物|不掌握|不存在|"
    r"非本机关|另行制作|内容不明确|逾期|商业秘密|隐私|法律行政法规"
)
_REMEDY = re.compile(r"复议|诉讼|起诉")
_REMEDY_RESULT = re.compile(
    r"败诉|胜诉|纠错|纠正|撤诉|应诉|撤回|维持|驳回|审结|其他结果|撤销|调解|终止|答复|规范性|意见书"
)
_VERBS = ("收到", "受理", "接收", "收办", "收到了", "受理了")
_RECEIVED = re.compile(r"新?收到|新收|受理|接收|接到|收办")
_APPLICANT = re.compile(r"自然人|商业企业|科研机构|社会公益组织|法律服务机构")
_CONCLUDED = re.compile(r"办结|答复|办理完毕")
_OUTCOME_ROWS = {
    "予以公开": "disclosed",
    "部分公开": "partly_disclosed",
    "不予公开": "withheld",
    "无法提供": "unable_to_provide",
    "不予处理": "not_processed",
    "其他处理": "otherwise_concluded",
}
_OUTCOME = re.compile("(?<!不)(?:" + "|".join(_OUTCOME_ROWS) + ")")
_ISSUED = re.compile(r"制发|印发|出台|制定|发布|下发|新增|制作")
_REPEALED = re.compile(r"废止|失效")
_IN_FORCE = re.compile(r"现行有效|有效")
_NOT_ISSUED = re.compile(r"解读|审查|审核|备案|清理|评估|修订|修改|征求")

Cells = tuple[str, ...]


class Measure(NamedTuple):
    """What a phrase counts: the readings it may have, each a sum of cells, likeliest first."""

    name: str
    readings: tuple[Cells, ...]


def measure_of(form: Form, passage: Passage, figure: Figure) -> Measure | None:
    """What ``figure`` counts, or None where it is no figure of the tables."""
    words = figure.before
    if not _TELLING.search(words):
        return None
    known = measures(form)
    on_requests = passage.is_on_requests(figure.start)
    if _REMEDY.search(words):
        concerned = passage.section == "remedies" or on_requests or "信息公开" in figure.lead_in
        return _remedy(known, words) if concerned else None
    if "规范性文件" in words:
        return _documents(known, words)
    if on_requests and not _OTHER_MATTER.search(words):
        return _request(known, passage, words)
    return None


def _remedy(known: dict[str, Measure], words: str) -> Measure | None:
    if _REMEDY_RESULT.search(words):
        return None
    if "复议后" in words:
        return known["suit_after_reconsideration"]
    if "直接" in words:
        return known["direct_suit"]
    if "诉讼" in words or "起诉" in words:
        return known["remedies" if "复议" in words else "suits"]
    return known["reconsideration"]


def _documents(known: dict[str, Measure], words: str) -> Measure | None:
    if "规范性文件类" in words:  # items published of that kind, not documents
        return None
    if _REPEALED.search(words):
        return known.get("repealed")
    if _IN_FORCE.search(words):
        return known["in_force"]
    if _NOT_ISSUED.search(words):
        return None
    if _ISSUED.search(words):
        return known["issued"]
    # Items published have a cell of their own only in the edition of 2019.
    return known.get("published") if "公开" in words else known["documents"]


def _request(known: dict[str, Measure], passage: Passage, words: str) -> Measure | None:
    if re.search(r"结转|转下年|转入下|转至|顺延|延至下|跨年", words):
        if re.search(r"上一?年|去年|年初", words):
            return known["carried_in"]
        return known["carried_out" if re.search(r"下|至|\d年", words) else "carried"]
    if "法人" in words:
        return known["organisations"]
    applicant = _APPLICANT.search(words)
    if applicant:
        return known[applicant.group()]
    outcomes = _OUTCOME.findall(words)
    if outcomes:
        if _REASON.search(words):
            return None
        # 予以公开及部分公开 42 件 is the two together.
        together = tuple(c for word in outcomes for c in known[word].readings[0])
        return Measure("+".join(outcomes), (together,))
    if _REASON.search(words):
        return None
    received, concluded = _RECEIVED.search(words), _CONCLUDED.search(words)
    if received and (
        "申请" in words or passage.section == "disclosure_on_request" or words.endswith(_VERBS)
    ):
        if concluded:
            return known["received_and_concluded"]
        return known["new" if "新收" in words else "received"]
    if concluded:
        return known["concluded"]
    if "办理" in words and "申请" in words:
        return known["handled"]
    return None


@lru_cache(maxsize=16)
def measures(form: Form) -> dict[str, Measure]:
    """Every measure of ``form`` by name."""

    def cell(row: str, column: str = "total") -> str:
        return address("requests", column, row)

    def rows(prefix: str) -> Cells:
        return tuple(cell(r.id) for r in form.requests.rows if r.id == prefix or r.group == prefix)

    columns = form.requests.columns
    blocks = {b.table: f"{b.table}/total" for b in form.remedies.blocks}
    both = (cell("received_this_year"), cell("carried_from_last_year"))
    concluded, carried_out = (cell("concluded_total"),), (cell("carried_to_next_year"),)
    found: dict[str, list[Cells]] = {
        "new": [both[:1]],
        "received": [both[:1], both],
        "received_and_concluded": [both[:1], concluded, both],
        "handled": [concluded, both[:1], both],
        "concluded": [concluded],
        "carried": [carried_out, both[1:]],
        "carried_in": [both[1:]],
        "carried_out": [carried_out],
        "organisations": _applicants(cell, [c.id for c in columns if c.organisation]),
        **{c.label: _applicants(cell, [c.id]) for c in columns},
        **{word: [rows(row)] for word, row in _OUTCOME_ROWS.items()},
        "remedies": [tuple(blocks.values())],
        "suits": [tuple(blocks[b.table] for b in form.remedies.blocks if b.litigation)],
        **{table: [(total,)] for table, total in blocks.items()},
        **_document_readings(form),
    }
    return {name: Measure(name, tuple(readings)) for name, readings in found.items()}


def _document_readings(form: Form) -> dict[str, list[Cells]]:
    first, second, last = ((n,) for n in form.cells if n.startswith("normative_documents/"))
    always: dict[str, list[Cells]] = {"in_force": [last], "documents": [first, second, last]}
    if "normative_documents/issued" in form.cells:
        return {**always, "issued": [first], "repealed": [second]}
    # 2019: made this year, disclosed this year, disclosed in all.
    return {**always, "issued": [first, second], "published": [second, last]}


def _applicants(cell: Callable[[str, str], str], columns: Sequence[str]) -> list[Cells]:
    new, carried, concluded = (
        tuple(cell(row, column) for column in columns)
        for row in ("received_this_year", "carried_from_last_year", "concluded_total")
    )
    return [new, new + carried, concluded]

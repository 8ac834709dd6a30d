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
    r"收|受理|接|结|答复|办理|转|延|复议|诉|公开|提供|处理|规范性文件|自然人|个人|公民|法人|企业|机构|组织|跨年|决定"
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
# Requests concluded that are a part of all, or not the agency's own.
_PARTIAL = re.compile(
    r"提前|当年办|当年答|当日|当场|即时|协助|配合|代为|转办|逾期|超期|日内|本月|"
    r"未[^，]{0,6}(?:办结|答复|办理完毕)"
)
_NOT_CONCLUDED = re.compile(
    r"^(?:其中|尚有|还有|目前|[、和及])*(?:尚未|未)(?:办结|答复|办理完毕)(?:的)?(?:共|为)?$"
)
# Letters and calls: what is concluded after them are they, not requests.
OTHER_CASES = re.compile(
    r"来信|来访|信访(?:件|事项)|信箱|留言|咨询|工单|热线|来电|建议|提案|议案|投诉举报(?!类)"
)
_REQUEST = re.compile(r"申请|依申请公开")
_OTHER_REMEDIES = re.compile(
    r"[一二再]审|全部类型|各类|所有|(?:办结|审理|办理)(?!.*(?:因|引[发起]))"
)
_AS_AUTHORITY = re.compile(r"(?:作为|身为|履行)[^，。；]{0,8}复议(?:机关|职责|机构)")
_SUPERVISION = re.compile(r"[（(][一二三四五六七八九十\d]{1,3}[）)][^。，\d]{0,8}监督")
_BROUGHT = re.compile(r"发生|引[发起]|产生|被(?:申请|提起|诉|复议)|涉及?")
# Decisions of table two, the words of the form only: 全年作出行政许可决定 54 件.
_DECISIONS = re.compile(
    r"(?:20\d\d年度?|全年|本年度?|年内|我[局委办厅市区县镇乡]|本[局委办厅市区县镇乡]|本?机关|全[市区县局]|"
    r"共|累计|依法|[、和及])*(?:作出|做出)(?:的|各类)?"
    r"行政(许可|处罚|强制)决定(?:书)?(?:共|共计|合计|总数|数量|数|为)*"
)
_DECISION_TABLES = {"许可": "licensing", "处罚": "penalties", "强制": "coercive_measures"}
_VERBS = ("收到", "受理", "接收", "收办", "收到了", "受理了")
_RECEIVED = re.compile(r"新?收到|新收|受理|接收|接到|收办")
_PERSON = re.compile(
    r"(?:^|[、和]|(?<!涉)及|其中)(?:公民个人|公民|个人)(?:提出|提交)?(?:的)?(?:申请)?(?:共|为)?$"
)
_APPLICANT = re.compile(r"自然人|商业企业|科研机构|社会公益组织|法律服务机构")
_CONCLUDED = re.compile(r"办结|答复|办理完毕")
# 依申请公开 0 件, with no verb.
_NAMED_ONLY = re.compile(r"(?:20\d\d年度?|全年|本年度?|共|[、和及])*依申请公开(?:共|为)?")
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
_MADE = re.compile(r"制发|印发|出台|制定|下发|制作")
_NOT_ISSUED = re.compile(r"解读|图解|审查|审核|备案|清理|评估|修订|修改|征求|转载|转发|上级")

Cells = tuple[str, ...]
# Measures of all requests that came in or were handled.
INFLOW = ("received", "new", "received_and_concluded", "handled")


class Measure(NamedTuple):
    """What a phrase counts: the readings it may have, each a sum of cells, likeliest first.

    ``at_most``: of several kinds counted in those cells the phrase names one.
    """

    name: str
    readings: tuple[Cells, ...]
    at_most: bool = False


def measure_of(form: Form, passage: Passage, figure: Figure) -> Measure | None:
    """What ``figure`` counts, or None where it is no figure of the tables."""
    words = figure.before
    if not _TELLING.search(words):
        return None
    known = measures(form)
    on_requests = passage.is_on_requests(figure.start)
    if _REMEDY.search(words):
        concerned = passage.section == "remedies" or on_requests or "信息公开" in figure.lead_in
        if not concerned:
            concerned = bool(_SUPERVISION.match(passage.text) and _BROUGHT.search(words))
        if not concerned or _AS_AUTHORITY.search(figure.lead_in):
            return None
        return _remedy(known, words)
    if "规范性文件" in words:
        return _documents(known, words)
    if "决定" in words:
        decisions = _DECISIONS.fullmatch(words)
        if decisions is None or figure.quote.endswith("条"):
            return None
        return known.get(_DECISION_TABLES[decisions.group(1)])
    if on_requests and not _OTHER_MATTER.search(words):
        return _request(known, passage, figure)
    return None


def _remedy(known: dict[str, Measure], words: str) -> Measure | None:
    if _REMEDY_RESULT.search(words) or _OTHER_REMEDIES.search(words):
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
    if _MADE.search(words) or (_ISSUED.search(words) and "公开" not in words):
        return known["issued"]
    # Items published have a cell of their own only in the edition of 2019.
    return known.get("published") if "公开" in words else known["documents"]


def _request(known: dict[str, Measure], passage: Passage, figure: Figure) -> Measure | None:
    words = figure.before
    if not figure.number and _NAMED_ONLY.fullmatch(words):
        ends = passage.text[figure.end : figure.end + 1] in ("", *"，。；、\n")
        return known["on_request"] if ends else None
    if re.search(r"结转|转下年|转入下|转至|顺延|延至下|跨年", words):
        if re.search(r"上一?年|去年|年初", words):
            return known["carried_in"]
        return known["carried_out" if re.search(r"下|至|\d年", words) else "carried"]
    if "法人" in words:
        return known["organisations"]
    if ("个人" in words or "公民" in words) and _PERSON.search(words):
        return known["自然人"]
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
    if "未" in words and _NOT_CONCLUDED.search(words):
        return known["carried_out"]
    if _PARTIAL.search(words):
        return None
    received, concluded = _RECEIVED.search(words), _CONCLUDED.search(words)
    if received and (
        "申请" in words or passage.section == "disclosure_on_request" or words.endswith(_VERBS)
    ):
        if concluded:
            return known["received_and_concluded"]
        return known["new" if "新收" in words else "received"]
    if concluded:
        return known["concluded"] if _of_requests(figure) else None
    if "办理" in words and "申请" in words:
        return known["handled"]
    return None


def _of_requests(figure: Figure) -> bool:
    """Whether requests, not letters or calls, are what the sentence speaks of last."""
    other = max((m.end() for m in OTHER_CASES.finditer(figure.lead_in)), default=0)
    return not other or bool(_REQUEST.search(figure.lead_in, other))


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
        "on_request": [both[:1], both, concluded, rows("disclosed") + rows("partly_disclosed")],
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
        **{t: [(f"{t}/decisions",)] for t in _DECISION_TABLES.values()},
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

"""Numbers told of the one before them: 行政复议 7 件，其中维持 6 件; 制发规范性文件 5 件，现行有效 9 件."""

from __future__ import annotations

import re

from ...forms import Form
from .figures import Figure
from .measures import Measure, measures

_REMEDIES = ("reconsideration", "suits", "direct_suit", "suit_after_reconsideration")
_RESULT = re.compile(
    r"^[、和及]?(?:其中)?(?:结果|被|予以)?(维持|纠正|撤销|尚未审结|未审结)(?:结果|决定|的)?(?:为|共)?$"
)
_COLUMNS = {
    "维持": "upheld",
    "纠正": "corrected",
    "撤销": "corrected",
    "尚未审结": "pending",
    "未审结": "pending",
}
_DOCUMENTS = ("issued", "repealed")
_STATE = re.compile(r"^[、和及]?(?:其中)?(?:目前|现|本年)?(现行有效|废止)(?:的)?(?:共|为)?$")
_STATES = {"现行有效": "in_force", "废止": "repealed"}
_OTHER_DOCUMENTS = re.compile(r"清理|规章|政策文件|其他文件|修改|修订")


def continued(form: Form, before: Measure, figure: Figure) -> Measure | None:
    """What ``figure`` counts if ``before`` was counted just before it in the same sentence."""
    result = _RESULT.match(figure.before)
    if result is not None and before.name in _REMEDIES and _of_one_kind(figure):
        column = _COLUMNS[result.group(1)]
        cells = tuple(f"{c.partition('/')[0]}/{column}" for c in before.readings[0])
        # 撤销 is one kind of 纠正: there may be others.
        return Measure(f"{before.name}.{column}", (cells,), result.group(1) == "撤销")
    state = _STATE.match(figure.before)
    if state is None or before.name not in _DOCUMENTS or _OTHER_DOCUMENTS.search(figure.lead_in):
        return None
    return measures(form).get(_STATES[state.group(1)])


def _of_one_kind(figure: Figure) -> bool:
    """Whether the words before speak of reconsideration or of suits, not of both."""
    told = figure.lead_in.rpartition("；")[2]
    return ("复议" in told) != ("诉" in told)

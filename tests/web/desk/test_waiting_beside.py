"""The desk shows what waits beside requests, to whom it is for."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.core.days import WorkingDays
from gongkai.web.desk.waiting_beside import beside_for
from gongkai.web.people.models import Role
from gongkai.web.registers.days import working_days
from gongkai.web.remedies.acts import statements
from gongkai.web.requests.around.acts.chase import chase
from tests.web.remedies.test_complaints import registered as complained
from tests.web.remedies.test_statements import ANSWER, case_with_copy, registered
from tests.web.requests.acts.conftest import Desk, desk

__all__ = ["desk"]
pytestmark = pytest.mark.django_db


def waiting(desk: Desk, role: Role, days: WorkingDays | None = None) -> list[tuple[str, str]]:
    found = beside_for(desk.who(role), desk.day, days or working_days())
    return [(one.what, one.clock.heading) for one in found]


def test_each_sees_what_is_his(desk: Desk) -> None:
    request = desk.asked()
    desk.on(date(2026, 4, 28))
    case = case_with_copy(desk.office)
    registered(desk.office, received_on=date(2026, 4, 20))
    complained(desk.office, received_on=date(2026, 4, 20))
    statements.write(desk.clerk, case, ANSWER)
    assert waiting(desk, Role.DISCLOSURE_OFFICE) == [
        ("提出复议答复和证据", "还剩 1 个工作日"),
        ("核实更正申请", "没有法定期限"),
    ]
    assert waiting(desk, Role.APPROVER) == [("签发行政复议答复书", "等签发")]
    assert waiting(desk, Role.COMPETENT_DEPARTMENT) == [
        ("办理投诉", "没有法定期限"),
        ("催办超期的申请", "超期"),
    ]
    chase(desk.who(Role.COMPETENT_DEPARTMENT), request, "尽快答复", date(2026, 4, 28))
    assert ("回复催办", "今天到期") in waiting(desk, Role.DISCLOSURE_OFFICE)
    assert ("催办超期的申请", "超期") not in waiting(desk, Role.COMPETENT_DEPARTMENT)
    assert waiting(desk, Role.AUTHOR) == []

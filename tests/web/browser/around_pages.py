"""What stands around requests and after them, by who looks: ledgers, settings, remedies."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from gongkai.web.people.models import Role
from gongkai.web.requests.models import Chase, DisclosureRequest
from tests.web.requests.secrets_told import NUMBER
from tests.web.requests.somebodys_case import (
    complained,
    old_ledger,
    reconsidered,
    record_to_correct,
)

from .staff_pages import StaffPage, opened_details, pressed, street, uploaded
from .world import World

_FUTURE = "2099-01-01"
OLD = "申请编号,收到日期,申请内容\n听公开申〔2019〕3号,2019-03-04,会议纪要\n,昨天,\n"


class Around:
    """Made for these pages alone: the others do without."""

    def __init__(self, world: World) -> None:
        office, case = world.office, world.requests.plain
        late = world.requests.fax
        DisclosureRequest.objects.filter(pk=late.pk).update(
            due_on=timezone.localdate() - timedelta(days=9)
        )
        self.late = late
        self.case, self.statement = reconsidered(office, case, approved=False)
        self.correction, self.complaint = record_to_correct(office), complained(office, case)
        self.upload = old_ledger(office)
        above = office.people[Role.COMPETENT_DEPARTMENT]
        self.chase = Chase.objects.create(request=late, text="尽快答复", person=above)


def of(name: str) -> Callable[[Any], tuple[Any, ...]]:
    """The number of one of them."""
    return lambda world: (getattr(world.around, name).pk,)


def chased(world: Any) -> tuple[Any, ...]:
    return world.around.late.pk, world.around.chase.pk


def plain(world: World) -> tuple[Any, ...]:
    return (world.requests.plain.pk,)


PAGES: dict[Role, tuple[StaffPage, ...]] = {
    Role.AUTHOR: (
        StaffPage("requests:answer_chase", chased, act=pressed("回复", answer=" ")),
        StaffPage("requests:due_days"),
        StaffPage("requests:due_days", act=pressed("生成订阅地址")),
        StaffPage("remedies:list"),
    ),
    Role.APPROVER: (StaffPage("remedies:statement", of("statement")),),
    Role.DISCLOSURE_OFFICE: (
        StaffPage("remedies:list", query="q=无此一事"),
        StaffPage("remedies:new"),
        StaffPage("remedies:new", act=pressed("登记", opened_on=_FUTURE)),
        StaffPage("remedies:case", of("case"), act=opened_details),
        StaffPage("remedies:edit", of("case")),
        StaffPage("remedies:copy", of("case")),
        StaffPage("remedies:event", of("case")),
        StaffPage("remedies:close", of("case")),
        StaffPage("remedies:look", of("case")),
        StaffPage("remedies:write", of("case")),
        StaffPage("remedies:statement", of("statement")),
        StaffPage("remedies:send", of("statement")),
        StaffPage("remedies:discard", of("statement")),
        StaffPage("remedies:corrections"),
        StaffPage("remedies:correction_new"),
        StaffPage("remedies:correction_new", act=pressed("登记", received_on=_FUTURE)),
        StaffPage("remedies:correction", of("correction")),
        StaffPage("remedies:correction_edit", of("correction")),
        StaffPage("remedies:correction_find", of("correction")),
        StaffPage("remedies:correction_look", of("correction")),
        StaffPage("remedies:write_notice", of("correction")),
        StaffPage("remedies:year"),
        StaffPage("remedies:person"),
        StaffPage("remedies:person", act=pressed("导出", number=NUMBER)),
        StaffPage("requests:ledger"),
        StaffPage("requests:ledger", act=uploaded("核对", OLD)),
        StaffPage("requests:ledger_check", of("upload")),
        StaffPage("requests:case_file", plain),
        StaffPage("requests:case_file", plain, act=pressed("导出", reason=" ")),
        StaffPage("requests:erase", plain),
        StaffPage("requests:settings"),
        StaffPage("requests:settings_of", street),
        StaffPage("requests:settings_letters", street),
        StaffPage("requests:settings_letter", lambda w: (w.office.street.pk, "correction_notice")),
    ),
    Role.COMPETENT_DEPARTMENT: (
        StaffPage("requests:overdue"),
        StaffPage("requests:chase", of("late")),
        StaffPage("remedies:complaints"),
        StaffPage("remedies:complaint_new"),
        StaffPage("remedies:complaint_new", act=pressed("登记", received_on=_FUTURE)),
        StaffPage("remedies:complaint", of("complaint")),
        StaffPage("remedies:complaint_edit", of("complaint")),
        StaffPage("remedies:complaint_handle", of("complaint")),
        StaffPage("remedies:complaint_look", of("complaint")),
    ),
}
# Acts, files, feeds.
NO_PAGE = {
    "remedies:approve", "remedies:complaint_reopen", "remedies:export", "remedies:file_case",
    "remedies:file_complaint", "remedies:file_correction", "remedies:paper",
    "remedies:remove_event", "remedies:reopen", "remedies:statement_file", "remedies:year_export",
    "requests:calendar", "requests:end_feed", "requests:ledger_drop", "requests:ledger_export",
    "requests:ledger_refused", "requests:ledger_take_in", "requests:ledger_upload",
    "requests:make_feed",
}  # fmt: skip

"""Every page that staff see, by who looks at it: empty and filled, right and wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from playwright.sync_api import FilePayload, Page

from gongkai.web.people.models import Role

from .world import World

Act = Callable[[Page], object]


@dataclass(frozen=True)
class StaffPage:
    """A page: its route, what the route names, and what is done there before one looks."""

    route: str
    args: Callable[[World], tuple[Any, ...]] = lambda world: ()
    query: str = ""
    act: Act | None = None
    status: int = 200

    def address(self, world: World) -> str:
        """Where it is."""
        address = reverse(self.route, args=self.args(world))
        return f"{address}?{self.query}" if self.query else address


def pressed(words: str, **filled: str) -> Act:
    """Fill fields by their names, then press the button that says ``words``."""

    def act(page: Page) -> None:
        for name, value in filled.items():
            page.locator(f"main [name={name}]").first.fill(value)
        page.locator("main").get_by_role("button", name=words, exact=True).first.click()
        page.wait_for_load_state()

    return act


def uploaded(words: str, text: str) -> Act:
    """Choose a csv file with ``text``, then press the button that says ``words``."""

    def act(page: Page) -> None:
        file = FilePayload(name="表.csv", mimeType="text/csv", buffer=text.encode())
        page.locator("main input[type=file]").set_input_files(file)
        pressed(words)(page)

    return act


def item(name: str, *more: object) -> Callable[[World], tuple[Any, ...]]:
    """The number of an item of the world, and what else the route wants."""
    return lambda world: (getattr(world.items, name).pk, *more)


def attached(place: int) -> Callable[[World], tuple[Any, ...]]:
    """An attachment of the late draft."""
    return lambda w: (w.items.late_draft.pk, w.items.late_draft.version.attachments.all()[place].pk)


def street(world: World) -> tuple[Any, ...]:
    return (world.office.street.pk,)


def person(role: Role) -> Callable[[World], tuple[Any, ...]]:
    return lambda world: (world.office.people[role].pk,)


def opened_details(page: Page) -> None:
    """Every folded part unfolded: what is in it is part of the page."""
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")


def reported(*more: object) -> Callable[[World], tuple[Any, ...]]:
    """The annual report of 2025, a draft with errors, and what else the route wants."""
    return lambda world: (world.report.pk, *more)


ROSTER = "代码,全称,简称,类别,网址名,上级代码\nQH0401,听泉街道办事处,听泉,街道,,\nQH0999,某局,,没有这类,,\n"
_PAST, _FUTURE = "2001-01-01", "2099-01-01"

PAGES: dict[Role, tuple[StaffPage, ...]] = {
    Role.AUTHOR: (
        StaffPage("desk:home"),
        StaffPage("desk:year"),
        StaffPage("desk:search", query="q=救助"),
        StaffPage("desk:search", query="q=救"),
        StaffPage("desk:search", query="q=无此一事"),
        StaffPage("disclosure:list"),
        StaffPage("disclosure:list", query="state=published&q=无此一事"),
        StaffPage("disclosure:list", query="year=12"),
        StaffPage("disclosure:new", act=opened_details),
        StaffPage("disclosure:new", act=pressed("保存", made_on=_FUTURE, document_number="三号")),
        StaffPage("disclosure:from_word"),
        StaffPage("disclosure:edit", item("late_draft"), act=opened_details),
        StaffPage("disclosure:edit", item("empty_draft")),
        StaffPage("disclosure:edit", item("empty_draft"), act=pressed("保存并送审")),
        StaffPage("disclosure:edit", item("returned")),
        StaffPage("disclosure:item", item("in_section_review")),
        StaffPage("disclosure:item", item("with_findings")),
        StaffPage("disclosure:item", item("document")),
        StaffPage("disclosure:item", item("scheduled")),
        StaffPage("disclosure:item", item("withdrawn")),
        StaffPage("disclosure:item", item("corrected")),
        StaffPage("disclosure:item", item("kept")),
        StaffPage("disclosure:item", item("discarded")),
        StaffPage("disclosure:version", item("returned", 1)),
        StaffPage("disclosure:compare", item("returned", 1, 2)),
        StaffPage("disclosure:preview", attached(0)),
        StaffPage("disclosure:correct", item("document")),
        StaffPage("disclosure:correct", item("document"), act=pressed("开新稿", reason=" ")),
        StaffPage("disclosure:releases", item("document")),
        StaffPage("reports:list"),
        StaffPage("reports:calendar", query="year=2025"),
        StaffPage("reports:begin"),
        StaffPage("reports:begin", act=pressed("开始", year="2025")),
        *(
            StaffPage("reports:section", reported(key), act=opened_details)
            for key in ("overview", "proactive_disclosure", "remedies", "other_matters")
        ),
        StaffPage(
            "reports:section",
            reported("disclosure_on_request"),
            query="cell=requests.unable_to_provide.not_held/natural_person",
            act=opened_details,
        ),
        StaffPage("reports:section", reported("disclosure_on_request"), query="column=business"),
        StaffPage("reports:check", reported(), act=opened_details),
        StaffPage("reports:check", reported(), act=pressed("送签")),
        StaffPage("reports:report", reported()),
        StaffPage("reports:version", reported(1)),
        StaffPage("reports:figures_of", lambda w: (w.office.street.pk,)),
        StaffPage("reports:correct", reported()),
        StaffPage("reports:correct", reported(), act=pressed("开新稿", reason=" ")),
        StaffPage("disclosure:edit", item("document"), status=409),
        StaffPage("disclosure:review", item("with_findings"), status=403),
        StaffPage("disclosure:item", lambda world: (999_999,), status=404),
    ),
    Role.SECTION_REVIEWER: (StaffPage("disclosure:review", item("in_section_review")),),
    Role.SECRECY_REVIEWER: (
        StaffPage("desk:home"),
        StaffPage("disclosure:review", item("with_findings"), act=opened_details),
        StaffPage("disclosure:review", item("with_findings"), act=pressed("答复第 3 项")),
        StaffPage("disclosure:review", item("with_findings"), act=pressed("审查通过")),
        StaffPage("disclosure:review", item("being_checked")),
        StaffPage("disclosure:review", item("unread")),
        StaffPage("disclosure:reassess", item("kept"), act=pressed("记下评估结果", reasons=" ")),
    ),
    Role.APPROVER: (
        StaffPage("disclosure:review", item("before_approval")),
        StaffPage("disclosure:withdraw", item("document"), act=pressed("撤回公开", reason=" ")),
        StaffPage("disclosure:validity", item("document")),
        StaffPage("disclosure:validity", item("document"), act=pressed("记下", on=_PAST)),
    ),
    Role.DISCLOSURE_OFFICE: (
        StaffPage("registers:home"),
        *(StaffPage("registers:lines", lambda w, r=r: (r,)) for r in ("powers", "standards")),
        StaffPage("registers:lines", lambda world: ("counts",)),
        StaffPage("registers:lines", lambda world: ("powers",), query="q=无此一事"),
        StaffPage("registers:new", lambda world: ("standards",)),
        StaffPage("registers:new", lambda world: ("counts",), act=pressed("保存", year="2026")),
        StaffPage("registers:edit", lambda world: ("powers", world.power.pk)),
        StaffPage("registers:import", lambda world: ("standards",), act=uploaded("导入", "")),
        StaffPage(
            "registers:import",
            lambda world: ("powers",),
            act=uploaded("导入", "事项名称,事项类型\n防汛,行政检查\n,行政给付\n"),
        ),
        StaffPage("registers:standard", lambda world: (world.standard.pk,)),
        StaffPage("registers:standard", lambda world: (world.standard.pk,), query="q=无此一事"),
        StaffPage("registers:days"),
        StaffPage("agencies:list"),
        StaffPage("agencies:agency", street),
        StaffPage("agencies:edit_contact", street),
        StaffPage("agencies:officers", street),
    ),
    Role.COMPETENT_DEPARTMENT: (
        StaffPage("desk:home"),
        StaffPage("reports:list"),
        StaffPage("reports:list", query="state=done"),
        StaffPage("reports:parts", query="year=2025"),
        StaffPage("reports:parts", query="year=2020", act=pressed("汇总已收下的 0 份")),
        StaffPage("reports:calendar", query="year=2025"),
        StaffPage("reports:limits", query="year=2025"),
        StaffPage("reports:limits", act=pressed("定", submit_by="2099-01-01")),
        StaffPage("reports:figures", query="year=2025"),
        StaffPage("reports:compare"),
        StaffPage("reports:upload"),
        StaffPage("reports:upload", act=pressed("上传")),
        StaffPage("reports:batch", lambda w: (w.received.batch_id,), act=opened_details),
        StaffPage("reports:beside", lambda w: (w.received.version.report_id, 1)),
        StaffPage(
            "reports:examine",
            lambda w: (w.received.version.submissions.get().pk,),
            act=opened_details,
        ),
        StaffPage("disclosure:list"),
        StaffPage("registers:lines", lambda world: ("words",)),
        StaffPage("registers:edit", lambda world: ("words", world.word.pk)),
        StaffPage("registers:days", act=opened_details),
        StaffPage("registers:days", act=lambda p: (opened_details(p), pressed("记下")(p))),
        StaffPage("agencies:steps", street),
        StaffPage("agencies:edit", street),
        StaffPage("agencies:rename", street, act=pressed("改名", name=" ")),
        StaffPage("agencies:end", street),
        StaffPage("agencies:roster"),
        StaffPage("agencies:roster", act=uploaded("先看会改什么", ROSTER)),
    ),
    Role.SYSTEM_ADMIN: (
        StaffPage("desk:home"),
        StaffPage("agencies:list", query="q=无此一事"),
        StaffPage("agencies:make"),
        StaffPage("agencies:make", act=pressed("新建", name="某局")),
        StaffPage("agencies:agency", lambda world: (world.ended.pk,)),
        StaffPage("people:list"),
        StaffPage("people:list", query="q=无此一事"),
        StaffPage("people:make", act=pressed("新建")),
        StaffPage("people:person", person(Role.AUTHOR)),
        StaffPage("people:edit", person(Role.AUTHOR)),
    ),
    Role.SECURITY_ADMIN: (
        StaffPage("people:person", person(Role.AUTHOR)),
        StaffPage("people:person", person(Role.AUTHOR), act=pressed("任职")),
        StaffPage("people:remove_device"),
        StaffPage("people:reset_password", person(Role.AUTHOR)),
        StaffPage("people:reset_password", person(Role.AUTHOR), act=pressed("重置密码")),
    ),
    Role.AUDIT_ADMIN: (
        StaffPage("audit:list"),
        StaffPage("audit:list", query="person=无此一人"),
        StaffPage("audit:verify"),
        StaffPage("people:me"),
        StaffPage("people:change_password", act=pressed("改密码")),
        StaffPage("people:add_device"),
        StaffPage("people:add_device", act=pressed("启用")),
    ),
}

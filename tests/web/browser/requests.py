"""Requests in hand: not confirmed, consulted, decided, under review, signed, served."""

from __future__ import annotations

from django.utils import timezone

from gongkai.core.handling.channels import Channel
from gongkai.web.people.models import Role
from gongkai.web.policies import Actor
from gongkai.web.requests.acts.add_paper import add_paper
from gongkai.web.requests.acts.correction import ask_for_correction
from gongkai.web.requests.acts.decide import decide
from gongkai.web.requests.acts.draft_letter import draft_reply
from gongkai.web.requests.acts.register import NewRequest, register
from gongkai.web.requests.acts.review_letter import pass_section_review, submit_letter
from gongkai.web.requests.acts.search import record_search
from gongkai.web.requests.acts.serve import serve
from gongkai.web.requests.acts.sign import sign
from gongkai.web.requests.models import (
    Delivery,
    DisclosureRequest,
    Letter,
    PaperKind,
    RequestSettings,
)
from tests.web.conftest import Office
from tests.web.requests.made import PIXEL, REQUESTER, make_request


class Requests:
    """Each request stands at a step of its own."""

    def __init__(self, office: Office) -> None:
        street = office.street
        street.disclosure_office, street.phone = "听泉街道党政办公室", "0531-88880001"
        street.address = "听泉路1号"
        street.save()
        RequestSettings.objects.create(
            agency=street, court="青禾区人民法院", fee_account="到便民服务中心1号窗口缴纳"
        )
        self._office = office
        self.made = make_request(office)
        self.sealed = add_paper(
            self._who(Role.AUTHOR), self.made.case, PaperKind.IDENTITY, "身份证明.png", PIXEL
        )
        self.fax = self._asked("传真来的申请", Channel.FAX)
        self.plain = self._asked("路灯维修记录")
        self.noticed = self._asked("道路施工公告")
        self.notice = ask_for_correction(
            self._who(Role.AUTHOR),
            self.noticed,
            points=["没有写明哪条道路"],
            guidance=["写道路名称"],
        )
        self.in_review = self._reply(self._asked("1998年征地批文"))
        clerk, approver = self._who(Role.DISCLOSURE_OFFICE), self._who(Role.APPROVER)
        self.to_sign = self._handed_in("绿化合同")
        self.signed = sign(approver, self._handed_in("河道清淤合同"))
        served = sign(approver, self._handed_in("停车收费批复"))
        self.delivery: Delivery = serve(
            clerk, served, "post", timezone.localdate(), tracking_number="XA12345678911"
        )

    def _who(self, role: Role) -> Actor:
        return self._office.actor(role)

    def _asked(self, title: str, channel: Channel = Channel.COUNTER) -> DisclosureRequest:
        new = NewRequest(
            channel, timezone.localdate(), f"{title}，2024年以来的全部材料", REQUESTER, title=title
        )
        return register(self._who(Role.DISCLOSURE_OFFICE), self._office.street, new).case

    def _reply(self, case: DisclosureRequest) -> Letter:
        author = self._who(Role.AUTHOR)
        record_search(
            author, case, on=timezone.localdate(), places="综合档案室", words=case.title,
            found=False, result="没有查到",
        )  # fmt: skip
        decide(author, case, "not_held")
        reply = draft_reply(author, DisclosureRequest.objects.get(pk=case.pk))
        reply = submit_letter(author, reply)
        return pass_section_review(self._who(Role.SECTION_REVIEWER), reply, "同意。")

    def _handed_in(self, title: str) -> Letter:
        author, case = self._who(Role.AUTHOR), self._asked(title)
        notice = ask_for_correction(author, case, points=["没有写明年份"], guidance=["写年份"])
        return submit_letter(author, notice)

"""One request with something of everything: for tests that open each address of the desk."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from gongkai.core.handling.channels import Channel
from gongkai.web import filestore
from gongkai.web.people.models import Role
from gongkai.web.requests.acts.add_paper import add_paper
from gongkai.web.requests.acts.assign import assign
from gongkai.web.requests.acts.consult import consult
from gongkai.web.requests.acts.register import NewRequest, register
from gongkai.web.requests.models import (
    Consultation,
    Delivery,
    DisclosureRequest,
    Letter,
    LetterState,
    Message,
    Paper,
    PaperKind,
)
from gongkai.web.sealed import seal
from tests.web.conftest import Office

REQUESTER = {
    "kind": "natural_person",
    "name": "欧阳晓岚",
    "document_kind": "identity_card",
    "document_number": "110101199003078515",
    "phone": "13800002222",
    "address": "青禾区听泉路88号3单元402室",
}
# A picture of one pixel.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0"
    "00000301010018dd8db00000000049454e44ae426082"
)


@dataclass
class MadeRequest:
    """A request of 听泉街道 that its author has in hand."""

    case: DisclosureRequest
    paper: Paper
    letter: Letter
    printed: Letter
    delivery: Delivery
    consultation: Consultation
    message: Message


def make_request(office: Office) -> MadeRequest:
    """Registered today at the counter, a third party about to be asked."""
    clerk, author = office.actor(Role.DISCLOSURE_OFFICE), office.actor(Role.AUTHOR)
    today = timezone.localdate()
    new = NewRequest(
        Channel.COUNTER, today, "2024年加装电梯补贴发放明细表", REQUESTER, title="明细表"
    )
    case = register(clerk, office.street, new).case
    case = assign(clerk, case, author.person)
    paper = add_paper(author, case, PaperKind.INFORMATION, "明细表.png", PIXEL)
    consultation = consult(author, case, "third_party", what=["发放明细"], party="示范云梯工程公司")
    letter = consultation.letter
    assert letter is not None
    delivery = Delivery.objects.create(letter=letter, way="post", sent_on=today)
    printed = Letter.objects.create(
        request=case, agency=office.street, kind="receipt", state=LetterState.SIGNED,
        number="听泉街道公开〔2026〕99号", dated=today, written_by=author.person,
        docx=filestore.put(seal(b"PK")), pdf=filestore.put(seal(b"%PDF-")),
    )  # fmt: skip
    message = Message.objects.create(request=case, kind="supplement", text="只要2024年的。")
    return MadeRequest(case, paper, letter, printed, delivery, consultation, message)

"""The records of requests, one file for one matter."""

from .cases import DisclosureRequest, Event, NumberSequence, RequestSettings
from .letters import Decision, Delivery, DeliveryWay, Letter, LetterState, Opinion, Step, Verdict
from .papers import Message, MessageKind, Paper, PaperKind
from .requesters import AskingDraft, IdentityView, Requester
from .tries import Tries
from .work import Answer, Consultation, ConsultationKind, FeeNotice, Remark, SearchRecord

__all__ = [
    "Answer",
    "AskingDraft",
    "Consultation",
    "ConsultationKind",
    "Decision",
    "Delivery",
    "DeliveryWay",
    "DisclosureRequest",
    "Event",
    "FeeNotice",
    "IdentityView",
    "Letter",
    "LetterState",
    "Message",
    "MessageKind",
    "NumberSequence",
    "Opinion",
    "Paper",
    "PaperKind",
    "Remark",
    "RequestSettings",
    "Requester",
    "SearchRecord",
    "Step",
    "Tries",
    "Verdict",
]

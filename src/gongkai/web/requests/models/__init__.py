"""The records of requests, one file for one matter."""

from .around import Chase, FeedToken, LedgerUpload, ReminderSent
from .cases import DisclosureRequest, Event, NumberSequence, RequestSettings
from .letters import Decision, Delivery, DeliveryWay, Letter, LetterState, Opinion, Step, Verdict
from .papers import Message, MessageKind, Paper, PaperKind
from .requesters import AskingDraft, IdentityView, Requester
from .tries import Tries
from .work import Answer, Consultation, ConsultationKind, FeeNotice, Remark, SearchRecord

__all__ = [
    "Answer",
    "AskingDraft",
    "Chase",
    "Consultation",
    "ConsultationKind",
    "Decision",
    "Delivery",
    "DeliveryWay",
    "DisclosureRequest",
    "Event",
    "FeeNotice",
    "FeedToken",
    "IdentityView",
    "LedgerUpload",
    "Letter",
    "LetterState",
    "Message",
    "MessageKind",
    "NumberSequence",
    "Opinion",
    "Paper",
    "PaperKind",
    "Remark",
    "ReminderSent",
    "RequestSettings",
    "Requester",
    "SearchRecord",
    "Step",
    "Tries",
    "Verdict",
]

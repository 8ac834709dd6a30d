"""Items of information, their versions and files, and what was said of them."""

from .documents import LifeEvent
from .files import Attachment, StoredFile
from .items import UNDER_REVIEW, InformationItem, ItemKind, ItemVersion, State
from .reviews import Finding, Opinion, OtherRelease, Reassessment, Screening, Verdict

__all__ = [
    "UNDER_REVIEW",
    "Attachment",
    "Finding",
    "InformationItem",
    "ItemKind",
    "ItemVersion",
    "LifeEvent",
    "Opinion",
    "OtherRelease",
    "Reassessment",
    "Screening",
    "State",
    "StoredFile",
    "Verdict",
]

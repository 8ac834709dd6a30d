"""The tables of what is public: items and all that goes with them, and figures of reports."""

from .items import (
    Change,
    Elsewhere,
    Publication,
    PublishedFile,
    Relation,
    SiteSettings,
    TextFingerprint,
    Tie,
    Validity,
    Withdrawal,
)
from .reports import Came, PublishedReport, ReadingState

__all__ = [
    "Came",
    "Change",
    "Elsewhere",
    "Publication",
    "PublishedFile",
    "PublishedReport",
    "ReadingState",
    "Relation",
    "SiteSettings",
    "TextFingerprint",
    "Tie",
    "Validity",
    "Withdrawal",
]

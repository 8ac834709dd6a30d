"""The records of what follows a reply and stands beside it, one file for one matter."""

from .cases import (
    STEP_KINDS,
    Applicant,
    CaseEvent,
    CaseEventKind,
    Procedure,
    RemedyCase,
)
from .complaints import Complaint, ComplaintKind, ComplaintResult
from .corrections import CorrectionResult, RecordCorrection
from .papers import FiledPaper, FiledPaperKind
from .statements import Statement, StatementState

__all__ = [
    "STEP_KINDS",
    "Applicant",
    "CaseEvent",
    "CaseEventKind",
    "Complaint",
    "ComplaintKind",
    "ComplaintResult",
    "CorrectionResult",
    "FiledPaper",
    "FiledPaperKind",
    "Procedure",
    "RecordCorrection",
    "RemedyCase",
    "Statement",
    "StatementState",
]

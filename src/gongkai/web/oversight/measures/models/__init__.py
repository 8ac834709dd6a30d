"""The registers of measures (arts. 46 to 53), their papers, and public appraisals."""

from .appraisals import (
    Appraisal,
    AppraisalAnswer,
    AppraisalComment,
    AppraisalState,
    CommentStanding,
)
from .lines import (
    Accountability,
    AccountabilityGround,
    AccountabilityMeasure,
    DutyHolder,
    DutyKind,
    Inspection,
    RegisterLine,
    Training,
    WorkRule,
)
from .papers import MeasurePaper, PaperKind

__all__ = [
    "Accountability",
    "AccountabilityGround",
    "AccountabilityMeasure",
    "Appraisal",
    "AppraisalAnswer",
    "AppraisalComment",
    "AppraisalState",
    "CommentStanding",
    "DutyHolder",
    "DutyKind",
    "Inspection",
    "MeasurePaper",
    "PaperKind",
    "RegisterLine",
    "Training",
    "WorkRule",
]

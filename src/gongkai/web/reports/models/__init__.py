"""Reports of agencies by year, their versions, what they were computed from, what was said."""

from .ledgers import Behind, Compilation
from .reports import AnnualReport, ReportVersion, Way
from .said import Dismissal, Submission, SubmissionState

__all__ = [
    "AnnualReport",
    "Behind",
    "Compilation",
    "Dismissal",
    "ReportVersion",
    "Submission",
    "SubmissionState",
    "Way",
]

"""Reports of agencies by year, their versions, what they were computed from, what was said."""

from .collecting import Batch, Chase, FileState, UploadedReport
from .ledgers import Behind, Compilation
from .limits import Collecting, Level, ReportLimit
from .reports import AnnualReport, ReportVersion, Way
from .said import Dismissal, Submission, SubmissionState

__all__ = [
    "AnnualReport",
    "Batch",
    "Behind",
    "Chase",
    "Collecting",
    "Compilation",
    "Dismissal",
    "FileState",
    "Level",
    "ReportLimit",
    "ReportVersion",
    "Submission",
    "SubmissionState",
    "UploadedReport",
    "Way",
]

"""What was watched when, what was found, what was promised, and what is known from earlier looks."""

from .findings import Standing, Watch, WatchFinding
from .looks import FileLook, LinkTry, TextLook
from .promises import ColumnConfirmation, ColumnPromise, WatchSetting

__all__ = [
    "ColumnConfirmation",
    "ColumnPromise",
    "FileLook",
    "LinkTry",
    "Standing",
    "TextLook",
    "Watch",
    "WatchFinding",
    "WatchSetting",
]

"""What a worker does with a file whose report is wanted whole: read it, and hand it over."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..core.readers.document import Limits
from .sources import Source

if TYPE_CHECKING:
    from ..core.readers.understanding.reading import Reading


@dataclass(frozen=True)
class Take:
    """Read one file; ``figures_only`` leaves the prose behind, to keep many of them small."""

    limits: Limits
    figures_only: bool = False

    def __call__(self, source: Source) -> Reading:
        from ..core.readers import read

        reading = read(source.path, self.limits)
        if not self.figures_only:
            return reading
        return replace(reading, report=replace(reading.report, lead="", sections=()))

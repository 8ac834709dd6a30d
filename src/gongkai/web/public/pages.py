"""The public site as pages: which there are, what each shows, which a change touches.

``render`` gives the same bytes whether the application sends them or the baker writes them.
"""

from __future__ import annotations

from .rendered import Rendered
from .routes import missing, paths, render
from .touched import touched, turning_on

__all__ = ["Rendered", "missing", "paths", "render", "touched", "turning_on"]

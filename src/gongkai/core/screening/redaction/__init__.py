"""A copy of an attachment that may go public: what is seen, less what is masked, and no more.

The original is never changed.  Every copy is looked into again before it is
handed out; one in which something is still to be found is refused.
"""

from __future__ import annotations

from ...errors import NotRedacted
from .choices import KEEPABLE, Area, Choices, Copy
from .copying import redacted_copy

__all__ = ["KEEPABLE", "Area", "Choices", "Copy", "NotRedacted", "redacted_copy"]

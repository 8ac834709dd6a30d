"""What an attachment holds that the eye does not see, before it goes public.

``attachment_kind`` lets a file in or says why not; ``look_into`` tells every
hidden thing in it and every personal number that it shows, as values to be
answered by the secrecy reviewer.
"""

from __future__ import annotations

from .hidden import Hidden
from .kind import LIMITS, Kind, attachment_kind
from .look import look_into

__all__ = ["LIMITS", "Hidden", "Kind", "attachment_kind", "look_into"]

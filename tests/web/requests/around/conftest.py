"""Old ledgers, and requests to put around."""

from __future__ import annotations

from tests.web.remedies.conftest import asked

__all__ = ["asked"]

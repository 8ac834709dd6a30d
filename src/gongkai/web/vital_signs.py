"""By what one sees that the platform is alive; read with and without Django."""

from __future__ import annotations

# With less room on the disk nothing can be relied on to be written.
LEAST_FREE_BYTES = 200 * 2**20
# The worker touches this file in the data folder every second or so.
PULSE = "worker.pulse"
LONGEST_SILENCE_SECONDS = 60

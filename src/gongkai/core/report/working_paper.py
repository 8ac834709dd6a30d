"""How a file of ours says that one of its sheets is for checking and not the report.

A writer puts these words first on such a sheet; a reader that meets them there
leaves the sheet out, so that a report written and read back is the same report.
"""

from __future__ import annotations

NOT_THE_REPORT = "本页由 Gongkai 生成，供核对用，不是报告内容"

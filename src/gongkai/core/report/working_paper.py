"""How a file of ours says what in it is not the report: sheets for checking, cells not read.

A writer puts the words of the first at the head of such a sheet; a reader that meets them there
leaves the sheet out, so that a report written and read back is the same report.
"""

from __future__ import annotations

NOT_THE_REPORT = "本页由 Gongkai 生成，供核对用，不是报告内容"

# What a writer puts into a cell that could not be read: read back it is unread, not a word.
UNREAD = "未读"

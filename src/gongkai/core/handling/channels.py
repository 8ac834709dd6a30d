"""The channels (申请渠道) by which a request reaches the agency (arts. 28, 29, 31).

Which day counts as received depends on the channel; that is :mod:`.receipt`.
"""

from __future__ import annotations

from enum import StrEnum


class Channel(StrEnum):
    """How the request came."""

    COUNTER = "counter"
    REGISTERED_POST = "registered_post"
    PLAIN_POST = "plain_post"
    FAX = "fax"
    ONLINE = "online"
    EMAIL = "email"
    ORAL = "oral"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Channel.COUNTER: "当面提交",
    Channel.REGISTERED_POST: "邮寄（签收）",
    Channel.PLAIN_POST: "平信",
    Channel.FAX: "传真",
    Channel.ONLINE: "网上提交",
    Channel.EMAIL: "电子邮件",
    Channel.ORAL: "口头提出",
}

"""What a requester may wish for: the form of what is supplied, and the way it comes (art. 29 (3)).

The agency supplies in that form where it can (art. 40).  Nobody asks what it is for.
"""

from __future__ import annotations

from django.db import models


class FormOfSupply(models.TextChoices):
    """提供形式."""

    ELECTRONIC = "electronic", "电子文件"
    PAPER = "paper", "纸质"
    READING = "reading", "查阅、抄录"


class WayOfDelivery(models.TextChoices):
    """获取方式."""

    ONLINE = "online", "在本网站下载"
    EMAIL = "email", "电子邮件"
    POST = "post", "邮寄"
    PICK_UP = "pick_up", "到机关领取"
    ON_SITE = "on_site", "到机关查阅、抄录"


# Ways that fit each form; another one contradicts it.
FITTING: dict[str, frozenset[str]] = {
    FormOfSupply.ELECTRONIC: frozenset(
        {WayOfDelivery.ONLINE, WayOfDelivery.EMAIL, WayOfDelivery.POST, WayOfDelivery.PICK_UP}
    ),
    FormOfSupply.PAPER: frozenset({WayOfDelivery.POST, WayOfDelivery.PICK_UP}),
    FormOfSupply.READING: frozenset({WayOfDelivery.ON_SITE}),
}


class DocumentKind(models.TextChoices):
    """证件名称 of a natural person."""

    IDENTITY_CARD = "identity_card", "居民身份证"
    RESIDENCE_PERMIT = "residence_permit", "港澳台居民居住证"
    HONG_KONG_MACAO = "hong_kong_macao", "港澳居民来往内地通行证"
    TAIWAN = "taiwan", "台湾居民来往大陆通行证"
    PASSPORT = "passport", "护照"
    PERMANENT_RESIDENCE = "permanent_residence", "外国人永久居留身份证"
    OTHER = "other", "其他证件"


# Their numbers are citizens' identity numbers by GB 11643, with its check digit.
WITH_CHECK_DIGIT = frozenset({DocumentKind.IDENTITY_CARD, DocumentKind.RESIDENCE_PERMIT})

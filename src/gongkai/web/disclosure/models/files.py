"""Files as they came, kept under their digest, and their place in a version."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from .items import ItemVersion


class StoredFile(models.Model):
    """Bytes in the file store, known by their digest; never changed, never public by itself."""

    digest = models.CharField("校验码（SHA-256）", max_length=64, unique=True)
    sm3 = models.CharField("校验码（SM3）", max_length=64, blank=True)
    size = models.BigIntegerField("字节")
    media_type = models.CharField(max_length=100)
    stored_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "文件"

    def __str__(self) -> str:
        return self.digest[:12]


class Attachment(models.Model):
    """A file in a version: the original, and the copy made for the public when one is needed."""

    version = models.ForeignKey(ItemVersion, models.CASCADE, related_name="attachments")
    # What the text calls it ("attachment:3"): the same in every version of the item.
    reference = models.PositiveIntegerField()
    original = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    redacted = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="公开副本"
    )
    # What was removed or masked in the copy, in words.
    redaction = models.JSONField(default=list, blank=True)
    name = models.CharField("文件名", max_length=200)
    alternative_text = models.CharField("文字说明", max_length=300, blank=True)
    inline = models.BooleanField("正文图片", default=False)
    # "clean", "infected", "unscanned" with what the scanner said.
    virus_scan = models.CharField(max_length=200, blank=True)
    position = models.PositiveIntegerField("顺序", default=0)

    class Meta:
        verbose_name = "附件"
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["version", "reference"], name="one_reference_a_version"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def public_file(self) -> StoredFile:
        """The file the public gets."""
        return self.redacted or self.original

"""What is known from earlier looks, so that what did not change is not looked into again."""

from __future__ import annotations

from django.db import models

from gongkai.web.publication.models import Publication


class TextLook(models.Model):
    """What was found in the text of a publication, in one version and by one state of the lists."""

    publication = models.OneToOneField(
        Publication, models.CASCADE, primary_key=True, related_name="look"
    )
    version = models.PositiveIntegerField()
    # Of the words and rules it was looked at with.
    mark = models.CharField(max_length=16)
    # [{rule, place, quote, fingerprint, replacement, reason}]; numbers of persons are masked.
    found = models.JSONField(default=list)
    # The addresses its text names, within the site and outside it.
    links = models.JSONField(default=list)
    # How many of each: most texts have none, and are passed over.
    found_count = models.PositiveIntegerField(default=0)
    links_count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "正文检查"
        indexes = (
            models.Index(
                fields=["publication"],
                condition=models.Q(found_count__gt=0),
                name="text_with_findings",
            ),
            models.Index(
                fields=["publication"],
                condition=models.Q(links_count__gt=0),
                name="text_with_links",
            ),
        )

    def __str__(self) -> str:
        return f"{self.publication_id}（第 {self.version} 版）"


class FileLook(models.Model):
    """What was found in a public file, by its digest."""

    digest = models.CharField("校验码（SHA-256）", max_length=64, primary_key=True)
    # Size and time of the file as it was looked into: what differs is looked into again.
    size = models.BigIntegerField()
    modified = models.BigIntegerField()
    looked_on = models.DateField()
    mark = models.CharField(max_length=16)
    # "" where the bytes are what they were when it came.
    trouble = models.CharField(max_length=20, blank=True)
    why = models.CharField(max_length=300, blank=True)
    found = models.JSONField(default=list)
    found_count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "附件检查"

    def __str__(self) -> str:
        return self.digest[:12]


class LinkTry(models.Model):
    """What came of asking for an address of another site."""

    address = models.CharField("网址", max_length=500, unique=True)
    tried_on = models.DateField("最近一次检查", null=True, blank=True)
    # The answer of the last try; None where none came.
    status = models.PositiveSmallIntegerField("应答", null=True, blank=True)
    # On so many different days it failed, one after another.
    failures = models.PositiveSmallIntegerField("失败的天数", default=0)

    class Meta:
        verbose_name = "外部链接检查"
        indexes = (models.Index(fields=["tried_on"], name="link_tried"),)

    def __str__(self) -> str:
        return self.address

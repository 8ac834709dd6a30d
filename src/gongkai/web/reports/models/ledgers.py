"""One taking of the year's figures from the ledgers, and what stood behind each.

A compilation is never changed: years later a published number still opens to exactly the
cases and items that were counted on that day, whatever became of the ledgers since.
"""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from gongkai.web.people.models import Person


class Compilation(models.Model):
    """The figures of a year as the ledgers gave them at one moment."""

    report = models.ForeignKey("reports.AnnualReport", models.CASCADE, related_name="compilations")
    edition = models.CharField("格式版本", max_length=10)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField("取数时间", default=timezone.now)
    # What whoever counts by hand would ask about, in words: [[severity, sentence], …].
    remarks = models.JSONField("台账里要看的", default=list)
    # Of an aggregate: the versions that were added up, in their order; and which sums came out
    # otherwise than the time before: [[address, before, after], …].
    parts = models.JSONField("汇总的各稿", default=list)
    changes = models.JSONField("和上一次汇总不同的", default=list)

    class Meta:
        verbose_name = "取数"
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.report_id} {self.made_at:%Y-%m-%d %H:%M}"


class Behind(models.Model):
    """What one cell counted: keys of records of one kind (``sources.kinds``).

    An aggregate has none: what each part adds is what that sealed version prints.
    """

    compilation = models.ForeignKey(Compilation, models.CASCADE, related_name="behind")
    address = models.CharField(max_length=120)
    kind = models.CharField(max_length=20)
    keys = models.JSONField(default=list)

    class Meta:
        verbose_name = "数字的来源"
        constraints = (
            models.UniqueConstraint(
                fields=["compilation", "address", "kind"], name="one_source_a_cell"
            ),
        )

    def __str__(self) -> str:
        return f"{self.address} {self.kind} {len(self.keys)}"

"""How often somebody tried something at a public door: counted, without keeping who."""

from __future__ import annotations

from django.db import models


class Tries(models.Model):
    """Tries of one kind from one address within one stretch of time.

    ``source`` is a fingerprint: nobody reads an address out of it.
    """

    kind = models.CharField(max_length=20)
    source = models.CharField(max_length=64)
    since = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "公开入口的次数"
        constraints = (
            models.UniqueConstraint(fields=["kind", "source", "since"], name="one_count_of_tries"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.since:%Y-%m-%d %H:%M}: {self.count}"

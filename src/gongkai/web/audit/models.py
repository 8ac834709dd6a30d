"""One line of the audit trail."""

from __future__ import annotations

from typing import Any

from django.db import models


class Unalterable(Exception):
    """Somebody tried to change or delete an audit entry."""


class AuditEntry(models.Model):
    """An act that was done. Subjects are named, not linked: an entry outlives its subject."""

    number = models.BigIntegerField("序号", primary_key=True)
    at = models.DateTimeField("时间")
    act = models.CharField("事项", max_length=60)
    person = models.CharField("用户名", max_length=150, blank=True)
    person_name = models.CharField("姓名", max_length=60, blank=True)
    role = models.CharField("角色", max_length=40, blank=True)
    agency = models.CharField("机关代码", max_length=40, blank=True)
    agency_name = models.CharField("机关", max_length=120, blank=True)
    subject_kind = models.CharField("对象类别", max_length=40)
    subject = models.CharField("对象编号", max_length=60)
    subject_name = models.CharField("对象", max_length=300)
    reason = models.TextField("理由", blank=True)
    before = models.JSONField("原来", default=dict)
    after = models.JSONField("后来", default=dict)
    address = models.GenericIPAddressField("来源地址", null=True)
    previous = models.CharField("上一条校验码", max_length=64, blank=True)
    digest = models.CharField("校验码", max_length=64)

    class Meta:
        verbose_name = "操作记录"
        ordering = ("-number",)
        indexes = (
            models.Index(fields=["subject_kind", "subject"], name="audit_subject"),
            models.Index(fields=["person", "-number"], name="audit_person"),
            models.Index(fields=["agency", "-number"], name="audit_agency"),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.act} {self.subject_name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise Unalterable(f"audit entry {self.number} cannot be changed")
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise Unalterable(f"audit entry {self.number} cannot be deleted")

"""Person, appointment and session: a role is held at an agency for a time."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.models import Session
from django.db import models
from django.db.models import Q
from django.utils import timezone

from gongkai.web.agencies.models import Agency


class Role(models.TextChoices):
    """What a person does in disclosure. The three administrators are kept apart."""

    AUTHOR = "author", "起草"
    SECTION_REVIEWER = "section_reviewer", "科室审核"
    SECRECY_REVIEWER = "secrecy_reviewer", "保密审查"
    APPROVER = "approver", "签发"
    DISCLOSURE_OFFICE = "disclosure_office", "公开工作机构"
    COMPETENT_DEPARTMENT = "competent_department", "主管部门"
    SYSTEM_ADMIN = "system_admin", "系统管理员"
    SECURITY_ADMIN = "security_admin", "安全管理员"
    AUDIT_ADMIN = "audit_admin", "审计管理员"


ADMINISTRATORS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})
REVIEWERS = frozenset({Role.SECTION_REVIEWER, Role.SECRECY_REVIEWER, Role.APPROVER})


class People(BaseUserManager["Person"]):
    """Makes accounts; there is no default password and no superuser."""

    def make(self, username: str, name: str, password: str | None, **facts: Any) -> Person:
        """A person; with ``password`` None the account cannot sign in until one is set."""
        person = self.model(username=self.model.normalize_username(username), name=name, **facts)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Somebody who signs in."""

    username = models.CharField(
        "用户名", max_length=150, unique=True, error_messages={"unique": "这个用户名已经有人用了。"}
    )
    name = models.CharField("姓名", max_length=60)
    mailbox = models.EmailField("电子邮箱", blank=True)
    phone = models.CharField("电话", max_length=40, blank=True)
    is_active = models.BooleanField("启用", default=True)
    # A one-time password opens only the page that sets a new one.
    must_change_password = models.BooleanField("下次登录改密码", default=False)
    password_changed_at = models.DateTimeField("密码更改时间", null=True, blank=True)
    # Subject at the identity provider, where OpenID Connect is set.
    oidc_subject = models.CharField(max_length=255, blank=True, editable=False)

    objects: ClassVar[People] = People()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = "人员"
        ordering = ("username",)
        constraints = (
            models.UniqueConstraint(
                fields=["oidc_subject"], condition=~Q(oidc_subject=""), name="one_oidc_subject"
            ),
        )

    def __str__(self) -> str:
        return self.name


class Appointments(models.QuerySet["Appointment"]):
    def on(self, day: date) -> Appointments:
        """Those in force on ``day``."""
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)

    def not_over(self, day: date) -> Appointments:
        """Those in force on ``day`` or later."""
        return self.filter(Q(until=None) | Q(until__gte=day))


class Appointment(models.Model):
    """A person holds a role at an agency from a day, perhaps until a day."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="appointments")
    role = models.CharField("角色", max_length=30, choices=Role)
    since = models.DateField("起")
    until = models.DateField("止", null=True, blank=True)

    objects = Appointments.as_manager()

    class Meta:
        verbose_name = "任职"
        ordering = ("person", "role")
        constraints = (
            models.UniqueConstraint(
                fields=["person", "agency", "role"],
                condition=Q(until=None),
                name="one_open_appointment",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person.name}：{self.agency.short_name} {self.get_role_display()}"


class Ended(models.TextChoices):
    """Why a session ended before its time; the person is told when he comes back."""

    SIGNED_OUT = "signed_out", "已退出"
    ELSEWHERE = "elsewhere", "你在别处登录，超过了同时登录的个数，这里已经退出。"
    BY_PERSON = "by_person", "你在别处结束了这里的登录。"
    PASSWORD = "password", "密码改了，这里已经退出，用新密码登录。"
    BY_ADMINISTRATOR = "by_administrator", "管理员结束了这里的登录。"


# Every browser says that it is also its forebears: the youngest name first.
_BROWSERS = (
    ("360", "360"), ("QQBrowser", "QQ 浏览器"), ("Edg/", "Edge"), ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"), ("Safari/", "Safari"), ("Trident/", "Internet Explorer"),
)  # fmt: skip
_MACHINES = (
    ("Android", "安卓"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
    ("Mac OS X", "macOS"), ("UOS", "统信"), ("Linux", "Linux"),
)  # fmt: skip


class SignIns(models.QuerySet["SignIn"]):
    def open(self) -> SignIns:
        """Those whose session still lives, newest first."""
        living = Session.objects.filter(expire_date__gt=timezone.now())
        return self.filter(ended="", session_key__in=living.values("session_key"))


class SignIn(models.Model):
    """A person signed in somewhere: where from, when, and how it ended."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, unique=True)
    began_at = models.DateTimeField("登录时间", default=timezone.now)
    address = models.GenericIPAddressField("来源地址", null=True)
    browser = models.CharField("浏览器", max_length=200, blank=True)
    ended = models.CharField("结束", max_length=20, choices=Ended, blank=True)

    objects = SignIns.as_manager()

    class Meta:
        verbose_name = "登录"
        ordering = ("-began_at", "-pk")

    def __str__(self) -> str:
        return f"{self.person.name} {self.began_at:%Y-%m-%d %H:%M}"

    @property
    def browser_name(self) -> str:
        """The browser and the machine, as far as the browser says."""
        said = self.browser
        browser = next((name for mark, name in _BROWSERS if mark in said), "不认得的浏览器")
        machine = next((name for mark, name in _MACHINES if mark in said), "不知道的系统")
        return f"{browser}，{machine}"

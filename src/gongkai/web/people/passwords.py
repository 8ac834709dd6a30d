"""What a password must be, and passwords that are good for one sign-in.

Twelve characters, three kinds of character, not like the person's names, not a common
one, not the one in use.  Each rule says what it found and what to do.
"""

from __future__ import annotations

import secrets
import string

from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    UserAttributeSimilarityValidator,
)
from django.core.exceptions import ValidationError

from gongkai.web.people.models import Person

_KINDS = (
    ("小写字母", str.islower),
    ("大写字母", str.isupper),
    ("数字", str.isdecimal),
    ("符号", lambda character: not character.isalnum()),
)
# What is read out over the telephone without mistakes: no 0 and O, no 1, l and I.
_PLAIN = "".join(c for c in string.ascii_letters + string.digits if c not in "0OoIl1")

RULES = "12 位以上，小写字母、大写字母、数字、符号里至少三种，不能像用户名或姓名，不能是常见密码。"


class LongEnough(MinimumLengthValidator):
    """Twelve characters."""

    def validate(self, password: str, user: Person | None = None) -> None:
        if len(password) < self.min_length:
            raise ValidationError(f"密码要 {self.min_length} 位以上，现在 {len(password)} 位。")

    def get_help_text(self) -> str:
        return f"{self.min_length} 位以上。"


class ThreeKinds:
    """Three of: small letters, capitals, digits, signs. Letters without case count for none."""

    def validate(self, password: str, user: Person | None = None) -> None:
        found = [name for name, is_kind in _KINDS if any(map(is_kind, password))]
        if len(found) < 3:
            names = "、".join(name for name, _ in _KINDS)
            now = f"现在只有{'和'.join(found)}" if found else "现在一种也没有"
            raise ValidationError(f"密码要有{names}里的三种，{now}。")

    def get_help_text(self) -> str:
        return "小写字母、大写字母、数字、符号里至少三种。"


class NotLikeTheName(UserAttributeSimilarityValidator):
    """Not like the username, the name or the mailbox."""

    def __init__(self) -> None:
        super().__init__(user_attributes=("username", "name", "mailbox"))

    def validate(self, password: str, user: Person | None = None) -> None:
        try:
            super().validate(password, user)
        except ValidationError as error:
            raise ValidationError("密码不能像用户名、姓名或邮箱。") from error

    def get_help_text(self) -> str:
        return "不能像用户名、姓名或邮箱。"


class NotCommon(CommonPasswordValidator):
    """Not one of twenty thousand that everybody tries first."""

    def validate(self, password: str, user: Person | None = None) -> None:
        try:
            super().validate(password, user)
        except ValidationError as error:
            raise ValidationError("这是常见密码，换一个。") from error

    def get_help_text(self) -> str:
        return "不能是常见密码。"


class NotTheSame:
    """Not the password in use: a one-time password is really used once."""

    def validate(self, password: str, user: Person | None = None) -> None:
        if user is not None and user.pk and user.check_password(password):
            raise ValidationError("新密码和现在的一样，换一个。")

    def get_help_text(self) -> str:
        return "不能和现在的一样。"


def one_time_password() -> str:
    """Sixteen characters in four groups, of at least three kinds; about 92 bits of chance."""
    while True:
        drawn = "".join(secrets.choice(_PLAIN) for _ in range(16))
        if all(any(map(is_kind, drawn)) for _, is_kind in _KINDS[:3]):
            return "-".join(drawn[i : i + 4] for i in range(0, 16, 4))

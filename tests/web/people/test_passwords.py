"""What a password must be, and what a one-time password is."""

from __future__ import annotations

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from gongkai.web.people.models import Person
from gongkai.web.people.passwords import one_time_password


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("Aa1-aaaa", "12 位以上，现在 8 位"),
        ("qinghequzhengfu", "现在只有小写字母"),
        ("123456789012", "现在只有数字"),
        ("qinghequ2026", "现在只有小写字母和数字"),
        ("青禾区政府信息公开工作平台", "一种也没有"),
        ("Limin-Limin-1", "不能像用户名"),
    ],
)
def test_each_rule_says_what_it_found(password: str, said: str) -> None:
    with pytest.raises(ValidationError) as refused:
        validate_password(password, Person(username="limin-limin", name="李敏"))
    assert any(said in message for message in refused.value.messages)


def test_a_common_password_is_refused() -> None:
    with pytest.raises(ValidationError) as refused:
        validate_password("1qaz2wsx3edc", Person(username="x", name="李敏"))
    assert "这是常见密码，换一个。" in refused.value.messages


@pytest.mark.parametrize("password", ["Qing-he-2026-wan", "听泉街道 Tq 2026 号楼", "aB3aB3aB3aB3"])
def test_good_passwords_pass(password: str) -> None:
    validate_password(password, Person(username="limin", name="李敏"))


def test_one_time_passwords_pass_the_rules_and_differ() -> None:
    made = {one_time_password() for _ in range(200)}
    assert len(made) == 200
    for password in made:
        validate_password(password, Person(username="limin", name="李敏"))
        assert len(password) == 19
        assert not set(password) & set("0OoIl1")

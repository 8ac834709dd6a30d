"""A call in a process of its own: its answer, its error, and its end."""

from __future__ import annotations

import ctypes
import os
import time

import pytest

from gongkai.web import apart


def double(number: int) -> int:
    return 2 * number


def refuse() -> None:
    raise ValueError("不行")


def crash() -> None:
    ctypes.string_at(0)


def hang() -> None:
    time.sleep(60)


def eat() -> int:
    return len(bytearray(8 * 2**30))


class Deadly:
    """Ends whatever process it is unpacked in."""

    def __reduce__(self) -> tuple[object, tuple[int]]:
        return os._exit, (1,)


def test_the_answer_comes_back() -> None:
    assert apart.apart(double, 21) == 42


def test_an_error_comes_back_as_it_was() -> None:
    with pytest.raises(ValueError, match="不行"):
        apart.apart(refuse)


def test_a_crash_is_told() -> None:
    with pytest.raises(apart.NoAnswer, match="崩溃"):
        apart.apart(crash)


def test_an_end_before_all_was_handed_over_is_told() -> None:
    with pytest.raises(apart.NoAnswer, match="崩溃"):
        apart.apart(max, Deadly(), bytes(2**22))


def test_too_much_memory_is_told() -> None:
    with pytest.raises(apart.NoAnswer, match="内存"):
        apart.apart(eat)


def test_a_hanging_call_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    started = time.monotonic()
    monkeypatch.setattr(apart, "SECONDS", 1)
    with pytest.raises(apart.NoAnswer, match="还没有读完"):
        apart.apart(hang)
    assert time.monotonic() - started < 50

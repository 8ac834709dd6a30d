"""The progress bar: on a terminal only, and it changes nothing of what passes by."""

from __future__ import annotations

import sys

import pytest

from gongkai.cli.progress import watched
from gongkai.cli.words import Words


@pytest.mark.parametrize("terminal", [True, False])
def test_items_pass_unchanged(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], terminal: bool
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal)
    assert list(watched(iter(range(5)), 5, Words("zh"))) == [0, 1, 2, 3, 4]
    captured = capsys.readouterr()
    assert captured.out == ""
    assert ("读取" in captured.err) is terminal


def test_a_single_file_has_no_bar(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert list(watched(iter("a"), 1, Words("zh"))) == ["a"]
    assert capsys.readouterr().err == ""

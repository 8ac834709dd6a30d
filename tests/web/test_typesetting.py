"""Letters are set in the installation's own typefaces, where it has any."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from gongkai.core.letters import Paragraph
from gongkai.core.writers import letter_pdf
from gongkai.web.requests.around.case_file.sheets import sheet
from gongkai.web.typesetting import typeset, without_glyphs


def test_the_folder_of_typefaces_is_used(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    used: list[Path | None] = []
    usual = letter_pdf._fonts(None)

    def fonts(folder: Path | None) -> object:
        used.append(folder)
        return usual

    settings.FONTS = tmp_path / "none"
    assert typeset(sheet("函", Paragraph("收到。")))[:5] == b"%PDF-"
    monkeypatch.setattr(letter_pdf, "_fonts", fonts)
    settings.FONTS = tmp_path
    typeset(sheet("函", Paragraph("收到。")))
    without_glyphs("\ue000")
    assert set(used) == {tmp_path}

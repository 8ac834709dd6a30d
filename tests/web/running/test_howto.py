"""The how-to pages name every setting, and the shipped files they speak of."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
HOWTO = ROOT / "docs" / "howto"
_SETTING = re.compile(r"\bGONGKAI_[A-Z_]*[A-Z]\b")


def test_every_setting_is_documented_and_every_documented_one_is_read() -> None:
    read = {
        name
        for path in (ROOT / "src").rglob("*.py")
        for name in _SETTING.findall(path.read_text(encoding="utf-8"))
    }
    page = (HOWTO / "settings.md").read_text(encoding="utf-8")
    listed = {line.split("`")[1] for line in page.splitlines() if line.startswith("| `GONGKAI_")}
    assert listed == read


def test_the_pages_speak_of_what_is_shipped() -> None:
    words = "".join(path.read_text(encoding="utf-8") for path in HOWTO.glob("*.md"))
    for name in ("deploy/nginx.conf", "deploy/gongkai.service"):
        assert name in words
        assert (ROOT / name).exists()


def test_the_service_starts_what_is_there() -> None:
    unit = (ROOT / "deploy/gongkai.service").read_text(encoding="utf-8")
    assert "gongkai up --empty --data /var/lib/gongkai --port 8000" in unit
    nginx = (ROOT / "deploy/nginx.conf").read_text(encoding="utf-8")
    assert "server 127.0.0.1:8000;" in nginx
    assert "/var/lib/gongkai/site/" in nginx

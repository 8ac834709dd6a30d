"""The host site's own header, footer and stylesheet, given as files.

The platform is a part of a site that exists (国办公开办函〔2019〕61号 forbids one of its own):
where the folder ``settings.HOST_FILES`` holds ``header.html`` and ``footer.html`` they stand
outside everything of ours, and ``host.css`` is loaded before our stylesheet.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

STYLESHEET = "host.css"


@dataclass(frozen=True)
class HostSite:
    """What the host site gave; empty where it gave nothing."""

    header: SafeString
    footer: SafeString
    stylesheet: bool


_kept: dict[tuple[str, int], SafeString] = {}


def host_site() -> HostSite:
    """The files as they stand now; read again when somebody changes them."""
    folder: Path | None = settings.HOST_FILES
    if folder is None:
        return HostSite(SafeString(""), SafeString(""), stylesheet=False)
    return HostSite(
        header=_markup(folder / "header.html"),
        footer=_markup(folder / "footer.html"),
        stylesheet=(folder / STYLESHEET).is_file(),
    )


def _markup(path: Path) -> SafeString:
    if not path.is_file():
        return SafeString("")
    key = (str(path), path.stat().st_mtime_ns)
    if key not in _kept:
        # From the installation's own folder, put there by whoever runs it.
        _kept[key] = mark_safe(path.read_text(encoding="utf-8"))
    return _kept[key]

"""Old Word documents (doc, and rtf): turned into docx by LibreOffice, then read as such.

LibreOffice runs with a profile of its own, thrown away afterwards, so that
neither the user's settings nor a copy already open gets in the way; it and all
it started are ended when the time is up.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from ..errors import UnreadableDocument
from . import docx
from .document import Budget, Document
from .package import OLE_MAGIC, is_encrypted

_PROGRAMS = ("soffice", "libreoffice")
_RICH_TEXT = b"{\\rtf"
_SECTOR = 512
# How a Word stream begins, where it says whether it is encrypted, and in which versions.
_WORD_STREAM = b"\xec\xa5"
_ENCRYPTED_FLAG = 0x0100
_VERSIONS = range(0x0065, 0x0113)
# Macros stay off and links stay unread whatever the file asks for.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
</item>
</oor:items>
"""


def parse(data: bytes, budget: Budget) -> Document:
    """Read an old Word document from its bytes; its format is ``doc`` or ``rtf``."""
    if is_encrypted(data) or _is_encrypted_word(data):
        raise UnreadableDocument("input.encrypted")
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise UnreadableDocument("input.needs_libreoffice")
    suffix = "rtf" if data.startswith(_RICH_TEXT) else "doc"
    document = docx.parse(_converted(program, data, budget, suffix), budget)
    document.format = suffix
    return document


def _converted(program: str, data: bytes, budget: Budget, suffix: str) -> bytes:
    """The document as docx."""
    with tempfile.TemporaryDirectory(prefix="gongkai-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        settings = folder / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(_SETTINGS, encoding="utf-8")
        source = folder / f"source.{suffix}"
        source.write_bytes(data)
        _run(
            [
                program,
                f"-env:UserInstallation={(folder / 'profile').as_uri()}",
                "--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck",
                "--convert-to", "docx:Office Open XML Text", "--outdir", str(folder), str(source),
            ],
            budget,
        )  # fmt: skip
        target = folder / "source.docx"
        if not target.is_file():
            raise UnreadableDocument("input.conversion_failed")
        return target.read_bytes()


def _run(command: list[str], budget: Budget) -> None:
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        # A group of its own: the launcher starts others, which must end with it.
        start_new_session=True,
    )
    try:
        process.wait(timeout=budget.seconds_left)
    except subprocess.TimeoutExpired:
        budget.check()
        raise UnreadableDocument("input.too_slow", seconds=f"{budget.limits.seconds:g}") from None
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _is_encrypted_word(data: bytes) -> bool:
    """Whether the Word stream of an OLE file says that it is encrypted."""
    if not data.startswith(OLE_MAGIC):
        return False
    for at in range(_SECTOR, len(data) - 12, _SECTOR):
        if data[at : at + 2] == _WORD_STREAM:
            version = int.from_bytes(data[at + 2 : at + 4], "little")
            flags = int.from_bytes(data[at + 10 : at + 12], "little")
            if version in _VERSIONS:
                return bool(flags & _ENCRYPTED_FLAG)
    return False

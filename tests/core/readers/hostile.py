"""Bad input built in code, and a reading watched from outside for time and memory."""

from __future__ import annotations

import hashlib
import io
import json
import struct
import subprocess
import sys
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

REPORT = (
    "青听区民政局2023年政府信息公开工作年度报告",
    "一、总体情况",
    "本年度主动公开政府信息12条。",
    "二、主动公开政府信息情况",
    "见附表。",
    "五、存在的主要问题及改进情况",
    "公开还不够及时。",
)


# ── office files ──────────────────────────────────────────────────


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return stream.getvalue()


def docx(body: str = "", head: str = "", extra: Mapping[str, str | bytes] | None = None) -> bytes:
    """A Word file; ``head`` stands before the root element (a document type, say)."""
    document = f'{head}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    return packed({"word/document.xml": document, **(extra or {})})


def paragraphs(*lines: str) -> str:
    return "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)


def xlsx(rows: str = "", head: str = "", strings: str = "", tail: str = "") -> bytes:
    """A workbook of one sheet; ``tail`` stands behind its rows."""
    return packed(
        {
            "xl/workbook.xml": f'<workbook xmlns="{S}" xmlns:r="{R}"><sheets>'
            '<sheet name="年报" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": "<Relationships "
            'xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r1" Type="{R}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="r2" Type="{R}/sharedStrings" Target="sharedStrings.xml"/>'
            "</Relationships>",
            "xl/sharedStrings.xml": f'{head}<sst xmlns="{S}">{strings}</sst>',
            "xl/worksheets/sheet1.xml": f'{head}<worksheet xmlns="{S}"><sheetData>{rows}'
            f"</sheetData>{tail}</worksheet>",
        }
    )


def inline(row: int, *texts: str) -> str:
    cells = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in texts)
    return f'<row r="{row}">{cells}</row>'


def overlapping_zip(copies: int, size: int) -> bytes:
    """An archive whose entries all point at the same compressed bytes."""
    whole = packed({"word/document.xml": b" " * size})
    end = whole.rindex(b"PK\x05\x06")
    start = whole.rindex(b"PK\x01\x02")
    entry = whole[start:end]
    name = b"word/document.xml"
    entries = [entry]
    for at in range(copies - 1):
        other = f"word/media{at:07d}".encode()
        entries.append(entry.replace(name, other))
    directory = b"".join(entries)
    tail = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, copies, copies, len(directory), start, 0)
    return whole[:start] + directory + tail


def compound(*streams: str) -> bytes:
    """The outside of an OLE file: its magic and a directory that names ``streams``."""
    directory = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in streams)
    return (OLE + b"\0" * 504 + directory).ljust(4096, b"\0")


# ── PDF ───────────────────────────────────────────────────────────

_FILLING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
_ID = b"0123456789abcdef"
_ALLOWED = -44


def pdf(
    *pages: tuple[str, ...], user: str | None = None, owner: str = "owner", content: bytes = b""
) -> bytes:
    """Lines of Chinese a page; ``user`` "" encrypts for the owner only, other words for all."""
    objects: list[bytes] = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>"
        % (len(pages), b" ".join(b"%d 0 R" % (5 + 2 * at) for at in range(len(pages)))),
        b"<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/UniGB-UCS2-H"
        b"/DescendantFonts[4 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/SimSun/DW 1000"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>>>",
    ]
    for lines in pages:
        drawn = (
            content
            or b"BT/F1 12 Tf 1 0 0 1 60 780 Tm 0 -24 TD\n"
            + b"".join(
                b"<%s>Tj 0 -24 TD\n" % line.encode("utf-16-be").hex().encode() for line in lines
            )
            + b"ET"
        )
        number = len(objects) + 1
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R"
            b"/Resources<</Font<</F1 3 0 R>>>>>>" % (number + 1)
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn))
    guard = b""
    if user is not None:
        guard, key = _locks(user, owner)
        objects = [_encrypted(body, at, key) for at, body in enumerate(objects, 1)]
    return pdf_of(objects, guard)


def pdf_of(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """The objects, the first the catalogue, as a file with its table of places."""
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for at, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (at, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1, trailer, start,
    )  # fmt: skip
    return bytes(out)


def _locks(user: str, owner: str) -> tuple[bytes, bytes]:
    """The standard security handler, revision 2 (RC4, 40 bits): its dictionary and the key."""
    padded = [(word.encode() + _FILLING)[:32] for word in (user, owner)]
    owners = _rc4(hashlib.md5(padded[1]).digest()[:5], padded[0])
    key = hashlib.md5(padded[0] + owners + struct.pack("<i", _ALLOWED) + _ID).digest()[:5]
    users = _rc4(key, _FILLING)
    guard = b"/Encrypt<</Filter/Standard/V 1/R 2/P %d/O<%s>/U<%s>>>/ID[<%s><%s>]" % (
        _ALLOWED, owners.hex().encode(), users.hex().encode(),
        _ID.hex().encode(), _ID.hex().encode(),
    )  # fmt: skip
    return guard, key


def _encrypted(body: bytes, number: int, key: bytes) -> bytes:
    head, mark, rest = body.partition(b"stream\n")
    if not mark:
        return body.replace(b"(Adobe)", _string(b"Adobe", number, key)).replace(
            b"(GB1)", _string(b"GB1", number, key)
        )
    inner = rest.removesuffix(b"\nendstream")
    return head + mark + _rc4(_object_key(number, key), inner) + b"\nendstream"


def _string(text: bytes, number: int, key: bytes) -> bytes:
    return b"<" + _rc4(_object_key(number, key), text).hex().encode() + b">"


def _object_key(number: int, key: bytes) -> bytes:
    return hashlib.md5(key + struct.pack("<I", number)[:3] + b"\0\0").digest()[:10]


def _rc4(key: bytes, data: bytes) -> bytes:
    box = list(range(256))
    j = 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    out = bytearray()
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)


# ── watched ───────────────────────────────────────────────────────

_WATCHED = """
import json, resource, sys
from gongkai.core.errors import UnreadableDocument
from gongkai.core.readers import Limits, read, read_bytes
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    reading = read(sys.argv[1], Limits(**json.loads(sys.argv[2])))
    rule = ""
except UnreadableDocument as refused:
    rule = refused.rule
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps({"rule": rule, "grown": (after - before) / 1024}))
"""


def watched(path: Path, within: float = 60, **limits: float) -> dict[str, Any]:
    """Read ``path`` in a process of its own: ``rule`` it was refused with, ``grown`` in MB.

    A reader that crashes or hangs fails the test instead of ending the run.
    """
    done = subprocess.run(
        [sys.executable, "-c", _WATCHED, str(path), json.dumps(limits)],
        capture_output=True,
        text=True,
        timeout=within,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told

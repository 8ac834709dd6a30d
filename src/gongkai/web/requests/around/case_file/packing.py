"""The pieces of a file as a zip: originals in order, and the hash of each (sha256sum -c)."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime

from gongkai.web.file_names import clean_name

from .pieces import PDF, Piece

SUMS, MANIFEST = "SHA256SUMS", "manifest.json"
_ENDINGS = {
    PDF: "pdf",
    "image/jpeg": "jpg",
    "image/png": "png",
    "text/plain": "txt",
    "application/msword": "doc",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}


def pack(pieces: Sequence[Piece], number: str, at: datetime, *, with_identity: bool) -> bytes:
    """The zip; its manifest says what each file is."""
    files = list(_files(pieces))
    listed = [
        {
            "file": name,
            "part": piece.part,
            "title": piece.title,
            "number": piece.number,
            "day": piece.on.isoformat() if piece.on else None,
            "sha256": hashlib.sha256(data).hexdigest(),
            "bytes": len(data),
        }
        for name, piece, data in files
    ]
    about = {
        "request": number,
        "made_at": at.isoformat(timespec="seconds"),
        "with_identity": with_identity,
        "files": listed,
    }
    manifest = json.dumps(about, ensure_ascii=False, indent=1).encode()
    sums = [(hashlib.sha256(manifest).hexdigest(), MANIFEST)]
    sums += [(str(one["sha256"]), str(one["file"])) for one in listed]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, _, data in files:
            archive.writestr(_entry(name, at), data)
        archive.writestr(_entry(MANIFEST, at), manifest)
        archive.writestr(_entry(SUMS, at), "".join(f"{digest}  {name}\n" for digest, name in sums))
    return buffer.getvalue()


def _files(pieces: Sequence[Piece]) -> Iterator[tuple[str, Piece, bytes]]:
    for at, piece in enumerate(pieces, 1):
        stem = clean_name(f"{at:02d}-{piece.title}{'-' + piece.number if piece.number else ''}")
        ending = _ENDINGS.get(piece.media_type) or piece.name.rpartition(".")[2] or "bin"
        yield f"{stem}.{ending}", piece, piece.data
        for other, data in piece.beside.items():
            yield f"{stem}.{other}", piece, data


def _entry(name: str, at: datetime) -> zipfile.ZipInfo:
    moment = (at.year, at.month, at.day, at.hour, at.minute, at.second)
    entry = zipfile.ZipInfo(name, moment)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry

"""Somebody whose facts stand nowhere else, and a look for them in whatever a door answers."""

from __future__ import annotations

import io
import json
import subprocess
import zipfile
from urllib.parse import quote

from PIL import Image

NAME, NUMBER = "司徒澜沧", "110101199112121375"
PHONE, MAILBOX = "13912345067", "situ.lancang@example.cn"
ADDRESS = "青禾区望舒里77号2单元1903室"
AGENT = "令狐墨言"
THIRD_PARTY, THIRD_PARTY_REACHED = "拓跋云栖", "13712345068"

OF_REQUESTER = (NAME, NUMBER, PHONE, MAILBOX, ADDRESS, AGENT)
OF_THIRD_PARTY = (THIRD_PARTY, THIRD_PARTY_REACHED)


def image(shade: int) -> bytes:
    """A picture whose bytes are like no other's."""
    held = io.BytesIO()
    pixels = bytes((x * 7 + y * 13 + shade) % 256 for x in range(48) for y in range(32))
    Image.frombytes("L", (48, 32), pixels).save(held, "PNG")
    return held.getvalue()


# Proof of identity, a letter of authority, the scan of a form, a third party's answer.
IDENTITY_IMAGE, AUTHORITY_IMAGE, FORM_IMAGE, ANSWER_IMAGE = (image(n) for n in (3, 59, 101, 171))
IMAGES = {
    "身份证的图像": IDENTITY_IMAGE,
    "委托书的图像": AUTHORITY_IMAGE,
    "申请表的图像": FORM_IMAGE,
    "第三方回函的图像": ANSWER_IMAGE,
}
OF_PAPERS = tuple(IMAGES)


def told_in(data: bytes) -> set[str]:
    """Which of the facts, and of the pictures, stand in ``data``, however it is written."""
    readable = b"\n".join(_unpacked(data))
    found = {
        fact
        for fact in (*OF_REQUESTER, *OF_THIRD_PARTY)
        if any(way in readable for way in _ways(fact))
    }
    # Of a picture the middle: it is the same in whatever wraps it.
    return found | {name for name, pixels in IMAGES.items() if pixels[60:140] in readable}


def _ways(fact: str) -> set[bytes]:
    return {
        fact.encode(),
        json.dumps(fact)[1:-1].encode(),
        quote(fact).encode(),
        fact.encode("utf-16-le"),
        fact.encode("utf-16-be"),
        "".join(f"&#{ord(letter)};" for letter in fact).encode(),
    }


def _unpacked(data: bytes) -> list[bytes]:
    """``data``, and what is inside it where it is an archive or a PDF."""
    # Sealed bytes may begin like an archive by chance.
    if data.startswith(b"PK") and zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            inside = [part for name in archive.namelist() for part in _unpacked(archive.read(name))]
            return [data, *(name.encode() for name in archive.namelist()), *inside]
    if data.startswith(b"%PDF"):
        # What is no whole PDF is searched as it is.
        text = subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=False)
        # Printed words are broken into lines, and may be set apart.
        return [data, text.stdout, b"".join(text.stdout.split())]
    return [data]

"""Workbooks made for these tests with openpyxl, and parts put into them that it does not make."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping

from openpyxl import Workbook

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def book() -> Workbook:
    """A workbook of one sheet, with nothing in it that the eye does not see."""
    made = Workbook()
    made.properties.creator = ""
    made.properties.title = ""
    sheet = made.active
    assert sheet is not None
    sheet.title = "公示"
    for row in (("姓名", "社区", "金额"), ("周某某", "泉苑", 3000), ("吴某某", "竹里", 1500)):
        sheet.append(row)
    return made


def saved(made: Workbook) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def changed(
    data: bytes,
    parts: Mapping[str, str | bytes] | None = None,
    edits: Mapping[str, Callable[[str], str]] | None = None,
    relations: Mapping[str, str] | None = None,
) -> bytes:
    """The file with more ``parts``, with parts edited, and with more relations of a part."""
    told: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            told[name] = archive.read(name)
    for name, edit in (edits or {}).items():
        told[name] = edit(told[name].decode()).encode()
    for name, more in (relations or {}).items():
        given = told.get(
            name,
            b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            b"</Relationships>",
        ).decode()
        told[name] = given.replace("</Relationships>", more + "</Relationships>").encode()
    for name, content in (parts or {}).items():
        told[name] = content.encode() if isinstance(content, str) else content
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in told.items():
            archive.writestr(name, content)
    return out.getvalue()


def relation(id_: str, kind: str, target: str, external: bool = False) -> str:
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="{id_}" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'


def put_in(tag: str, inner: str) -> Callable[[str], str]:
    """Put ``inner`` behind the opening of the root element ``tag``."""
    return lambda text: re.sub(rf"(<{tag}\b[^>]*>)", lambda m: m[1] + inner, text, count=1)

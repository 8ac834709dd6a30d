"""Broken and hostile files: told or refused, never an exception of another kind."""

from __future__ import annotations

import io
import random
import re
import zipfile

import pytest
from pdf_made import in_helvetica, pages, scan
from picture_made import photograph, plain
from secrets_made import IDENTITY, rules
from word_made import p, run, table, word
from workbook_made import book, saved

from gongkai.core.readers.document import Limits
from gongkai.core.screening.hidden_data import look_into
from gongkai.core.screening.preview import first_page_png, preview_html
from gongkai.core.screening.redaction import Copy, NotRedacted, redacted_copy

_WHOLE = {
    "a.docx": word(p("正文", run("藏", "<w:vanish/>")) + table(("姓名", IDENTITY))),
    "b.xlsx": saved(book()),
    "c.pdf": pages(f"身份证 {IDENTITY} #text(fill: white)[藏]"),
    "d.pdf": scan("GONGKAI", "tel 13800001234"),
    "e.jpg": photograph("JPEG"),
    "f.png": photograph("PNG"),
    "g.webp": photograph("WEBP"),
    "h.gif": plain("GIF"),
}


def broken(data: bytes, chance: random.Random) -> bytes:
    """``data`` with a few bytes changed, lost or put in."""
    made = bytearray(data)
    for _ in range(chance.randrange(1, 9)):
        at = chance.randrange(len(made))
        match chance.randrange(3):
            case 0:
                made[at] = chance.randrange(256)
            case 1:
                del made[at : at + chance.randrange(1, 20)]
            case _:
                made[at:at] = chance.randbytes(chance.randrange(1, 8))
    return bytes(made)


def broken_inside(data: bytes, chance: random.Random) -> bytes:
    """An office file one of whose parts lost, doubled or swapped some of its markup."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice(list(parts))
    for _ in range(chance.randrange(1, 5)):
        spans = [m.span() for m in re.finditer(rb"<[^>]{1,300}>|\"[^\"]*\"", parts[name])]
        if not spans:
            break
        (start, end), (first, last) = chance.choice(spans), chance.choice(spans)
        instead = chance.choice((b"", parts[name][start:end] * 2, parts[name][first:last]))
        parts[name] = parts[name][:start] + instead + parts[name][end:]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return out.getvalue()


def copy_or_reason(data: bytes, name: str) -> Copy | str:
    """The copy, or why there is none; any other exception fails the test."""
    try:
        return redacted_copy(data, name)
    except NotRedacted as refused:
        return str(refused)


@pytest.mark.parametrize("name", _WHOLE)
def test_broken_files_are_told_or_refused(name: str) -> None:
    chance = random.Random(name)
    outcomes = set()
    for turn in range(30):
        office = _WHOLE[name].startswith(b"PK") and turn % 3
        data = (broken_inside if office else broken)(_WHOLE[name], chance)
        for found in look_into(data, name):
            assert found.rule.startswith(("hidden.", "attachment."))
        made = copy_or_reason(data, name)
        if isinstance(made, str):
            assert re.search("[一-鿿]", made)
        else:
            assert IDENTITY.encode() not in made.data
        outcomes.add(type(made))
        assert preview_html(data, name).startswith("<")
        picture = first_page_png(data, name, 60)
        assert picture is None or picture.startswith(b"\x89PNG")
    assert outcomes


def test_entities_and_document_types_are_refused() -> None:
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>"
    )
    found = look_into(word("", parts={"word/document.xml": bomb}), "a.docx")
    assert rules(found) == {"attachment.not_examined"}


def test_time_is_limited() -> None:
    data = word("".join(p(f"第 {n} 段") for n in range(3000)))
    found = look_into(data, "a.docx", Limits(seconds=0.0))
    assert rules(found) == {"attachment.not_examined"}
    assert "0 秒" in str(found[0].values["reason"])


def test_formulas_full_of_brackets_do_not_take_for_ever() -> None:
    made = book()
    made["公示"]["E1"] = "=" + "((((" * 1500 + "A1" + "'" * 3000
    made.create_sheet("底表").sheet_state = "hidden"
    assert redacted_copy(saved(made), "a.xlsx").data


def test_a_page_of_enormous_size() -> None:
    data = in_helvetica(
        "BT /F1 20 Tf 20 50 Td (seen) Tj ET 1 g 10 40 100 60 re f", box=(14000, 14000)
    )
    assert rules(look_into(data, "a.pdf")) == {"hidden.covered_text"}
    assert redacted_copy(data, "a.pdf").data

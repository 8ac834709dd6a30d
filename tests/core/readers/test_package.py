"""Office files are opened without trusting them."""

import io
import zipfile

import pytest

from gongkai.core.errors import UnreadableDocument
from gongkai.core.readers.document import Budget, Limits
from gongkai.core.readers.package import OLE_MAGIC, Package, is_encrypted


def packed(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def opened(data: bytes, limits: Limits | None = None) -> Package:
    return Package(data, Budget(limits or Limits()), "docx")


def refusal(data: bytes, part: str = "a.xml", limits: Limits | None = None) -> str:
    with pytest.raises(UnreadableDocument) as caught:
        opened(data, limits).xml(part)
    return caught.value.rule


def test_a_part_is_read_whatever_its_case_and_slashes() -> None:
    package = opened(packed({"Word\\Document.xml": b"<a>1</a>"}))
    root = package.xml("word/document.xml")
    assert root is not None
    assert root.text == "1"
    assert package.xml("word/missing.xml") is None


@pytest.mark.parametrize("keep", [0, 3, 30, 0.5, 0.9])
def test_a_truncated_file_is_damaged(keep: float) -> None:
    data = packed({"a.xml": b"<a>" + bytes(range(33, 60)) * 50 + b"</a>"})
    assert refusal(data[: int(keep if keep > 1 else keep * len(data))]) == "input.damaged"


def test_a_wrong_checksum_is_damaged() -> None:
    data = packed({"a.xml": b"<a>figure 1</a>"}, zipfile.ZIP_STORED)
    assert refusal(data.replace(b"figure 1", b"figure 7")) == "input.damaged"


def test_broken_xml_is_damaged() -> None:
    assert refusal(packed({"a.xml": b"<a><b></a>"})) == "input.damaged"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_methods_the_format_forbids_are_not_inflated(method: int) -> None:
    assert refusal(packed({"a.xml": b"<a/>"}, method)) == "input.damaged"


def test_a_bomb_is_stopped_at_the_limit_whatever_its_header_says() -> None:
    data = packed({"a.xml": b"<a>" + b" " * 5_000_000 + b"</a>"})
    entry = data.rindex(b"PK\x01\x02")
    # The directory claims 100 bytes.
    lying = data[: entry + 24] + (100).to_bytes(4, "little") + data[entry + 28 :]
    limits = Limits(unpacked_bytes=1_000_000)
    assert refusal(data, limits=limits) == "input.unpacks_too_large"
    assert refusal(lying, limits=limits) in ("input.unpacks_too_large", "input.damaged")


def test_the_limit_counts_all_parts_together() -> None:
    data = packed({"a.xml": b"<a/>" + b" " * 600, "b.xml": b"<b/>" + b" " * 600})
    package = opened(data, Limits(unpacked_bytes=1000))
    assert package.xml("a.xml") is not None
    with pytest.raises(UnreadableDocument) as caught:
        package.xml("b.xml")
    assert caught.value.rule == "input.unpacks_too_large"


def test_external_entities_are_not_followed() -> None:
    attack = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
    assert refusal(packed({"a.xml": attack})) == "input.damaged"


def test_entities_within_entities_are_not_expanded() -> None:
    laughs = b"".join(
        b'<!ENTITY l%d "%s">' % (i, b"&l%d;" % (i - 1) * 10 if i else b"ha") for i in range(20)
    )
    attack = b"<!DOCTYPE a [" + laughs + b']><a b="&l19;">&l19;</a>'
    assert refusal(packed({"a.xml": attack})) == "input.damaged"


def test_depth_beyond_any_document_is_damaged() -> None:
    attack = b"<a>" * 100_000 + b"</a>" * 100_000
    assert refusal(packed({"a.xml": attack})) == "input.damaged"


def test_an_office_file_behind_a_password_says_so() -> None:
    wrapped = OLE_MAGIC + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 500
    assert is_encrypted(wrapped)
    assert refusal(wrapped) == "input.encrypted"
    assert refusal(OLE_MAGIC + b"\0" * 900) == "input.damaged"


def test_an_encrypted_zip_entry_says_so() -> None:
    data = bytearray(packed({"a.xml": b"<a/>"}))
    data[6] |= 1
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    assert refusal(bytes(data)) == "input.encrypted"


def test_the_main_part_is_found_where_the_types_say() -> None:
    types = (
        b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        b'<Override PartName="/word/document2.xml" ContentType="application/vnd.openxmlformats-'
        b'officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    package = opened(packed({"[Content_Types].xml": types, "word/document2.xml": b"<a/>"}))
    assert package.main_part("word/document.xml") == "word/document2.xml"


def test_the_main_part_is_found_where_the_relations_say() -> None:
    relations = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="r1" Type="http://x/officeDocument" Target="w/d.xml"/></Relationships>'
    )
    package = opened(packed({"_rels/.rels": relations, "w/d.xml": b"<a/>"}))
    assert package.main_part("word/document.xml") == "w/d.xml"


def test_strict_namespaces_are_read_as_the_usual_ones() -> None:
    strict = b'<d xmlns="http://purl.oclc.org/ooxml/wordprocessingml/main"/>'
    root = opened(packed({"a.xml": strict})).xml("a.xml")
    assert root is not None
    assert root.tag == "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}d"


def test_the_time_is_kept() -> None:
    package = opened(packed({"a.xml": b"<a/>"}), Limits(seconds=-1))
    with pytest.raises(UnreadableDocument) as caught:
        package.xml("a.xml")
    assert caught.value.rule == "input.too_slow"

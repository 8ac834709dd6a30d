"""The whole file: in the order of the archive, numbered through, with and without who asked."""

from __future__ import annotations

import hashlib
import io
import json
import re
import subprocess
import zipfile
from pathlib import Path

import pikepdf
import pytest

from gongkai.web.audit.models import AuditEntry
from gongkai.web.people.models import Role
from gongkai.web.policies import Forbidden
from gongkai.web.requests.acts.add_paper import add_paper
from gongkai.web.requests.around.acts.export_file import TakenFile, export_file
from gongkai.web.requests.around.case_file.pieces import pieces_of
from gongkai.web.requests.models import DisclosureRequest, IdentityView, PaperKind
from gongkai.web.requests.papers import put
from tests.web.requests.acts.conftest import ADDRESS, MAILBOX, NAME, NUMBER, PHONE

from .conftest import Desk, pdf

pytestmark = pytest.mark.django_db
PARTS = ["一、申请", "三、过程文书", "四、审批件", "五、答复", "六、送达凭证", "七、其他"]


def taken(desk: Desk, case: DisclosureRequest, form: str, *, with_identity: bool) -> TakenFile:
    return export_file(desk.clerk, case, form, "交法院", with_identity=with_identity)


def words_of(data: bytes, folder: Path) -> str:
    file = folder / "file.pdf"
    file.write_bytes(data)
    done = subprocess.run(
        ["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True
    )
    return done.stdout


def test_the_pieces_stand_in_the_order_of_the_archive(whole_case: DisclosureRequest) -> None:
    pieces = pieces_of(whole_case, reveal=True)
    parts = list(dict.fromkeys(piece.part for piece in pieces))
    assert parts == PARTS
    titles = [piece.title for piece in pieces]
    assert titles[:3] == ["政府信息公开申请登记表", "申请表", "身份证明"]
    assert titles[-2:] == ["办理经过", "期限账"]
    assert [p.number for p in pieces if p.part == "五、答复"] == ["听公开〔2025〕2号"]


def test_one_pdf_with_contents_and_numbers_through(
    desk: Desk, whole_case: DisclosureRequest, tmp_path: Path
) -> None:
    file = taken(desk, whole_case, "pdf", with_identity=True)
    pieces = pieces_of(whole_case, reveal=True)
    with pikepdf.open(io.BytesIO(file.data)) as whole:
        pages = len(whole.pages)
        with whole.open_outline() as outline:
            names = [str(item.title) for item in outline.root]
    assert names[0] == "卷内目录"
    assert len(names) == len(pieces) + 1
    text = words_of(file.data, tmp_path)
    sheets = text.split("\f")[:-1]
    assert len(sheets) == pages
    for number, page in enumerate(sheets, 1):
        assert f"{number} / {pages}" in page
    # The contents name the page on which each piece is.
    front = re.sub(r"\s", "", "".join(sheets[:2]))
    assert "听公开申〔2025〕1号卷内目录" in front
    at = next(n for n, page in enumerate(sheets, 1) if "request form" in page)
    assert re.search(rf"2一、申请申请表—20\d\d-\d\d-\d\d{at}3", front), front
    assert NAME in text
    assert NUMBER in text
    assert "第三十六条" in text


def test_without_identity_nobody_is_named(
    desk: Desk, whole_case: DisclosureRequest, tmp_path: Path
) -> None:
    file = taken(desk, whole_case, "pdf", with_identity=False)
    text = words_of(file.data, tmp_path)
    for secret in (NAME, NUMBER, PHONE, MAILBOX, ADDRESS, "request form"):
        assert secret not in re.sub(r"\s", "", text)
    assert "欧***" in text
    assert "这一卷不附" in text
    assert "没有查到" in text
    assert NAME not in file.name
    packed = taken(desk, whole_case, "zip", with_identity=False)
    with zipfile.ZipFile(io.BytesIO(packed.data)) as archive:
        for name in archive.namelist():
            assert NAME not in name
            data = archive.read(name)
            said = words_of(data, tmp_path) if name.endswith(".pdf") else data.decode()
            assert NAME not in said


def test_the_zip_holds_originals_and_their_hashes(
    desk: Desk, whole_case: DisclosureRequest, tmp_path: Path
) -> None:
    file = taken(desk, whole_case, "zip", with_identity=True)
    (tmp_path / "file.zip").write_bytes(file.data)
    with zipfile.ZipFile(tmp_path / "file.zip") as archive:
        archive.extractall(tmp_path / "file")
        names = archive.namelist()
    assert [name for name in names if name.endswith(".docx")]
    assert [name for name in names if name.endswith(".jpg")]
    done = subprocess.run(
        ["sha256sum", "-c", "SHA256SUMS"], cwd=tmp_path / "file", capture_output=True, check=False
    )
    assert done.returncode == 0, done.stdout
    manifest = json.loads((tmp_path / "file" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["request"] == whole_case.number
    assert len(manifest["files"]) == len(names) - 2
    original = next(p for p in whole_case.papers.all() if p.kind == PaperKind.REQUEST)
    assert original.digest in {one["sha256"] for one in manifest["files"]}
    assert hashlib.sha256(pdf("request form")).hexdigest() == original.digest


def test_each_taking_is_kept(desk: Desk, whole_case: DisclosureRequest) -> None:
    taken(desk, whole_case, "zip", with_identity=False)
    assert not IdentityView.objects.filter(what__startswith="整卷").exists()
    export_file(desk.clerk, whole_case, "zip", f"给{NAME}的案子用", with_identity=True)
    lines = AuditEntry.objects.filter(act="request.export_file").order_by("number")
    assert [line.after["with_identity"] for line in lines] == [False, True]
    assert NAME not in lines[1].reason
    assert IdentityView.objects.get(what__startswith="整卷").person == desk.clerk.person


@pytest.mark.parametrize("role", [Role.AUTHOR, Role.APPROVER, Role.COMPETENT_DEPARTMENT])
def test_only_the_disclosure_office_takes_it(
    desk: Desk, whole_case: DisclosureRequest, role: Role
) -> None:
    with pytest.raises(Forbidden):
        export_file(desk.who(role), whole_case, "zip", "看看", with_identity=False)
    with pytest.raises(Forbidden, match="写明整卷给谁"):
        export_file(desk.clerk, whole_case, "zip", " ", with_identity=False)


def test_a_locked_or_damaged_paper_costs_its_own_pages_only(
    desk: Desk, whole_case: DisclosureRequest, tmp_path: Path
) -> None:
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf("secret"))) as plain:
        plain.save(buffer, encryption=pikepdf.Encryption(owner="a", user="b"))

    put(
        whole_case, PaperKind.ASSESSMENT, "评估.pdf", buffer.getvalue(), "application/pdf", "",
        desk.clerk.person, False,
    )  # fmt: skip
    put(
        whole_case, PaperKind.OTHER, "坏.jpg", b"\xff\xd8\xff broken", "image/jpeg", "",
        desk.clerk.person, False,
    )  # fmt: skip
    text = words_of(taken(desk, whole_case, "pdf", with_identity=True).data, tmp_path)
    assert text.count("原件加了密码或者已经损坏") == 2
    assert "没有查到" in text


def test_a_word_file_is_named_and_packed(
    desk: Desk, whole_case: DisclosureRequest, tmp_path: Path
) -> None:
    from gongkai.core.letters import Paragraph
    from gongkai.core.writers import letter_docx
    from gongkai.web.requests.around.case_file.sheets import sheet

    data = letter_docx.render(sheet("风险评估", Paragraph("没有风险。")))
    add_paper(desk.clerk, whole_case, PaperKind.ASSESSMENT, "风险评估.docx", data)
    text = words_of(taken(desk, whole_case, "pdf", with_identity=True).data, tmp_path)
    assert "原件是 docx 文件（风险评估.docx）" in text
    packed = taken(desk, whole_case, "zip", with_identity=True)
    with zipfile.ZipFile(io.BytesIO(packed.data)) as archive:
        assert any(archive.read(name) == data for name in archive.namelist())

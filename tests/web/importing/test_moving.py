"""A whole file moved in: what is public afterwards, what is told, and going on after a stop."""

from __future__ import annotations

import base64
import csv
import io
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image

from gongkai.web import filestore
from gongkai.web.audit.models import AuditEntry
from gongkai.web.disclosure.models import Attachment, InformationItem, State
from gongkai.web.importing import crew, moving, rows
from gongkai.web.importing.moving import Moved, move_in
from gongkai.web.people.models import Person
from gongkai.web.publication.models import Change, Publication, PublishedFile, TextFingerprint
from gongkai.web.publication.search import find, words_of
from tests.web.conftest import Office

from . import killers

pytestmark = pytest.mark.django_db

_HEADINGS = ("标题", "发布日期", "原网址", "法定项目", "正文", "附件")
_TEXT = (
    "为规范既有住宅加装电梯资金补助的申请审核和拨付，保障业主合法权益，结合本区实际制定本办法。" * 3
)


def picture() -> bytes:
    """A small PNG."""
    written = io.BytesIO()
    Image.new("RGB", (40, 20), "#16456e").save(written, "png")
    return written.getvalue()


def row(number: int, body: str = "", attachments: str = "", **other: str) -> dict[str, str]:
    """A good row."""
    return {
        "标题": f"第{number}批补助名单",
        "发布日期": f"2019-05-{number % 28 + 1:02d} 10:30",
        "原网址": f"http://old.example/art/{number}.html",
        "法定项目": "20-7",
        "正文": body or f"<p>第{number}批。{_TEXT}</p>",
        "附件": attachments,
        **other,
    }


def write_csv(path: Path, given: Sequence[dict[str, str]], encoding: str = "utf-8-sig") -> Path:
    """The rows as a file."""
    headings = list(dict.fromkeys([*_HEADINGS, *(key for one in given for key in one)]))
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, headings)
        writer.writeheader()
        writer.writerows(given)
    return path


def write_json(path: Path, given: Sequence[Any]) -> Path:
    """The rows as JSON lines."""
    path.write_text("\n".join(json.dumps(one) for one in given), "utf-8")
    return path


def told(path: Path) -> list[dict[str, str]]:
    """What a report says."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def moved(source: Path, office: Office, files: Path | None = None) -> Moved:
    """The file moved in for the street, with one process beside."""
    return move_in(source, office.street, files, processes=1)


def test_an_item_keeps_its_day_its_address_and_its_words(
    client: Client, office: Office, tmp_path: Path
) -> None:
    source = write_csv(
        tmp_path / "old.csv",
        [
            row(
                3,
                '<div style="color:red"><script>x</script><p onclick="x">经<b>审核</b></p></div>',
                种类="行政规范性文件",
                成文日期="2019年5月1日",
                发文字号="青政规〔2019〕3号",
                有效性="废止",
                废止日期="2024-02-01",
                废止依据="青政规〔2024〕1号",
                关键词="电梯 补助",
            )
        ],
    )
    assert moved(source, office).entered == 1
    item = InformationItem.objects.get()
    assert item.state == State.PUBLISHED
    assert item.former_address == "http://old.example/art/3.html"
    public = Publication.objects.get()
    assert public.pk == item.pk
    assert public.published_at == item.first_published_at
    assert f"{public.published_at:%Y-%m-%d %H:%M %Z}" == "2019-05-04 02:30 UTC"
    assert (public.year, public.made_on) == (2019, date(2019, 5, 1))
    assert public.body_html == "<p>经<strong>审核</strong></p>"
    assert public.validity == "repealed"
    assert public.keywords == ["电梯", "补助"]
    assert public.issuer == office.street.name
    assert public.facts["former_address"] == item.former_address
    assert public.index_number == "QH0401-2019-00001"
    page = client.get(settings.MOUNT + public.path)
    assert page.status_code == 200
    assert "2019-05-04" in page.content.decode()
    author = Person.objects.get(username="former-site")
    assert not author.is_active
    assert not author.has_usable_password()


def test_it_is_found_and_its_pages_are_to_be_baked(office: Office, tmp_path: Path) -> None:
    moved(write_csv(tmp_path / "old.csv", [row(n) for n in range(1, 8)]), office)
    assert find(words_of("第5批补助")).count == 1
    assert find(words_of("加装电梯")).count == 7
    assert TextFingerprint.objects.filter(publication__title="第5批补助名单").exists()
    assert Change.objects.filter(scope="site").count() == 1
    (entry,) = AuditEntry.objects.filter(act="item.import")
    assert entry.after["count"] == 7
    assert entry.subject_name == office.street.name


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_run_twice_it_changes_nothing(office: Office, tmp_path: Path, encoding: str) -> None:
    source = write_csv(tmp_path / "old.csv", [row(n) for n in range(1, 6)], encoding)
    assert (moved(source, office).entered, InformationItem.objects.count()) == (5, 5)
    before = list(Publication.objects.values())
    again = moved(source, office)
    assert (again.entered, again.known, again.refused) == (0, 5, 0)
    assert list(Publication.objects.values()) == before


def test_stopped_it_goes_on_where_it_ended(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moving, "_BATCH", 4)
    monkeypatch.setattr(moving, "_CHUNK", 2)
    source = write_csv(tmp_path / "old.csv", [row(n) for n in range(1, 12)])
    seen: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        seen.append((done, total))
        if done == 6:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        move_in(source, office.street, watcher=stop, processes=1)
    entered = Publication.objects.count()
    assert 0 < entered < 11
    assert entered % 4 == 0
    assert seen[-1] == (6, 11)
    rest = moved(source, office)
    assert (rest.known, rest.entered) == (entered, 11 - entered)
    assert Publication.objects.count() == 11
    numbers = Publication.objects.values_list("index_number", flat=True)
    assert len(set(numbers)) == 11


def test_refused_rows_can_be_put_right_and_imported(office: Office, tmp_path: Path) -> None:
    source = write_csv(
        tmp_path / "old.csv",
        [
            row(1),
            row(2, 发布日期="去年"),
            row(3, 标题=""),
            row(1),
            row(5, 索引号="A-1"),
            row(6, 索引号="A-1"),
        ],
    )
    done = moved(source, office)
    assert (done.entered, done.refused) == (2, 4)
    refused = told(done.refused_path)
    assert [(r["行号"], r["没有收的原因"][:8]) for r in refused] == [
        ("3", "发布日期“去年”"),
        ("4", "没有标题"),
        ("5", "原网址和第 2 "),
        ("7", "索引号“A-1”"),
    ]
    for one in refused:
        one.update(发布日期="2019-01-01", 标题=one["标题"] or "标题", 索引号="")
    refused.pop(2)
    mended = moved(write_csv(tmp_path / "mended.csv", refused), office)
    assert (mended.entered, mended.refused) == (3, 0)
    assert not mended.refused_path.exists()


def test_json_lines_with_rows_that_are_none(office: Office, tmp_path: Path) -> None:
    good = {"title": "通知", "published_at": "2020-01-02", "url": "old/1", "body_html": "<p>正</p>"}
    source = write_json(
        tmp_path / "old.jsonl",
        [
            {**good, "statutory": "20-1", "clicks": 7},
            ["x"],
            {**good, "url": "old/2", "title": "\ud800"},
        ],
    )
    with source.open("a", encoding="utf-8") as file:
        file.write('\n{"title": \n\n')
    done = moved(source, office)
    assert (done.entered, done.refused) == (1, 3)
    reasons = [r["没有收的原因"] for r in told(done.refused_path)]
    assert "应是一个 JSON 对象：{…}" in reasons
    assert any("不是完整的 JSON" in reason for reason in reasons)
    assert any("不完整的字符" in reason for reason in reasons)


def test_files_come_along_and_the_text_names_them(
    client: Client, office: Office, tmp_path: Path
) -> None:
    folder = tmp_path / "files"
    (folder / "upload").mkdir(parents=True)
    (folder / "upload" / "流程图.png").write_bytes(picture())
    (folder / "upload" / "1.png").write_bytes(picture())
    (tmp_path / "secret.png").write_bytes(picture())
    body = (
        '<p>见<img src="/upload/%E6%B5%81%E7%A8%8B%E5%9B%BE.png" alt="办理流程">和'
        "<a href='../upload/1.png'>附件</a>，<a href=\"/page.html\">旧页</a>，"
        f'<img src="data:image/png;base64,{base64.b64encode(picture()).decode()}"></p>'
        '<p><img src="/upload/missing.png"></p>'
    )
    done = moved(write_csv(tmp_path / "old.csv", [row(1, body, "upload/1.png")]), office, folder)
    assert done.entered == 1
    files = list(PublishedFile.objects.order_by("position"))
    assert [(f.name, f.inline, f.description) for f in files] == [
        ("1.png", False, ""),
        ("流程图.png", True, "办理流程"),
        ("image1.png", True, ""),
    ]
    for file in files:
        assert filestore.read(file.digest) == picture()
        sent = client.get(f"{settings.MOUNT}{file.path}")
        assert b"".join(sent.streaming_content) == picture()
    html = Publication.objects.get().body_html
    assert 'src="attachment:2" alt="办理流程"' in html
    assert 'href="attachment:1"' in html
    assert 'href="http://old.example/page.html"' in html
    (look,) = told(done.look_path)
    assert "图片 1 张：没有随文字带来" in look["要看什么"]
    assert "1 处链接指向原网站" in look["要看什么"]
    assert "图片 1 张没有文字说明" in look["要看什么"]
    assert Attachment.objects.filter(original__digest=files[0].digest).count() == 3


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("../secret.png", "不在 --files 的文件夹里"),
        ("/etc/passwd", "读不到"),
        ("nothing.pdf", "读不到"),
        ("old.doc", "不能收"),
    ],
)
def test_a_row_whose_file_cannot_come_is_refused_whole(
    office: Office, tmp_path: Path, path: str, why: str
) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    (tmp_path / "secret.png").write_bytes(picture())
    (folder / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000)
    done = moved(write_csv(tmp_path / "old.csv", [row(1, attachments=path)]), office, folder)
    assert (done.entered, done.refused) == (0, 1)
    assert why in told(done.refused_path)[0]["没有收的原因"]
    assert not PublishedFile.objects.exists()


def test_a_link_out_of_the_folder_is_not_followed(office: Office, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    (tmp_path / "secret.png").write_bytes(picture())
    (folder / "in.png").symlink_to(tmp_path / "secret.png")
    body = '<p>正文<img src="/../secret.png"><img src="/in.png"></p>'
    assert moved(write_csv(tmp_path / "old.csv", [row(1, body)]), office, folder).entered == 1
    assert not PublishedFile.objects.exists()


def test_personal_numbers_are_taken_and_told(office: Office, tmp_path: Path) -> None:
    body = "<p>张三 11010519491231002X，电话 13800138000、13900139000</p>"
    source = write_csv(tmp_path / "old.csv", [row(1, body), row(2)])
    done = moved(source, office)
    assert (done.entered, done.to_look_at) == (2, 1)
    (look,) = told(done.look_path)
    assert look["要看什么"] == "文中有身份证号码 1 个；文中有手机号码 2 个"
    assert look["索引号"] == Publication.objects.get(title__startswith="第1批").index_number
    assert "1949" not in done.look_path.read_text("utf-8")
    # The list is kept: what is entered is not looked at again.
    assert moved(source, office).to_look_at == 0
    assert len(told(done.look_path)) == 1


def test_numbers_of_the_former_site_are_kept_and_never_given_again(
    office: Office, tmp_path: Path
) -> None:
    taken = row(1, 索引号="QH0401-2019-00002")
    moved(write_csv(tmp_path / "old.csv", [taken, row(2), row(3)]), office)
    numbers = Publication.objects.order_by("pk").values_list("index_number", flat=True)
    assert list(numbers) == ["QH0401-2019-00002", "QH0401-2019-00001", "QH0401-2019-00003"]


def test_a_row_that_kills_its_process_is_refused_and_no_other(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crew, "_limited", killers.limited)
    monkeypatch.setattr(crew, "_apart", killers.apart)
    monkeypatch.setattr(moving, "_CHUNK", 3)
    done = moved(write_csv(tmp_path / "old.csv", [row(n) for n in range(1, 9)]), office)
    assert (done.entered, done.refused) == (7, 1)
    (refused,) = told(done.refused_path)
    assert refused["标题"] == "第2批补助名单"
    assert "程序崩溃" in refused["没有收的原因"]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "文件是空的"),
        ("标题,正文\n".encode(), "表头缺少：发布日期"),
        ("标题,title,发布日期,原网址\n".encode(), "title 有两列"),
        (b"\xff\xfe" + b"a\x81\xff" * 50, "表头缺少"),
    ],
)
def test_a_file_that_is_no_export(office: Office, tmp_path: Path, content: bytes, why: str) -> None:
    source = tmp_path / "old.csv"
    source.write_bytes(content)
    with pytest.raises(rows.NotAnExport, match=why):
        moved(source, office)


def test_one_at_a_time(office: Office, tmp_path: Path) -> None:
    source = write_csv(tmp_path / "old.csv", [row(1)])
    with moving.hold(Path(settings.DATA) / "import.lock"), pytest.raises(moving.Busy):
        moved(source, office)

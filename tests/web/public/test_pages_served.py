"""What the application sends: the same bytes as are baked, modes, files, and what it refuses."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from gongkai.web import filestore
from gongkai.web.public import assets, pages
from gongkai.web.publication.models import PublishedFile

from .conftest import Region
from .publishing import public_file, publish, take_back

MOUNT = "/zwgk/zfxxgk/"


@pytest.mark.parametrize(
    "path", ["index.html", "item/2025/1.html", "qh0401/statutory/20-7/list-1.html"]
)
def test_the_application_sends_the_bytes_that_are_baked(
    region: Region, client: Client, path: str
) -> None:
    response = client.get(MOUNT + path)
    page = pages.render(path)
    assert page is not None
    assert response.status_code == 200
    assert response.content == page.body
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "default-src 'self'" in response.headers["Content-Security-Policy"]
    assert "sessionid" not in response.cookies


@pytest.mark.parametrize(
    ("asked", "path"),
    [("", "index.html"), ("qh0401/", "qh0401/index.html"), ("documents/", "documents/index.html")],
)
def test_a_folder_opens_with_its_first_page(
    region: Region, client: Client, asked: str, path: str
) -> None:
    page = pages.render(path)
    assert page is not None
    assert client.get(MOUNT + asked).content == page.body


def test_a_folder_without_its_slash_leads_to_the_folder(region: Region, client: Client) -> None:
    response = client.get(f"{MOUNT}qh0401/statutory")
    assert response.status_code == 301
    assert response.headers["Location"] == f"{MOUNT}qh0401/statutory/"


@pytest.mark.parametrize(
    "path", ["nobody/", "item/2026/4.htm", "a/b/c/d.html", "files/1/nothing.pdf", "assets/x.css"]
)
def test_an_address_that_leads_to_nothing_says_so_with_links_that_lead_somewhere(
    region: Region, client: Client, path: str
) -> None:
    response = client.get(MOUNT + path)
    assert response.status_code == 404
    text = response.content.decode()
    assert "没有这一页" in text
    up = "../" * path.count("/")
    assert f'href="{up}index.html"' in text
    assert f'href="{up}sitemap.html"' in text


def test_a_copy_that_is_still_the_same_is_not_sent_again(region: Region, client: Client) -> None:
    first = client.get(f"{MOUNT}item/2025/1.html")
    etag = first.headers["ETag"]
    assert first.headers["Last-Modified"] == "Tue, 06 May 2025 01:30:00 GMT"
    again = client.get(f"{MOUNT}item/2025/1.html", headers={"If-None-Match": etag})
    assert again.status_code == 304
    assert not again.content
    take_back(2)  # its interpretation: the item itself is as old as before
    changed = client.get(
        f"{MOUNT}item/2025/1.html",
        headers={"If-None-Match": etag, "If-Modified-Since": first.headers["Last-Modified"]},
    )
    assert changed.status_code == 200
    assert changed.headers["ETag"] != etag


def test_a_withdrawn_item_is_gone_for_the_application_too(region: Region, client: Client) -> None:
    file = PublishedFile.objects.get(publication=1, name="申请表.docx")
    etag = client.get(f"{MOUNT}item/2025/1.html").headers["ETag"]
    take_back(1)
    response = client.get(f"{MOUNT}item/2025/1.html", headers={"If-None-Match": etag})
    assert response.status_code == 410
    assert "已撤回" in response.content.decode()
    assert response.headers["Cache-Control"] == "no-cache"
    assert client.get(MOUNT + quote(file.path)).status_code == 404


def test_modes_are_kept_and_written_into_the_page(region: Region, client: Client) -> None:
    path = f"{MOUNT}qh0401/index.html"
    chosen = client.get(f"{path}?size=large&contrast=high")
    assert chosen.status_code == 302
    assert chosen.headers["Location"] == path
    assert chosen.cookies["gk_size"].value == "large"
    assert chosen.cookies["gk_size"]["max-age"] == 365 * 24 * 3600
    shown = client.get(path)
    assert b'<html lang="zh-CN" data-size="large" data-contrast="high">' in shown.content
    assert shown.headers["Vary"] == "Cookie"
    client.get(f"{path}?size=normal")
    assert b'<html lang="zh-CN" data-contrast="high">' in client.get(path).content


def test_a_mode_nobody_knows_is_no_mode(region: Region, client: Client) -> None:
    response = client.get(f"{MOUNT}index.html?size=%22huge")
    assert response.status_code == 200
    assert "gk_size" not in response.cookies


def test_files_are_opened_or_handed_over_and_only_those_that_are_public(
    region: Region, client: Client
) -> None:
    paper = client.get(MOUNT + quote("files/1/听泉街道加装电梯补助办法.pdf"))
    assert paper.status_code == 200
    assert paper.headers["Content-Type"] == "application/pdf"
    assert paper.headers["Content-Disposition"].startswith("inline;")
    assert paper.headers["X-Content-Type-Options"] == "nosniff"
    assert b"".join(paper) == b"%PDF-1.4 x"
    form = client.get(MOUNT + quote("files/1/申请表.docx"))
    assert form.headers["Content-Disposition"].startswith("attachment;")
    assert quote("申请表.docx") in form.headers["Content-Disposition"]
    assert b"".join(form) == b"PK"
    same = client.get(
        MOUNT + quote("files/1/申请表.docx"), headers={"If-None-Match": form.headers["ETag"]}
    )
    assert same.status_code == 304
    # In the store and not published: not there, by whatever name.
    digest = filestore.put(b"an original that was redacted")
    for name in (digest, f"..%2F{digest}", "申请表.doc"):
        assert client.get(f"{MOUNT}files/1/{name}").status_code == 404
    assert client.get(MOUNT + quote("files/2/申请表.docx")).status_code == 404


def test_a_page_that_could_run_is_handed_over_not_opened(region: Region, client: Client) -> None:
    for number, (name, media_type) in enumerate(
        [
            ("页.html", "text/html"),
            ("图.svg", "image/svg+xml"),
            ("页.xhtml", "application/xhtml+xml"),
        ]
    ):
        file = public_file(name, media_type=media_type)
        publish(region.office.street, 950 + number, files=(file,))
        response = client.get(MOUNT + quote(f"files/{950 + number}/{name}"))
        assert response.headers["Content-Disposition"].startswith("attachment;")
        assert b"".join(response)


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_pages_are_only_read(region: Region, client: Client, method: str) -> None:
    for path in ("index.html", "files/1/x.pdf", "assets/public.css"):
        assert getattr(client, method)(MOUNT + path).status_code == 405


def test_stylesheets_and_script_are_sent(client: Client, db: None) -> None:
    for path in assets.asset_paths():
        response = client.get(MOUNT + path)
        source = assets.source_of(path)
        assert source is not None
        assert response.content == source.read_bytes()
    assert (
        client.get(f"{MOUNT}assets/public.js").headers["Content-Type"].startswith("text/javascript")
    )
    assert client.get(f"{MOUNT}assets/desk.css").status_code == 404


def test_the_host_site_gives_head_foot_and_colours(
    region: Region, settings: Settings, tmp_path: Path, client: Client
) -> None:
    (tmp_path / "header.html").write_text("<header>宿主页头</header>", encoding="utf-8")
    (tmp_path / "footer.html").write_text("<footer>宿主页脚</footer>", encoding="utf-8")
    (tmp_path / "host.css").write_text("html:root { --gk-brand: #7a1f1f }", encoding="utf-8")
    settings.HOST_FILES = tmp_path
    text = client.get(f"{MOUNT}qh0401/index.html").content.decode()
    ours = text.index('<div class="gk">')
    assert text.index("<header>宿主页头</header>") < ours
    assert text.index("<footer>宿主页脚</footer>") > text.index("</main>")
    assert "gk-host" not in text
    assert text.index("../assets/host.css") < text.index("../assets/gongkai.css")
    assert 'href="../sitemap.html"' in text
    assert client.get(f"{MOUNT}assets/host.css").content.startswith(b"html:root")
    assert "assets/host.css" in set(assets.asset_paths())
    (tmp_path / "header.html").write_text("<header>新页头</header>", encoding="utf-8")
    assert "宿主页头" not in client.get(f"{MOUNT}index.html").content.decode()


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("item/2025/1.html", 6),
        ("item/2026/100.html", 6),
        ("index.html", 9),
        ("qh0401/index.html", 9),
        ("qh0401/statutory/20-7/index.html", 8),
        ("qh0401/statutory/20-7/list-1.html", 6),
        ("qh0401/guide.html", 8),
        ("qh0401/standards.html", 8),
        ("qh0401/annual/index.html", 6),
        ("annual/index.html", 4),
        ("statutory/20-7/index.html", 4),
        ("documents/index.html", 12),
        ("sitemap.html", 3),
    ],
)
def test_a_page_asks_the_database_few_things(
    region: Region, django_assert_max_num_queries: DjangoAssertNumQueries, path: str, most: int
) -> None:
    with django_assert_max_num_queries(most):
        assert pages.render(path) is not None

"""The shipped nginx configuration, tried with nginx itself in front of a baked site."""

from __future__ import annotations

import gzip
import http.client
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote

import pytest

from gongkai.web.agencies.models import Agency
from gongkai.web.public import bake
from gongkai.web.security import POLICY
from tests.web.public.publishing import public_file, publish, take_back

ROOT = Path(__file__).parents[3]
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
MOUNT = "/zwgk/zfxxgk/"

pytestmark = [pytest.mark.django_db, pytest.mark.once]


class Application(BaseHTTPRequestHandler):
    """Stands for the application: says what it was asked, and by whom."""

    def do_GET(self) -> None:
        said = f"application {self.path} {self.headers.get('X-Forwarded-For')}".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *arguments: object) -> None:
        """Nothing to the terminal."""


class Web:
    """What a browser sees of nginx."""

    def __init__(self, port: int) -> None:
        self._port = port

    def get(self, path: str, **headers: str) -> tuple[int, http.client.HTTPMessage, bytes]:
        """Status, headers and body of an address."""
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=10)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", path, headers=sent)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, answer.headers, body

    def page(self, path: str, **headers: str) -> tuple[int, http.client.HTTPMessage, bytes]:
        """The same below the mount."""
        return self.get(MOUNT + quote(path), **headers)


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@pytest.fixture
def web(site: Path, few: Agency) -> Iterator[Web]:
    """nginx with the shipped configuration, told only our folder and ports."""
    if NGINX is None:
        pytest.skip("nginx is not installed (apt-get install nginx-light)")
    bake.bake_all()
    application = ThreadingHTTPServer(("127.0.0.1", 0), Application)
    threading.Thread(target=application.serve_forever, daemon=True).start()
    port, data = free_port(), site.parent
    for folder in (data, *data.parents):
        # Its workers run as a user of their own; the folders of tests are closed to others.
        if folder.stat().st_mode & 0o011 != 0o011 and folder != Path("/"):
            folder.chmod(folder.stat().st_mode | 0o011)
    shipped = (ROOT / "deploy/nginx.conf").read_text(encoding="utf-8")
    for ours, theirs in (
        (str(data), "/var/lib/gongkai"),
        (f"listen 127.0.0.1:{port};", "listen 80;"),
        (f"server 127.0.0.1:{application.server_port};", "server 127.0.0.1:8000;"),
    ):
        assert theirs in shipped
        shipped = shipped.replace(theirs, ours)
    temporary = "".join(
        f"{name}_temp_path {data}/nginx-{name}; "
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (data / "server.conf").write_text(shipped, encoding="utf-8")
    (data / "nginx.conf").write_text(
        f"pid {data}/nginx.pid; error_log {data}/error.log; daemon off; worker_processes 1;\n"
        f"events {{}}\nhttp {{ include /etc/nginx/mime.types; access_log off; {temporary}\n"
        f"include {data}/server.conf; }}\n",
        encoding="utf-8",
    )
    nginx = subprocess.Popen([NGINX, "-c", str(data / "nginx.conf")], stderr=subprocess.PIPE)
    try:
        until = time.monotonic() + 20
        while not listens(port):
            assert nginx.poll() is None, nginx.communicate()[1].decode()
            assert time.monotonic() < until
            time.sleep(0.05)
        yield Web(port)
    finally:
        nginx.terminate()
        nginx.communicate()
        application.shutdown()
        application.server_close()


def listens(port: int) -> bool:
    """Whether somebody listens there."""
    with socket.socket() as asked:
        return asked.connect_ex(("127.0.0.1", port)) == 0


def test_pages_come_from_the_files_with_the_headers_they_need(web: Web, site: Path) -> None:
    for path in ("", "index.html"):
        status, headers, body = web.page(path)
        assert (status, body) == (200, (site / "index.html").read_bytes())
        assert headers["Content-Type"] == "text/html; charset=utf-8"
        assert headers["Content-Security-Policy"] == POLICY
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "no-cache"


def test_a_browser_that_can_gets_the_compressed_twin(web: Web, site: Path) -> None:
    _, headers, body = web.page("index.html", Accept_Encoding="gzip")
    assert headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in headers["Vary"]
    assert body == (site / "index.html.gz").read_bytes()
    assert gzip.decompress(body) == (site / "index.html").read_bytes()
    assert web.page("index.html.gz")[0] == 404


def test_a_browser_that_has_it_is_told_so(web: Web) -> None:
    etag = web.page("index.html")[1]["ETag"]
    status, _, body = web.page("index.html", If_None_Match=etag)
    assert (status, body) == (304, b"")


def soon(holds: Callable[[], bool]) -> bool:
    """Whether it holds within the second that nginx keeps files open, and one more."""
    until = time.monotonic() + 2.5
    while not holds() and time.monotonic() < until:
        time.sleep(0.1)
    return holds()


def test_what_is_withdrawn_answers_410_with_the_notice(web: Web, few: Agency, site: Path) -> None:
    publish(few, 8, "名单", files=(public_file("名单.pdf", b"%PDF secret"),))
    bake.bake_changes()
    status, headers, _ = web.page("item/2026/8.html")
    assert status == 200
    assert web.page("files/8/名单.pdf")[2] == b"%PDF secret"
    take_back(8, "名单有误。")
    bake.bake_changes()
    assert soon(lambda: web.page("item/2026/8.html")[0] == 410)
    assert soon(lambda: web.page("files/8/名单.pdf")[0] == 404)
    for accepts in ("gzip", "identity"):
        status, headers, body = web.page(
            "item/2026/8.html", If_None_Match=headers["ETag"], Accept_Encoding=accepts
        )
        text = gzip.decompress(body) if accepts == "gzip" else body
        assert (status, "名单有误。".encode() in text) == (410, True)
        assert headers["Content-Type"] == "text/html; charset=utf-8"
        assert headers["X-Robots-Tag"] == "noindex"
        assert headers["Content-Security-Policy"] == POLICY
    assert web.page("item/2026/8.html.gone")[0] == 404


def test_wrong_addresses_get_our_own_page(web: Web) -> None:
    for path in ("item/2026/999.html", "files/9/none.pdf", "nowhere", "item/", "../secret.key"):
        status, _, body = web.get(MOUNT + path)
        assert status == 404, path
        if not path.startswith(".."):
            assert "没有这一页".encode() in body, path


def test_nothing_of_the_data_folder_is_within_reach(web: Web, site: Path) -> None:
    (site.parent / "secret.key").write_text("key")
    for path in (
        f"{MOUNT}../secret.key",
        f"{MOUNT}%2e%2e/secret.key",
        f"{MOUNT}files/../../secret.key",
        f"{MOUNT}files/..%2f..%2fsecret.key",
        f"{MOUNT[:-1]}../secret.key",
        "/secret.key",
    ):
        status, _, body = web.get(path)
        assert status in (400, 404), path
        assert body != b"key"


def test_attachments_are_handed_over_and_never_run(web: Web, few: Agency) -> None:
    names = ("表 一.xlsx", "网页.html", "图.svg", "文.pdf", "图.PNG", "包.tar.gz")
    publish(few, 8, files=tuple(public_file(name, name.encode()) for name in names))
    bake.bake_changes()
    shown = {}
    for name in names:
        status, headers, body = web.page(f"files/8/{name}", Accept_Encoding="gzip")
        assert (status, body) == (200, name.encode())
        assert headers["X-Content-Type-Options"] == "nosniff"
        shown[name] = headers["Content-Disposition"]
    opened = [name for name, disposition in shown.items() if disposition is None]
    assert opened == ["文.pdf", "图.PNG"]
    assert set(shown.values()) == {None, "attachment"}


def test_open_data_may_be_read_by_pages_of_other_sites(web: Web, site: Path) -> None:
    file = site / "open-data/annual-reports/2025/figures.csv"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"1,2\n")
    status, headers, body = web.page("open-data/annual-reports/2025/figures.csv")
    assert (status, body) == (200, b"1,2\n")
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert headers["Content-Type"] == "text/csv; charset=utf-8"
    status, _, body = web.page("open-data/annual-reports/2019/figures.csv")
    assert (status, "没有这一页".encode() in body) == (404, True)


PASSED = (
    f"{MOUNT}search?q=%E5%85%AC%E5%BC%80",
    f"{MOUNT}search/feed.xml?q=x",
    f"{MOUNT}search/compare",
    f"{MOUNT}api/items",
    f"{MOUNT}appraisal/1/",
    "/desk/",
    "/desk/people/sign-in",
    "/first-run/",
    "/static/desk.css",
    "/healthz",
)


def test_what_needs_the_application_is_passed_to_it_and_nothing_else(web: Web) -> None:
    for path in PASSED:
        status, _, body = web.get(path, X_Forwarded_For="6.6.6.6")
        # The header of a stranger is replaced: it could say anything.
        assert (status, body.decode()) == (200, f"application {path} 127.0.0.1")
    for path in (f"{MOUNT}index.html", f"{MOUNT}none", "/other", "/admin/"):
        assert not web.get(path)[2].startswith(b"application"), path


def test_the_root_leads_to_the_platform(web: Web) -> None:
    status, headers, _ = web.get("/")
    assert (status, headers["Location"]) == (302, MOUNT)

"""Somebody who asks over the network: a session of its own at a platform that runs elsewhere."""

from __future__ import annotations

import re
import socket
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

import requests
from django.conf import settings

from .asking.conftest import WHAT, WHO
from .secrets_told import ADDRESS, IDENTITY_IMAGE, MAILBOX, NAME, NUMBER, PHONE

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
_CHECKED = re.compile(r'name="checked" value="(\w+)"')
_DIGITS = "零一二三四五六七八九"
_SUM = re.compile(rf"算一道加法：([{_DIGITS}])加([{_DIGITS}])")
_SUM_TOKEN = re.compile(r'name="token" value="([^"]+)"')
_NUMBER = re.compile(r"<strong>([^<]+〕\d+号)</strong>")
_CODE = re.compile(r'id="code">([\w-]+)<')
_SECONDS = 30
FACTS = {
    "name": NAME, "document_number": NUMBER, "phone": PHONE, "mailbox": MAILBOX, "address": ADDRESS,
}  # fmt: skip


@dataclass(frozen=True)
class Receipt:
    """What the page of the receipt says."""

    number: str
    code: str


@dataclass
class Asker:
    """A browser without script; ``form`` is what the last page would send."""

    address: str
    agency: str = "qh0401"
    session: requests.Session = field(default_factory=requests.Session)
    form: dict[str, str] = field(default_factory=dict)

    def fill_in(self, told: str = "") -> None:
        """All but the last button."""
        self._send("what", {**WHAT, "description": f"{WHAT['description']}{told}"})
        self._send("who", {**WHO, **FACTS}, {"identity": ("身份证.png", IDENTITY_IMAGE)})
        self.ready()

    def ready(self) -> None:
        """Before the button 提交申请."""
        page = self._page("check")
        checked = _CHECKED.search(page)
        assert checked, page
        self.form = {"checked": checked[1], "csrfmiddlewaretoken": self._token(page)}
        asked, token = _SUM.search(page), _SUM_TOKEN.search(page)
        if asked and token:
            total = sum(map(_DIGITS.index, asked.groups()))
            self.form |= {"answer": str(total), "token": token[1]}

    def submit(self) -> bool:
        """Press it, with the sum where one is asked for: whether the platform says it has it."""
        for _ in range(2):
            answer = self.session.post(
                self._at("check"), self.form, allow_redirects=False, timeout=_SECONDS
            )
            if answer.status_code == 302:
                return answer.headers["Location"].endswith("/receipt/")
            assert answer.status_code == 422, answer.text
            self.ready()
        return False

    def submit_and_hang_up(self, *, half: bool = False) -> None:
        """Send it, or half of it, and be gone before the answer comes."""
        body = urlencode(self.form).encode()
        place = urlsplit(self._at("check"))
        cookies = "; ".join(f"{one.name}={one.value}" for one in self.session.cookies)
        head = (
            f"POST {place.path} HTTP/1.1\r\nHost: {place.netloc}\r\nCookie: {cookies}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
            f"Connection: close\r\n\r\n"
        )
        with socket.create_connection((str(place.hostname), place.port or 80), _SECONDS) as line:
            line.sendall(head.encode() + (body[: len(body) // 2] if half else body))

    def receipt(self) -> Receipt | None:
        """The receipt; None where there is none."""
        answer = self.session.get(self._at("receipt"), allow_redirects=False, timeout=_SECONDS)
        if answer.status_code != 200:
            return None
        number, code = _NUMBER.search(answer.text), _CODE.search(answer.text)
        assert number, answer.text
        assert code, answer.text
        return Receipt(number[1], code[1])

    def opens(self, receipt: Receipt) -> bool:
        """Whether its code leads to the case of its number."""
        fresh = requests.Session()
        door = f"{self.address}{settings.MOUNT}ask/progress/"
        token = self._token(fresh.get(door, timeout=_SECONDS).text)
        sent = {"code": receipt.code, "csrfmiddlewaretoken": token}
        page = fresh.post(door, sent, timeout=_SECONDS)
        return page.url.endswith("/progress/case/") and receipt.number in page.text

    def _send(
        self, step: str, given: dict[str, str], files: dict[str, tuple[str, bytes]] | None = None
    ) -> None:
        sent = {**given, "csrfmiddlewaretoken": self._token(self._page(step))}
        answer = self.session.post(
            self._at(step), sent, files=files, allow_redirects=False, timeout=_SECONDS
        )
        assert answer.status_code == 302, answer.text

    def _page(self, step: str) -> str:
        answer = self.session.get(self._at(step), timeout=_SECONDS)
        assert answer.status_code == 200, answer.text
        return answer.text

    def _at(self, step: str) -> str:
        return f"{self.address}{settings.MOUNT}ask/to/{self.agency}/{step}/"

    @staticmethod
    def _token(page: str) -> str:
        found = _TOKEN.search(page)
        assert found, page
        return found[1]

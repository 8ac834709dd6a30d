"""Links of an item: those that cannot work by their form, and those found dead.

What an address says by itself is judged here: scripts, files on somebody's own
computer, addresses of an inner network, addresses that are none.  Whether a page
answers is asked by the platform, which hands the answers in; an address nobody
has asked is not called good or bad.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from ipaddress import ip_address

from .placed_text import PICTURE, PlacedText
from .spotted import Sighting


@dataclass(frozen=True, slots=True)
class Visit:
    """What came of asking for an address: the status of the answer, None where none came."""

    status: int | None
    on: date


@dataclass(frozen=True, slots=True)
class Link:
    """An address in a body: where its words stand, and whether it is a picture or the like."""

    address: str
    words: str
    start: int
    end: int
    embedded: bool


_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*")
_HOST = re.compile(r"(?:[^@]*@)?(\[[0-9A-Fa-f:.]+\]|[^:\[\]@]*)(?::\d*)?")
_NAME = re.compile(r"(?:[A-Za-z0-9_\u00b7-\uffef-]+\.)*[A-Za-z0-9_\u00b7-\uffef-]+\.?")
_SIGN = re.compile(r"[，。；：、！？（）《》“”‘’【】\u3000]")
_TEMPORARY = re.compile(
    r"msohtmlclip|ksohtml|wps(?:images|clip)|appdata[\\/]local|[\\/]temp[\\/]|clip_image\d+\.", re.I
)
_ANSWERS_BUT_REFUSES = {401, 403, 405, 406, 407, 408, 425, 429, 451}
_INNER = (".local", ".lan", ".localdomain", ".internal", ".intranet", ".corp", ".home")
_OWN_COMPUTER = {"file", "cid", "blob", "mhtml", "ms-word", "ms-excel", "wps", "filesystem", "res"}
_SCRIPTS = {"javascript", "vbscript", "livescript"}


def links(placed: PlacedText) -> tuple[Link, ...]:
    """Every address in the body, in the order of the page."""
    found = []
    for node, start, end in placed.elements:
        for name in ("href", "src", "data", "poster"):
            given = node.get(name)
            if given is None or (name == "data" and node.tag != "object"):
                continue
            words = " ".join(placed.text[start:end].replace(PICTURE, " ").split())
            embedded = name != "href"
            # Browsers drop line ends and tabs in an address.
            address = re.sub(r"[\n\r\t]", "", given).strip()
            found.append(Link(address, words, start, end, embedded))
    return tuple(found)


def addresses(placed: PlacedText) -> tuple[str, ...]:
    """The addresses that the platform should ask for, each once."""
    return tuple(
        dict.fromkeys(
            link.address
            for link in links(placed)
            if re.match(r"https?://", link.address, re.I) and not fault(link.address, link.embedded)
        )
    )


def broken_links(placed: PlacedText, visits: Mapping[str, Visit]) -> Iterator[Sighting]:
    """Links that cannot work, and links that did not."""
    anchors = {
        name
        for node in placed.root.iter("*")
        for name in (node.get("id"), node.get("name"))
        if name
    }
    for link in links(placed):
        rule = fault(link.address, link.embedded)
        if link.address.startswith("#") and link.address[1:] in {*anchors, "top"}:
            continue
        visit = visits.get(link.address)
        if not rule and visit is not None:
            rule = rule_of_answer(visit.status)
        if rule:
            shown = link.words or ("图片" if link.embedded else link.address) or "没有文字的链接"
            yield Sighting(
                f"screening.{rule}",
                link.start,
                link.end,
                shown[:60],
                link.address,
                values={
                    "address": link.address[:200],
                    "status": visit.status if visit else None,
                    "on": f"{visit.on:%Y-%m-%d}" if visit else "",
                },
            )


def fault(address: str, embedded: bool) -> str:
    """Which rule an address breaks by its form, ``""`` where none."""
    if not address or address.startswith("#") or address.lower() == "about:blank":
        return "link_nowhere"
    if re.match(r"[A-Za-z]:[\\/]|\\\\", address) or _TEMPORARY.search(address):
        return "link_local"
    head, colon, rest = address.partition(":")
    if not (colon and _SCHEME.fullmatch(head)):
        head, rest = "", address
    scheme = head.lower()
    authority = re.split(r"[/?#]", rest[2:])[0] if rest.startswith("//") else None
    if scheme in _SCRIPTS or (scheme == "data" and not embedded):
        return "link_script"
    if scheme in _OWN_COMPUTER:
        return "link_local"
    if scheme in ("http", "https", "ftp") or (not scheme and authority is not None):
        return _host_fault(authority, address)
    looks_like_one = "." in scheme or re.match(r"https?\W|https?$|www\.", address, re.I)
    return "link_malformed" if looks_like_one else ""


def _host_fault(authority: str | None, address: str) -> str:
    match = _HOST.fullmatch(authority or "")
    host = match[1] if match else ""
    if not host or re.search(r"\s|https?:?/*$", host, re.I) or _SIGN.search(host):
        return "link_malformed"
    if re.search(r"\s|[，。；）》”’】]$", address) or "\\" in address:
        return "link_malformed"
    try:
        return "" if ip_address(host.strip("[]")).is_global else "link_private"
    except ValueError:
        pass
    name = host.rstrip(".").lower()
    if not _NAME.fullmatch(host) or re.fullmatch(r"[\d.]+", name):
        return "link_malformed"
    return "link_private" if "." not in name or name.endswith(_INNER) else ""


def rule_of_answer(status: int | None) -> str:
    """Which rule an answer breaks, ``""`` where none: no answer, a refusal, no such page."""
    if status is None:
        return "link_unreachable"
    if status in _ANSWERS_BUT_REFUSES or status >= 500:
        return "link_refused"
    return "link_dead" if status >= 400 else ""

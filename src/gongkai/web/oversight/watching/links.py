"""Links in what is public: within the site by our own tables, to other sites by asking politely.

A link within the site is dead where no page, item or file stands; nobody is asked.  An address
of another site is asked only where the region says so, one after another with a pause for each
host, never within our own network, and is called dead only after failing on several days.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import unquote, urlsplit

from django.conf import settings

from gongkai.core.finding import Finding
from gongkai.core.rules import find
from gongkai.web.public import pages
from gongkai.web.publication.models import Publication, PublishedFile, Withdrawal

from .items import of_item
from .looking import look_at_texts
from .models import LinkTry, TextLook
from .terms import Found, Looked, Reach, Terms
from .trying import failed_with, try_addresses

_AT_ONCE = 500
# Below the mount, and no pages: forms, search and interfaces of the application.
_APPLICATION = ("ask/", "search", "assets/", "api/")
_Linking = tuple[int, int, str, list[str]]


def watch_links(reach: Reach, terms: Terms) -> Looked:
    """Every link of every public text."""
    look_at_texts(reach, terms)
    looks = TextLook.objects.filter(
        reach.of_item("publication", "publication__agency"), links_count__gt=0
    )
    linking: list[_Linking] = list(
        looks.values_list("publication", "publication__agency", "publication__title", "links")
    )
    named = {address for *_, addresses in linking for address in addresses}
    ours = Ours()
    outside = [a for a in named if a.startswith("http") and ours.path_of(a) is None]
    try_addresses(outside, terms)
    found = [*_inside(linking, ours, terms), *_outside(linking, outside, terms)]
    return Looked(sum(len(addresses) for *_, addresses in linking), found)


@dataclass
class Ours:
    """What stands below the mount, by our own tables."""

    _rendered: dict[str, bool] = field(default_factory=dict)

    @cached_property
    def items(self) -> set[str]:
        """The addresses of everything published."""
        rows = Publication.objects.order_by().values_list("year", "number")
        return {f"item/{year}/{number}.html" for year, number in rows.iterator(chunk_size=5_000)}

    def path_of(self, address: str) -> str | None:
        """The path below the mount; None for what is not ours to judge."""
        parts = urlsplit(address)
        own = urlsplit(settings.ORIGIN).netloc
        if parts.netloc and parts.netloc != own:
            return None
        path = unquote(parts.path)
        return path.removeprefix(settings.MOUNT) if path.startswith(settings.MOUNT) else None

    def why_not(self, path: str) -> str | None:
        """Why nothing stands at ``path``, in words (perhaps none); None where something does."""
        if path.startswith(_APPLICATION):
            return None
        if path.startswith("item/"):
            if path in self.items:
                return None
            gone = Withdrawal.objects.filter(pk=_number(path)).first()
            return "，信息已撤回" if gone is not None and gone.path == path else ""
        if path.startswith("files/"):
            number, _, name = path.removeprefix("files/").partition("/")
            known = number.isdigit() and PublishedFile.objects.filter(
                publication=int(number), name=name
            )
            return None if known and known.exists() else ""
        if path and not path.endswith(("/", ".html")):
            # A feed, a table of open data: not pages, and not told from here.
            return None
        if path not in self._rendered:
            page = path if path.endswith(".html") else f"{path}index.html"
            self._rendered[path] = pages.render(page) is not None
        return None if self._rendered[path] else ""


def _inside(linking: Iterable[_Linking], ours: Ours, terms: Terms) -> Iterator[Found]:
    linking = list(linking)
    shown = _files_of(
        number for number, *_, links in linking if any(a.startswith("attachment:") for a in links)
    )
    for number, agency, title, addresses in linking:
        for address in addresses:
            if address.startswith("attachment:"):
                known = address.removeprefix("attachment:") in shown.get(number, set())
                why = None if known else "，附件没有公开"
            else:
                path = ours.path_of(address)
                why = ours.why_not(path) if path is not None else None
            if why is not None:
                told = find("watch.inside_link_dead", title=title, address=address[:200], why=why)
                yield _of_link(told, number, agency, title, address, terms)


def _files_of(numbers: Iterable[int]) -> dict[int, set[str]]:
    """What each text may call its files."""
    every = list(numbers)
    found: dict[int, set[str]] = {}
    for start in range(0, len(every), _AT_ONCE):
        some = PublishedFile.objects.filter(publication__in=every[start : start + _AT_ONCE])
        for number, reference, name in some.values_list("publication", "reference", "name"):
            found.setdefault(number, set()).add(reference or name)
    return found


def _outside(linking: Iterable[_Linking], outside: Iterable[str], terms: Terms) -> Iterator[Found]:
    if not terms.region["visit_links"]:
        return
    every = list(outside)
    dead: dict[str, LinkTry] = {}
    for start in range(0, len(every), _AT_ONCE):
        some = LinkTry.objects.filter(
            address__in=every[start : start + _AT_ONCE],
            failures__gte=terms.region["link_failures"],
        )
        dead.update((one.address, one) for one in some)
    for number, agency, title, addresses in linking:
        for address in addresses:
            if (one := dead.get(address)) is not None:
                told = find(
                    "watch.link_dead",
                    title=title,
                    address=address[:200],
                    days=one.failures,
                    on=one.tried_on.isoformat() if one.tried_on else "",
                    status=failed_with(one.status),
                )
                yield _of_link(told, number, agency, title, address, terms)


def _of_link(
    told: Finding, number: int, agency: int, title: str, address: str, terms: Terms
) -> Found:
    return of_item(told, number, agency, title, terms, f"link:{address}"[:250], address=address)


def _number(path: str) -> int:
    digits = path.rpartition("/")[2].removesuffix(".html")
    return int(digits) if digits.isdigit() and len(digits) < 19 else 0

"""Every address of the public site, and the relative link from one page to another.

Addresses here are paths below the mount (``qh0401/statutory/20-7/index.html``).  Links in
pages are relative, so that the same files work under any mount, on any host and from a disk.
"""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote

from gongkai.web.agencies.models import RESERVED_SLUGS

HOME = "index.html"
# Asking online and its progress: pages of the application, never baked.
ASK = "ask/"
ACCESSIBILITY = "accessibility.html"
AGENCIES = "links.html"
ANNUAL = "annual/index.html"
DOCUMENTS = "documents/"
FIGURES = "annual/figures/index.html"
RATES = "annual/figures/rates.html"
GUIDES = "guide/index.html"
REQUEST = "request.html"
RULES = "rules/"
SEARCH = "search"
# Any two reports side by side: of the application, never baked, found like a search.
COMPARE = "search/compare"
SITEMAP = "sitemap.html"
STATUTORY = "statutory/index.html"
THEMES = "themes/index.html"
# The feed of what a folder lists, beside its pages.
FEED, ATOM = "feed.xml", "atom.xml"
# What begins an address that is the region's own.
RESERVED = RESERVED_SLUGS


def index_of(folder: str) -> str:
    """The page that a folder (ending with a slash) opens with."""
    return f"{folder}index.html"


def feed_in(folder: str) -> str:
    """The feed of what a folder lists."""
    return f"{folder}{FEED}"


def archive_of(folder: str, number: int) -> str:
    """An older page of the list in a folder; 1 is the oldest."""
    return f"{folder}list-{number}.html"


def agency_home(slug: str) -> str:
    """The page an agency's column opens with."""
    return f"{slug}/index.html"


def guide_of(slug: str) -> str:
    """The guide (指南) of an agency."""
    return f"{slug}/guide.html"


def request_of(slug: str) -> str:
    """How to ask an agency (依申请公开)."""
    return f"{slug}/request.html"


def ask_of(slug: str) -> str:
    """Where an agency is asked online."""
    return f"{ASK}to/{slug}/"


def standards_of(slug: str) -> str:
    """The standard catalogue of an agency."""
    return f"{slug}/standards.html"


def powers_of(slug: str) -> str:
    """The list of powers and duties (权责清单) of an agency."""
    return f"{slug}/powers.html"


def annual_of(slug: str) -> str:
    """The annual reports of an agency."""
    return f"{slug}/annual/index.html"


def figures_of(slug: str) -> str:
    """The figures of an agency's annual reports over the years."""
    return f"{slug}/annual/figures.html"


def figures_of_year(slug: str, year: int) -> str:
    """The figures of an agency's annual report of one year."""
    return f"{slug}/annual/{year}.html"


def figures_in(year: int, view: str) -> str:
    """The figures of all agencies in one year: a section of them, or another order."""
    return f"annual/figures/{year}/{view}.html"


def statutory_of(slug: str) -> str:
    """The statutory content of an agency, by item."""
    return f"{slug}/statutory/index.html"


def agency_folder(slug: str) -> str:
    """The folder of an agency's own list: everything it published (for a body without columns)."""
    return f"{slug}/"


def rules_folder(slug: str = "") -> str:
    """The folder of the rules (制度) of an agency, or of all."""
    return f"{slug}/rules/" if slug else RULES


def statutory_folder(code: str, slug: str = "") -> str:
    """The folder of a statutory item of an agency, or of all."""
    return f"{slug}/statutory/{code}/" if slug else f"statutory/{code}/"


def theme_folder(theme: str) -> str:
    """The folder of a theme (主题分类)."""
    return f"themes/{theme}/"


def documents_folder(part: str = "") -> str:
    """The folder of the library of normative documents, or of one part of it."""
    return f"{DOCUMENTS}{part}/" if part else DOCUMENTS


@lru_cache(maxsize=8192)
def relative(source: str, target: str) -> str:
    """The link from the page at ``source`` to ``target``, both below the mount."""
    address, separator, fragment = target.partition("#")
    folder, parts = source.split("/")[:-1], address.split("/")
    same = 0
    while same < min(len(folder), len(parts) - 1) and folder[same] == parts[same]:
        same += 1
    up = "../" * (len(folder) - same)
    return up + (quote("/".join(parts[same:])) or ("" if up else "./")) + separator + fragment

"""The text of an item as its page shows it: pictures and files by their public addresses."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from gongkai.core.bodies import render_body
from gongkai.web.publication.models import Publication, PublishedFile

from . import links


def body_of(
    item: Publication, files: Sequence[PublishedFile], path: str, own_domain: str = ""
) -> SafeString:
    """The text of ``item`` for the page at ``path``; links to ``own_domain`` do not leave.

    Only files that are public are named; what the text shows and is not public has no address.
    """
    known = {file.reference or file.name: file.path for file in files}

    def link(reference: str) -> str | None:
        target = known.get(reference)
        return links.relative(path, target) if target else None

    own = [host for host in (urlsplit(settings.ORIGIN).hostname, own_domain) if host]
    # Sanitised when it was written (core.bodies.clean), and written anew by render_body.
    return mark_safe(render_body(item.body_html, link, own_hosts=own))

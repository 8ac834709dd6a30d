"""Attachments that are gone, are no longer what was published, or do not open."""

from __future__ import annotations

from gongkai.core.rules import find
from gongkai.web.publication.models import PublishedFile

from .items import of_item
from .looking_at_files import CHANGED, LOST, look_at_files
from .models import FileLook
from .opening import UNOPENABLE
from .terms import Found, Looked, Reach, Terms

_RULES = {
    LOST: "watch.attachment_lost",
    CHANGED: "watch.attachment_changed",
    UNOPENABLE: "watch.attachment_unopenable",
}
# More than so many at once is a store that is gone, which gongkai doctor tells.
_MOST = 5_000


def watch_files(reach: Reach, terms: Terms) -> Looked:
    """Every file that is public."""
    look_at_files(reach, terms)
    wrong = {one.digest: one for one in FileLook.objects.exclude(trouble="").defer("found")}
    public = PublishedFile.objects.filter(reach.of_item("publication", "publication__agency"))
    found: list[Found] = []
    for file in public.filter(digest__in=list(wrong)[:_MOST]).select_related("publication__agency"):
        look, item = wrong[file.digest], file.publication
        told = find(_RULES[look.trouble], title=item.title, name=file.name, why=look.why)
        part = f"file:{file.digest[:16]}"
        found.append(of_item(told, item.pk, item.agency_id, item.title, terms, part))
    return Looked(public.count(), found)

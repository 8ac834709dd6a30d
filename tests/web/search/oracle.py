"""What a search must find: a plain scan of everything, in Python."""

from __future__ import annotations

from gongkai.core.bigrams import normal
from gongkai.core.bodies import plain_text
from gongkai.web.publication.models import Publication
from gongkai.web.publication.search import words_of


def scan(query: str) -> list[int]:
    """The numbers of all publications that hold every word, the newest first."""
    words = words_of(query)
    found = []
    for item in Publication.objects.order_by("-order_key"):
        fields = [
            normal(field)
            for field in (
                item.title,
                item.document_number,
                item.index_number,
                item.summary,
                plain_text(item.body_html),
            )
        ]
        if all(any(word in field for field in fields) for word in words):
            found.append(item.pk)
    return found

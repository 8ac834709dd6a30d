"""Published items that a draft may repeat, for its check before the secrecy review.

The same information published twice, or under two numbers, misleads whoever reads it; what
another agency published long ago may since have been repealed.
"""

from __future__ import annotations

from django.conf import settings

from gongkai.core.bodies import plain_text
from gongkai.core.screening import Published
from gongkai.web.publication.likeness import worth_reading

from .models import ItemVersion


def alike(version: ItemVersion) -> list[Published]:
    """The published items worth comparing with ``version``; its own earlier release is none."""
    return [
        Published(
            address=settings.MOUNT + publication.path,
            title=publication.title,
            text=plain_text(publication.body_html),
        )
        for publication in worth_reading(plain_text(version.body_html), but=version.item_id)
    ]

"""Looks into public texts: what was looked into by the same words is not looked into again.

A text is known by its publication and version, since every change makes a new version; the words
and rules by a mark of them all.  Kept after every batch, so that a look cut off goes on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from importlib.metadata import version as version_of
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from gongkai.core.bodies.addresses import ATTACHMENT
from gongkai.core.screening import Spotted, WordList, screen, text_with_places
from gongkai.core.screening.links import fault, links
from gongkai.web.publication.models import Publication
from gongkai.web.registers.words import word_lists

from .models import TextLook
from .terms import Reach, Terms

_AT_ONCE = 100
# Of the check before release; what only concerns a draft is left out.
PERSONAL_NUMBERS = {"screening.identity_number": "身份证号码", "screening.bank_card": "银行卡号"}
PERHAPS_PERSONAL = {
    "screening.identity_number_mistyped": "写明是身份证号、校验位不对的",
    "screening.old_identity_number": "像 15 位旧身份证号码的",
    "screening.passport_number": "护照号码",
    "screening.mobile_number": "手机号码",
    "screening.home_address": "家庭住址",
    "screening.birth_date": "出生日期",
    "screening.health": "健康情况",
    "screening.guardian": "监护人信息",
}
FORBIDDEN_WORD = "screening.word_forbidden"
LISTED_WORDS = frozenset({"screening.word_misspelt", "screening.word_outdated"})
_KEPT = {*PERSONAL_NUMBERS, *PERHAPS_PERSONAL, FORBIDDEN_WORD, *LISTED_WORDS}


def mark_of(lists: Sequence[WordList]) -> str:
    """What changes when words or rules do."""
    said = repr((version_of("gongkai"), sorted(_KEPT), lists))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def look_at_texts(reach: Reach, terms: Terms) -> int:
    """Look into every public text not yet looked into; how many there were."""
    lists = word_lists()
    mark = mark_of(lists)
    public = Publication.objects.filter(reach.of_item()).order_by()
    known = Q(look__mark=mark, look__version=F("version"))
    waiting = list(
        public.filter(~known | Q(look__isnull=True)).values_list("pk", flat=True).distinct()
    )
    for start in range(0, len(waiting), _AT_ONCE):
        terms.tell(f"用词和个人信息 {start:,} / {len(waiting):,}")
        some = Publication.objects.filter(pk__in=waiting[start : start + _AT_ONCE])
        looks = [
            _look(text, lists, mark, terms)
            for text in some.only("number", "title", "body_html", "version")
        ]
        _keep(looks)
    return len(waiting)


def _look(text: Publication, lists: Sequence[WordList], mark: str, terms: Terms) -> TextLook:
    spots = screen(text.title, text.body_html, lists, terms.today)
    found = [_kept(spot) for spot in spots if spot.rule in _KEPT]
    placed = text_with_places(text.body_html)
    addresses = [
        link.address
        for link in links(placed)
        if (
            link.address.startswith(("http://", "https://", "/"))
            or ATTACHMENT.fullmatch(link.address)
        )
        # What cannot be an address, or is one within some office, is nobody's to ask.
        and not fault(link.address, link.embedded)
    ]
    return TextLook(
        publication_id=text.pk,
        version=text.version,
        mark=mark,
        found=found,
        links=list(dict.fromkeys(addresses)),
        found_count=len(found),
        links_count=len(addresses),
    )


def _kept(spot: Spotted) -> dict[str, Any]:
    return {
        "rule": spot.rule,
        "place": spot.place,
        "quote": spot.quote,
        "fingerprint": spot.fingerprint,
        "replacement": spot.values.get("replacement", ""),
        "reason": spot.values.get("reason", ""),
    }


@transaction.atomic
def _keep(looks: Iterable[TextLook]) -> None:
    kept = list(looks)
    # What was withdrawn meanwhile is gone.
    public = set(
        Publication.objects.filter(pk__in=[one.pk for one in kept]).values_list("pk", flat=True)
    )
    TextLook.objects.bulk_create(
        [one for one in kept if one.pk in public],
        update_conflicts=True,
        unique_fields=["publication"],
        update_fields=["version", "mark", "found", "links", "found_count", "links_count"],
    )

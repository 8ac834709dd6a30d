"""Documents past their term and still shown as in force, and documents without interpretation."""

from __future__ import annotations

from django.db.models import Exists, OuterRef
from django.utils import timezone

from gongkai.core.catalogue import Validity
from gongkai.core.rules import find
from gongkai.core.watching.items import judge_interpretation
from gongkai.web.disclosure.models import InformationItem
from gongkai.web.public.validity import stand_of
from gongkai.web.publication.models import Publication, Relation, Tie

from .items import of_item
from .terms import Found, Looked, Reach, Terms

_HOLDING = (Validity.IN_FORCE.value, Validity.AMENDED.value, Validity.PENDING.value)
_NEEDED = (
    "number", "agency", "kind", "title", "published_at", "made_on", "effective_on", "expires_on",
    "validity", "validity_note", "facts",
)  # fmt: skip


def watch_validity(reach: Reach, terms: Terms) -> Looked:
    """Past their last day, extensions counted, and shown as holding."""
    documents = Publication.objects.filter(reach.of_item(), kind="normative_document")
    over = documents.filter(expires_on__lt=terms.today, validity__in=("", *_HOLDING))
    found = []
    for document in over.only(*_NEEDED):
        stand = stand_of(document, terms.today)
        if stand is None or stand.validity is not Validity.LAPSED:
            continue
        told = find(
            "watch.lapsed_in_force",
            title=document.title,
            expires_on=f"{document.expires_on:%Y-%m-%d}",
            validity=document.get_validity_display() or "空白",
        )
        found.append(of_item(told, document.pk, document.agency_id, document.title, terms))
    return Looked(documents.count(), found)


def watch_interpretations(reach: Reach, terms: Terms) -> Looked:
    """Documents that hold and that nothing public interprets."""
    documents = Publication.objects.filter(
        reach.of_item(), kind="normative_document", validity__in=_HOLDING
    )
    interpreted = Relation.objects.filter(right=OuterRef("pk"), tie=Tie.INTERPRETS)
    wanted = InformationItem.objects.filter(pk=OuterRef("pk"), interpretation_due=True)
    bare = documents.filter(~Exists(interpreted)).annotate(wanted=Exists(wanted))
    found: list[Found] = []
    for number, agency, title, at, due in bare.order_by().values_list(
        "number", "agency", "title", "published_at", "wanted"
    ):
        limit = terms.limits(agency)["interpretation_days"]
        on = timezone.localdate(at)
        told = judge_interpretation(title, on, due, terms.days, limit, terms.today)
        if told is not None:
            found.append(of_item(told, number, agency, title, terms))
    return Looked(documents.count(), found)

"""What went wrong and somebody should look at: failed checks, lost files, items past their day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from gongkai.web.disclosure.models import UNDER_REVIEW, InformationItem, Screening, State
from gongkai.web.policies import Actor
from gongkai.web.requests.forms.board import late_today
from gongkai.web.requests.models import DisclosureRequest


@dataclass(frozen=True)
class Wrong:
    """One trouble and where to mend it."""

    what: str
    note: str
    address: str


def troubles_of(actor: Actor, today: date) -> list[Wrong]:
    """What went wrong on the records that this person works with."""
    agencies = actor.agencies("item.read")
    found = []
    failed = Screening.objects.filter(
        version__item__agency__in=agencies, version__item__state__in=UNDER_REVIEW
    ).exclude(failures=[])
    for screening in failed.select_related("version__item__current")[:10]:
        item = screening.version.item
        found.append(
            Wrong(
                f"“{item}”有没检查成的",
                "；".join(screening.failures),
                reverse("disclosure:item", args=[item.pk]),
            )
        )
    late = InformationItem.objects.filter(
        agency__in=agencies, first_published_at=None, due_on__lt=today
    ).exclude(state__in=(State.DISCARDED, State.KEPT))
    count = late.count()
    if count:
        found.append(
            Wrong(
                f"{count} 条信息超过 20 个工作日没有公开",
                "条例第二十六条",
                reverse("disclosure:list") + "?late=on",
            )
        )
    requests = DisclosureRequest.objects.filter(
        late_today(today), agency__in=actor.agencies("request.read")
    ).count()
    if requests:
        found.append(
            Wrong(
                f"{requests} 件申请超过答复期限没有答复",
                "条例第三十三条",
                reverse("requests:board") + "?late=on",
            )
        )
    return found

"""Acts: ask agencies for their report (催报), and write to them by mail."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import urlencode

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from gongkai.web.agencies.models import Agency
from gongkai.web.audit.record import Subject, record
from gongkai.web.policies import Actor, Forbidden
from gongkai.web.requests.around.sending import NotSent, write_to

from ..due import Dues
from ..models import Chase, Submission, SubmissionState


@transaction.atomic
def chase(actor: Actor, agencies: Iterable[Agency], year: int, note: str = "") -> list[Chase]:
    """Ask agencies for the report of ``year``; those that have submitted it are left alone."""
    chased = []
    for agency in agencies:
        who = actor.require("report.collect", agency)
        sent = Submission.objects.filter(version__report__agency=agency, version__report__year=year)
        last = sent.order_by("-pk").first()
        if last is not None and last.state != SubmissionState.RETURNED:
            continue
        chased.append(
            Chase.objects.create(agency=agency, year=year, by=actor.person, note=note[:300])
        )
        record("report.chase", _subject(agency), who, reason=note, after={"year": year})
    if not chased:
        raise Forbidden("选中的机关都已经报送，不用催。")
    return chased


def mail(actor: Actor, chases: Sequence[Chase]) -> None:
    """Write to the mailbox of each agency; where none went, the row says why.

    A server that is away is asked once: the others would wait for it in vain.
    """
    dues = Dues({one.year for one in chases})
    away = ""
    for one in chases:
        why = away or ("" if one.agency.mailbox else "没有登记电子邮箱")
        if not why:
            try:
                write_to(one.agency.mailbox, f"催报：{one.year}年度报告", _letter(one, dues))
            except NotSent as failure:
                why = away = str(failure)
        one.mailed_to, one.not_mailed = ("" if why else one.agency.mailbox), why[:200]
        with transaction.atomic():
            one.save(update_fields=["mailed_to", "not_mailed"])
            record(
                "report.mail_chase",
                _subject(one.agency),
                actor.require("report.collect", one.agency),
                reason=one.not_mailed,
                after={"mailed_to": one.mailed_to, "year": one.year},
            )


def _letter(one: Chase, dues: Dues) -> str:
    due = dues.of(one.agency, one.year)
    lines = [
        f"{one.agency.name}：",
        f"{one.year}年政府信息公开工作年度报告还没有收到，"
        f"应于{due.on.month}月{due.on.day}日前报送（{due.basis}）。",
        one.note,
        f"{one.by.name}　{one.at:%Y-%m-%d}",
        settings.ORIGIN
        + reverse("reports:calendar")
        + "?"
        + urlencode({"agency": one.agency.code, "year": one.year}),
    ]
    return "\n\n".join(filter(None, lines)) + "\n"


def _subject(agency: Agency) -> Subject:
    return Subject("agency", str(agency.pk), agency.name)

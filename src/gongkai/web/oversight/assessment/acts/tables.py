"""Acts on indicator tables: import one, adopt it, put it away."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from gongkai.core.rules import say
from gongkai.web import sheets, virus_scan
from gongkai.web.admission import admit
from gongkai.web.agencies.models import Agency
from gongkai.web.audit.record import record
from gongkai.web.file_names import clean_name
from gongkai.web.policies import Actor, Forbidden
from gongkai.web.reports.papers import keep

from ..audited import of_table
from ..models import Assessment, Indicator, IndicatorTable, Standing
from ..reading import read


@transaction.atomic
def bring_in(
    actor: Actor,
    to: Agency,
    year: int,
    file: tuple[str, bytes],
    *,
    title: str = "",
    full: Decimal = Decimal(100),
) -> IndicatorTable:
    """Read a table from xlsx or csv into a draft; a draft of that year is replaced by it."""
    who = actor.require("oversight.assess", to)
    name, data = clean_name(file[0]), file[1]
    media_type = _let_in(name, data)
    try:
        told = read(sheets.read_grid(data), full)
    except sheets.Unreadable as reason:
        raise Forbidden(str(reason)) from reason
    of_year = IndicatorTable.objects.select_for_update().filter(to=to, year=year)
    of_year.filter(standing=Standing.DRAFT).delete()
    last = of_year.aggregate(last=Max("number"))["last"] or 0
    table = IndicatorTable.objects.create(
        to=to,
        year=year,
        number=last + 1,
        title=title.strip()[:200] or f"{year}年度政府信息公开工作考核指标",
        full=full,
        file=keep(data, media_type),
        file_name=name,
        columns=told.columns,
        findings=[[one.severity.value, say(one)] for one in told.findings],
        imported_by=actor.person,
    )
    for indicator in told.indicators:
        indicator.table = table
    Indicator.objects.bulk_create(told.indicators)
    record(
        "assessment.bring_in",
        of_table(table),
        who,
        after={"file": name, "indicators": len(told.indicators), "errors": table.errors},
    )
    return table


def _let_in(name: str, data: bytes) -> str:
    """What the file is; a csv is text, which the gate for papers does not know."""
    if not name.lower().endswith(".csv"):
        return admit(name, data).media_type
    if len(data) > settings.ATTACHMENT_MAX_BYTES:
        most = settings.ATTACHMENT_MAX_BYTES // 2**20
        raise Forbidden(f"“{name}”有 {len(data) / 2**20:.1f} MB，最多 {most} MB。")
    try:
        virus_scan.scan(data)
    except virus_scan.Infected as error:
        raise Forbidden(f"“{name}”不能收：{error}。") from error
    return "text/csv"


@transaction.atomic
def adopt(
    actor: Actor, table: IndicatorTable, *, reason: str = "", objection_days: int = 5
) -> IndicatorTable:
    """Use the table from now on; where scoring under another had begun, it wants a reason."""
    table = (
        IndicatorTable.objects.select_for_update(of=("self",)).select_related("to").get(pk=table.pk)
    )
    who = actor.require("oversight.assess", table.to)
    if table.standing != Standing.DRAFT:
        raise Forbidden(f"这一版已经是“{table.get_standing_display()}”。")
    if table.errors:
        raise Forbidden(f"还有 {table.errors} 处差错，在文件里改好再导入。")
    former = IndicatorTable.objects.filter(
        to=table.to, year=table.year, standing=Standing.IN_FORCE
    ).first()
    begun = former is not None and Assessment.objects.filter(table=former).exists()
    if begun and not reason.strip():
        raise Forbidden("上一版已经开始打分，换新版要写明理由。")
    if former is not None:
        former.standing = Standing.REPLACED
        former.save(update_fields=["standing"])
    table.standing, table.reason = Standing.IN_FORCE, reason.strip()[:300]
    table.objection_days = objection_days
    table.adopted_by, table.adopted_at = actor.person, timezone.now()
    table.save()
    record("assessment.adopt", of_table(table), who, reason=table.reason)
    return table


@transaction.atomic
def put_away(actor: Actor, table: IndicatorTable) -> None:
    """Drop a table that was never used."""
    table = (
        IndicatorTable.objects.select_for_update(of=("self",)).select_related("to").get(pk=table.pk)
    )
    who = actor.require("oversight.assess", table.to)
    if table.standing != Standing.DRAFT:
        raise Forbidden("用过的指标表不能删去，要改就导入新的一版。")
    subject = of_table(table)
    table.delete()
    record("assessment.put_away", subject, who)

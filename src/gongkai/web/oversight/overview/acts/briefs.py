"""Acts on briefs: start, write, count anew, keep, drop, draft an item of it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from gongkai.core.writers import letter_docx
from gongkai.web import filestore, typesetting
from gongkai.web.agencies.models import Agency
from gongkai.web.audit.record import Subject, Who, record
from gongkai.web.disclosure.acts.attach import attach
from gongkai.web.disclosure.acts.draft import start as start_item
from gongkai.web.disclosure.models import InformationItem
from gongkai.web.oversight.assessment.evidence import Span
from gongkai.web.policies import Actor, Forbidden
from gongkai.web.reports.papers import FORMATS
from gongkai.web.reports.papers import keep as keep_file
from gongkai.web.reports.prose import GAP

from ..brief.figures import agencies_of, figures_of, kept
from ..brief.paper import body_of, document_of
from ..brief.writing import title_of, words_of
from ..models import Brief, BriefState

_LONGEST = 20_000


@transaction.atomic
def start(actor: Actor, to: Agency, span: Span) -> Brief:
    """A draft with its figures counted and told."""
    who = actor.require("oversight.brief", to)
    if span.since > timezone.localdate():
        raise Forbidden(f"{span.label}还没有到。")
    agencies = agencies_of(to)
    figures, table = figures_of(agencies, span, {"to": to.code})
    brief = Brief.objects.create(
        to=to,
        since=span.since,
        until=span.until,
        title=title_of(to, span),
        text=words_of(to, len(agencies), span, figures),
        figures=kept(figures),
        table=table,
        written_by=actor.person,
    )
    record("brief.start", subject_of(brief), who)
    return brief


@transaction.atomic
def write(actor: Actor, brief: Brief, title: str, text: str) -> Brief:
    """Keep the words of a draft."""
    brief, who = _held(actor, brief)
    if not title.strip():
        raise Forbidden("标题没有填。")
    if len(text) > _LONGEST:
        raise Forbidden(f"正文有 {len(text)} 字，最多 {_LONGEST} 字。")
    before = {"title": brief.title, "text": brief.text}
    brief.title = title.strip()[:200]
    brief.text = "\n".join(line.rstrip() for line in text.splitlines()).strip("\n")
    brief.written_by = actor.person
    brief.save()
    after = {"title": brief.title, "text": brief.text}
    if after != before:
        record("brief.write", subject_of(brief), who, before=before, after=after)
    return brief


@transaction.atomic
def count_anew(actor: Actor, brief: Brief) -> Brief:
    """Count the figures of a draft again; its words stay as they were written."""
    brief, who = _held(actor, brief)
    figures, table = figures_of(
        agencies_of(brief.to), Span(brief.since, brief.until), {"to": brief.to.code}
    )
    before = {one["label"]: one["text"] for one in brief.figures}
    brief.figures, brief.table = kept(figures), table
    brief.counted_at = timezone.now()
    brief.save()
    after = {one["label"]: one["text"] for one in brief.figures}
    record("brief.count", subject_of(brief), who, before=before, after=after)
    return brief


@transaction.atomic
def keep(actor: Actor, brief: Brief) -> Brief:
    """定稿: words, figures and papers as they are now, for good."""
    brief, who = _held(actor, brief)
    gap = GAP.search(brief.text)
    if gap:
        raise Forbidden(f"正文里还有没有填的：{gap[0]}")
    if not brief.text.strip():
        raise Forbidden("正文是空的。")
    document = document_of(brief, _author(actor, brief), timezone.localdate())
    brief.docx = keep_file(letter_docx.render(document), FORMATS[0].media_type)
    brief.pdf = keep_file(typesetting.typeset(document), FORMATS[1].media_type)
    brief.state = BriefState.KEPT
    brief.kept_by, brief.kept_at = actor.person, timezone.now()
    brief.save()
    after = {"sha256": brief.docx.digest}
    record("brief.keep", subject_of(brief), who, after=after)
    return brief


@transaction.atomic
def drop(actor: Actor, brief: Brief) -> None:
    """Drop a draft."""
    brief, who = _held(actor, brief)
    subject = subject_of(brief)
    brief.delete()
    record("brief.drop", subject, who)


@transaction.atomic
def publish(actor: Actor, brief: Brief) -> InformationItem:
    """A draft of an item with the brief's text and paper, which goes the usual way from here."""
    brief = (
        Brief.objects.select_for_update(of=("self",))
        .select_related("to", "pdf", "item")
        .get(pk=brief.pk)
    )
    who = actor.require("oversight.brief", brief.to)
    if brief.state != BriefState.KEPT or brief.pdf is None:
        raise Forbidden("先定稿，再公开。")
    if brief.item is not None:
        raise Forbidden("已经起草过了。")
    agency = _author(actor, brief)
    item = start_item(
        actor,
        agency,
        title=brief.title,
        body_html=body_of(brief),
        made_on=timezone.localdate(brief.kept_at) if brief.kept_at else None,
    )
    attach(actor, item, f"{brief.title}.pdf", filestore.read(brief.pdf.digest))
    brief.item = item
    brief.save(update_fields=["item"])
    record("brief.publish", subject_of(brief), who, after={"item": str(item)})
    return item


def subject_of(brief: Brief) -> Subject:
    """The brief as the subject of an entry."""
    return Subject("brief", str(brief.pk), brief.title)


def _author(actor: Actor, brief: Brief) -> Agency:
    """The department in whose name this person writes."""
    own = [a.agency for a in actor.appointments if a.agency.competent_for_id == brief.to_id]
    return own[0] if own else brief.to


def _held(actor: Actor, brief: Brief) -> tuple[Brief, Who]:
    brief = Brief.objects.select_for_update(of=("self",)).select_related("to").get(pk=brief.pk)
    who = actor.require("oversight.brief", brief.to)
    if brief.state != BriefState.DRAFT:
        raise Forbidden("已经定稿，不能再改；要更正就再写一份。")
    return brief, who

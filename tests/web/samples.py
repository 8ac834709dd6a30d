"""Sample arguments for every address that takes any: what ``test_routes.py`` opens.

A new route with arguments needs a line in SAMPLES; one without arguments needs none.
A line says which record is meant (of 听泉街道 unless said otherwise), and, where the view
asks a finer act of the record than its ``@staff`` names, which.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.web import filestore
from gongkai.web.agencies.models import Agency
from gongkai.web.disclosure.models import (
    Attachment,
    Finding,
    InformationItem,
    ItemVersion,
    LifeEvent,
    OtherRelease,
    Reassessment,
    StoredFile,
)
from gongkai.web.people.models import Person, Role, SignIn
from gongkai.web.policies import Actor
from gongkai.web.publication.models import Publication
from gongkai.web.publication.release import Release, ReleasedFile, release
from gongkai.web.registers.models import PowerEntry, StandardCoverage, StandardEntry
from tests.web.conftest import Office, make_person
from tests.web.oversight.assessment.made import MadeAssessment, make_assessment
from tests.web.oversight.measures.made import MadeMeasures, make_measures
from tests.web.oversight.rectification.made import MadeRectification, make_rectification
from tests.web.oversight.watching.made import make_finding
from tests.web.remedies.made import MadeBeside, make_beside
from tests.web.reports.made import MadeReport, make_report
from tests.web.requests.made import MadeRequest, make_request

# A picture of one pixel.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0"
    "00000301010018dd8db00000000049454e44ae426082"
)


@dataclass
class World:
    """An office, its neighbour with people too, and one record of every kind at the office."""

    office: Office
    item: InformationItem
    attachment: Attachment
    finding: Finding
    event: LifeEvent
    other_release: OtherRelease
    publication: Publication
    power: PowerEntry
    standard: StandardEntry
    coverage: StandardCoverage
    sign_in: SignIn
    made: MadeRequest
    beside: MadeBeside
    reported: MadeReport
    rectified: MadeRectification
    measures: MadeMeasures
    assessed: MadeAssessment
    people: list[Person] = field(default_factory=list)

    @property
    def author(self) -> Person:
        return self.office.people[Role.AUTHOR]


Arguments = Callable[[World], Mapping[str, Any]]


@dataclass(frozen=True)
class Sample:
    """How a route is opened, and who may."""

    arguments: Arguments = lambda world: {}
    query: str = ""
    # The act that the view asks of the record; where empty, that of ``@staff``.
    act: str = ""
    # Whose the record is; None for a list, of which each sees what is his.
    agency: Callable[[World], Agency] | None = lambda world: world.office.street
    # Instead of the policy, where a record belongs to a person.
    may: Callable[[Actor, World], bool] | None = None
    # What a public page may answer beside 200 and a redirect.
    also: frozenset[int] = frozenset()


def item(**more: Callable[[World], Any]) -> Arguments:
    """Arguments of a route below an item."""
    return lambda world: {"number": world.item.pk, **{k: v(world) for k, v in more.items()}}


def agency(**more: Any) -> Arguments:
    """Arguments of a route below an agency."""
    return lambda world: {"number": world.office.street.pk, **more}


def person(world: World) -> Mapping[str, Any]:
    return {"number": world.author.pk}


def attachment(world: World) -> Mapping[str, Any]:
    return {"number": world.item.pk, "attachment": world.attachment.pk}


def register(**more: Callable[[World], Any]) -> Arguments:
    return lambda world: {"register": "powers", **{k: v(world) for k, v in more.items()}}


def case(**more: Callable[[World], Any]) -> Arguments:
    """Arguments of a route below a request."""
    return lambda world: {"number": world.made.case.pk, **{k: v(world) for k, v in more.items()}}


def letter(**more: Callable[[World], Any]) -> Arguments:
    """Arguments of a route below a letter of a request."""
    return case(letter=lambda world: world.made.letter.pk, **more)


def beside(name: str, **more: Callable[[World], Any]) -> Arguments:
    """Arguments of a route below a case, a correction, a complaint."""
    return lambda world: {
        "number": getattr(world.beside, name).pk,
        **{k: v(world) for k, v in more.items()},
    }


def statement(**more: Any) -> Arguments:
    """Arguments of a route below one of our writings."""
    return lambda world: {"statement": world.beside.statement.pk, **more}


def upload(world: World) -> Mapping[str, Any]:
    return {"upload": world.beside.upload.pk}


def reads_statements(actor: Actor, world: World) -> bool:
    """A writing names people: for who keeps the case and who approves."""
    return any(actor.may(act, world.office.street) for act in ("remedy.record", "request.sign"))


def own(actor: Actor, world: World) -> bool:
    return actor.person == world.author


def report(**more: Callable[[World], Any]) -> Arguments:
    """Arguments of a route below an annual report."""
    return lambda world: {
        "number": world.reported.report.pk,
        **{k: v(world) for k, v in more.items()},
    }


def batch(**more: Callable[[World], Any]) -> Arguments:
    """Arguments of a route below a batch of uploaded reports."""
    return lambda world: {
        "number": world.reported.uploaded.batch_id,
        **{k: v(world) for k, v in more.items()},
    }


def submission(world: World) -> Mapping[str, Any]:
    return {"number": world.reported.submission.pk}


def training(**more: Callable[[World], Any]) -> Arguments:
    """Arguments of a route below the register of trainings."""
    return lambda world: {"register": "trainings", **{k: v(world) for k, v in more.items()}}


def trained(act: str, **more: Callable[[World], Any]) -> Sample:
    """A route below one training."""
    return Sample(training(line=lambda world: world.measures.training.pk, **more), act=act)


def appraisal(**more: Callable[[World], Any]) -> Arguments:
    """Arguments of a route below an appraisal that takes answers."""
    return lambda world: {
        "number": world.measures.appraisal.pk,
        **{k: v(world) for k, v in more.items()},
    }


def concern(**more: Callable[[World], Any]) -> Sample:
    """A route below a matter of public concern."""
    return Sample(
        lambda world: {
            "number": world.measures.concern.pk,
            **{k: v(world) for k, v in more.items()},
        }
    )


def assessed(name: str, **more: Callable[[World], Any]) -> Arguments:
    """Arguments of a route below a table of indicators, an assessment, a brief."""
    return lambda world: {
        "number": getattr(world.assessed, name).pk,
        **{k: v(world) for k, v in more.items()},
    }


def district(world: World) -> Agency:
    return world.office.district


def competent(world: World) -> Agency:
    return world.office.competent


def watched(world: World) -> Mapping[str, Any]:
    return {"number": make_finding(world.office.street).pk}


def column(world: World) -> Mapping[str, Any]:
    return {"agency": world.office.street.code, "name": "20-7"}


def rectified(name: str, **more: Any) -> Arguments:
    """Arguments of a route below a task, a notice, a self-check."""
    return lambda world: {"number": getattr(world.rectified, name).pk, **more}


def proof(world: World) -> Mapping[str, Any]:
    return {"number": world.rectified.task.pk, "proof": world.rectified.proof.pk}


def self_check(world: World) -> Mapping[str, Any]:
    return {"agency": world.office.street.pk, "month": f"{world.rectified.signed.month:%Y-%m}"}


SAMPLES: dict[str, Sample] = {
    # the public site
    "public:asset": Sample(lambda world: {"name": "public.css"}, also=frozenset({404})),
    "public:file": Sample(lambda world: {"number": world.publication.pk, "name": "附件.png"}),
    "public:page": Sample(lambda world: {"path": world.publication.path}),
    "public:search_feed": Sample(lambda world: {"form": "feed"}, query="?q=通知"),
    "public:feed": Sample(lambda world: {"path": "feed.xml"}),
    "public:sitemap": Sample(lambda world: {"path": "sitemap.xml"}),
    "public:open_item": Sample(lambda world: {"number": world.publication.pk}),
    "public:open_list": Sample(lambda world: {"name": "items", "form": "json"}),
    "public:open_of_agency": Sample(
        lambda world: {"slug": world.publication.agency.slug, "table": "figures", "form": "csv"}
    ),
    "public:open_reports": Sample(lambda world: {"rest": "dictionary.csv"}),
    "public:open_nothing": Sample(lambda world: {"rest": "nothing"}, also=frozenset({404})),
    # asking: what is nobody's case leads to the door
    **{
        f"asking:{name}": Sample(lambda world: {"slug": world.office.street.slug}, also=also)
        for name, also in (
            ("agency", frozenset()),
            ("blank_form", frozenset()),
            ("what", frozenset()),
            ("who", frozenset()),
            ("check", frozenset()),
            ("receipt", frozenset()),
            ("suggest", frozenset({405})),
            ("leave", frozenset({405})),
        )
    },
    "asking:progress_leave": Sample(also=frozenset({405})),
    "asking:letter": Sample(lambda world: {"number": 1}),
    "asking:paper": Sample(lambda world: {"number": 1}),
    "asking:hand_in": Sample(lambda world: {"kind": "supplement"}),
    "healthz": Sample(also=frozenset({503})),
    "first_run": Sample(also=frozenset({404})),
    "people:provider": Sample(also=frozenset({404})),
    "people:provider_return": Sample(also=frozenset({404})),
    # items
    "disclosure:item": Sample(item()),
    "disclosure:edit": Sample(item()),
    "disclosure:submit": Sample(item()),
    "disclosure:recall": Sample(item()),
    "disclosure:discard": Sample(item()),
    "disclosure:restore": Sample(item()),
    "disclosure:version": Sample(item(version=lambda world: 1)),
    "disclosure:compare": Sample(item(old=lambda world: 1, new=lambda world: 2)),
    "disclosure:review": Sample(item()),
    "disclosure:answer": Sample(item(finding=lambda world: world.finding.pk)),
    "disclosure:check_again": Sample(item()),
    "disclosure:attach": Sample(item()),
    "disclosure:download": Sample(attachment),
    "disclosure:public_copy": Sample(attachment),
    "disclosure:preview": Sample(attachment),
    "disclosure:describe": Sample(attachment),
    "disclosure:detach": Sample(attachment),
    "disclosure:redact": Sample(attachment),
    "disclosure:keep": Sample(attachment),
    "disclosure:correct": Sample(item()),
    "disclosure:withdraw": Sample(item()),
    "disclosure:publish_now": Sample(item()),
    "disclosure:validity": Sample(item()),
    "disclosure:remove_validity": Sample(item(event=lambda world: world.event.pk)),
    "disclosure:releases": Sample(item()),
    "disclosure:remove_release": Sample(item(release=lambda world: world.other_release.pk)),
    "disclosure:reassess": Sample(item()),
    # requests
    "requests:case": Sample(case()),
    "requests:days": Sample(case()),
    "requests:registered": Sample(case()),
    "requests:split": Sample(case()),
    "requests:confirm": Sample(case()),
    "requests:assign": Sample(case()),
    "requests:search": Sample(case()),
    "requests:remark": Sample(case()),
    "requests:identity": Sample(case()),
    "requests:contact": Sample(case()),
    "requests:code": Sample(case()),
    "requests:add_paper": Sample(case()),
    "requests:paper": Sample(case(paper=lambda world: world.made.paper.pk)),
    "requests:correction": Sample(case()),
    "requests:corrected": Sample(case()),
    "requests:correction_lapsed": Sample(case()),
    "requests:reasons": Sample(case()),
    "requests:reasons_given": Sample(case()),
    "requests:extend": Sample(case()),
    "requests:delay": Sample(case()),
    "requests:fee": Sample(case()),
    "requests:fee_paid": Sample(case()),
    "requests:fee_lapsed": Sample(case()),
    "requests:consult_third_party": Sample(case()),
    "requests:consult_agency": Sample(case()),
    "requests:answers": Sample(case()),
    "requests:answer": Sample(case(consultation=lambda world: world.made.consultation.pk)),
    "requests:decide": Sample(case()),
    "requests:other_letter": Sample(case()),
    "requests:letter": Sample(letter()),
    "requests:letter_facts": Sample(letter()),
    "requests:letter_text": Sample(letter()),
    "requests:submit": Sample(letter()),
    "requests:recall": Sample(letter()),
    "requests:review": Sample(letter()),
    "requests:sign": Sample(letter()),
    "requests:discard": Sample(letter(), act="request.handle"),
    "requests:deliver": Sample(letter()),
    "requests:download": Sample(
        case(letter=lambda world: world.made.printed.pk, form=lambda world: "pdf"),
        act="request.view_identity",
    ),
    "requests:arrived": Sample(letter(delivery=lambda world: world.made.delivery.pk)),
    "requests:message": Sample(case(message=lambda world: world.made.message.pk)),
    "requests:withdraw": Sample(case()),
    "requests:conclude": Sample(case()),
    "requests:archive": Sample(case()),
    "requests:turn_public": Sample(case()),
    "requests:undo": Sample(case()),
    "requests:case_file": Sample(case()),
    "requests:erase": Sample(case()),
    "requests:chase": Sample(case()),
    "requests:answer_chase": Sample(case(chase=lambda world: world.beside.chase.pk)),
    "requests:ledger_check": Sample(upload),
    "requests:ledger_refused": Sample(upload),
    "requests:ledger_take_in": Sample(upload),
    "requests:ledger_drop": Sample(upload),
    "requests:calendar": Sample(lambda world: {"token": "nobody"}, also=frozenset({404})),
    "requests:settings_of": Sample(lambda world: {"agency": world.office.street.pk}),
    "requests:settings_letters": Sample(lambda world: {"agency": world.office.street.pk}),
    "requests:settings_letter": Sample(
        lambda world: {"agency": world.office.street.pk, "kind": "receipt"}
    ),
    # what follows a reply and stands beside it
    "remedies:case": Sample(beside("case")),
    "remedies:edit": Sample(beside("case")),
    "remedies:copy": Sample(beside("case")),
    "remedies:event": Sample(beside("case")),
    "remedies:remove_event": Sample(beside("case", event=lambda world: world.beside.event.pk)),
    "remedies:close": Sample(beside("case")),
    "remedies:reopen": Sample(beside("case")),
    "remedies:look": Sample(beside("case")),
    "remedies:write": Sample(beside("case")),
    "remedies:file_case": Sample(beside("case")),
    "remedies:statement": Sample(statement(), may=reads_statements),
    "remedies:statement_file": Sample(statement(form="pdf"), may=reads_statements),
    "remedies:approve": Sample(statement()),
    "remedies:send": Sample(statement()),
    "remedies:discard": Sample(statement()),
    "remedies:paper": Sample(lambda world: {"paper": world.beside.paper.pk}, act="remedy.record"),
    "remedies:correction": Sample(beside("correction")),
    "remedies:correction_edit": Sample(beside("correction")),
    "remedies:correction_find": Sample(beside("correction")),
    "remedies:correction_look": Sample(beside("correction")),
    "remedies:write_notice": Sample(beside("correction")),
    "remedies:file_correction": Sample(beside("correction")),
    "remedies:complaint": Sample(beside("complaint")),
    "remedies:complaint_edit": Sample(beside("complaint")),
    "remedies:complaint_handle": Sample(beside("complaint")),
    "remedies:complaint_reopen": Sample(beside("complaint")),
    "remedies:complaint_look": Sample(beside("complaint")),
    "remedies:file_complaint": Sample(beside("complaint")),
    # annual reports
    "reports:report": Sample(report()),
    "reports:figures_of": Sample(agency()),
    "reports:check": Sample(report()),
    "reports:dismiss": Sample(report(), act="report.compile"),
    "reports:take_up": Sample(
        report(dismissal=lambda world: world.reported.dismissal.pk), act="report.compile"
    ),
    "reports:cell": Sample(report(), act="report.compile"),
    "reports:restore": Sample(report(), act="report.compile"),
    "reports:take": Sample(report()),
    "reports:correct": Sample(report()),
    "reports:version": Sample(report(version=lambda world: 1)),
    "reports:paper": Sample(report(version=lambda world: 1, suffix=lambda world: "json")),
    "reports:original": Sample(report(version=lambda world: 1)),
    "reports:beside": Sample(report(version=lambda world: 1)),
    "reports:batch": Sample(batch(), agency=lambda world: world.office.district),
    "reports:take_in": Sample(batch(), agency=lambda world: world.office.district),
    "reports:drop": Sample(
        batch(file=lambda world: world.reported.uploaded.pk),
        agency=lambda world: world.office.district,
    ),
    "reports:lift_limit": Sample(
        lambda world: {"number": world.reported.limit.pk},
        agency=lambda world: world.office.district,
    ),
    "reports:examine": Sample(submission, agency=lambda world: world.office.district),
    "reports:reopen": Sample(submission, agency=lambda world: world.office.district),
    "reports:section": Sample(report(key=lambda world: "overview"), act="report.compile"),
    # measures, appraisals, concerns
    "measures:lines": Sample(training(), agency=None),
    "measures:export": Sample(training(form=lambda world: "csv"), agency=None),
    "measures:import": Sample(training(), act="oversight.measure", agency=None),
    "measures:new": Sample(training(), act="oversight.measure", agency=None),
    "measures:edit": trained("oversight.measure"),
    "measures:remove": trained("oversight.measure"),
    "measures:restore": trained("oversight.measure"),
    "measures:file_paper": trained("oversight.measure"),
    "measures:paper": trained("", paper=lambda world: world.measures.paper.pk),
    "measures:remove_paper": trained(
        "oversight.measure", paper=lambda world: world.measures.paper.pk
    ),
    "measures:appraisal": Sample(appraisal(), agency=None),
    "measures:appraisal_export": Sample(appraisal(), agency=None),
    "measures:appraisal_edit": Sample(appraisal(), agency=competent),
    "measures:appraisal_move": Sample(appraisal(way=lambda world: "close"), agency=competent),
    "measures:appraisal_comment": Sample(
        appraisal(comment=lambda world: world.measures.comment.pk), agency=competent
    ),
    "appraisal:choose": Sample(appraisal()),
    "appraisal:form": Sample(appraisal(slug=lambda world: world.office.street.slug)),
    "appraisal:results": Sample(lambda world: {"number": world.measures.published.pk}),
    "concerns:concern": concern(),
    "concerns:edit": concern(),
    "concerns:close": concern(),
    "concerns:reopen": concern(),
    "concerns:remove_release": concern(release=lambda world: world.measures.release.pk),
    # oversight: assessment, overview
    "assessment:table": Sample(assessed("table"), agency=district),
    "assessment:table_act": Sample(assessed("table"), agency=district),
    "assessment:export": Sample(assessed("table"), agency=district),
    "assessment:sheet": Sample(assessed("assessment")),
    "assessment:act": Sample(assessed("assessment")),
    "assessment:evidence": Sample(
        assessed("assessment", score=lambda world: world.assessed.score.pk)
    ),
    "assessment:proof": Sample(assessed("assessment", score=lambda world: world.assessed.score.pk)),
    "overview:behind": Sample(lambda world: {"slug": "items_published"}, agency=None),
    "overview:brief": Sample(assessed("brief"), agency=district),
    "overview:brief_act": Sample(assessed("brief"), agency=district),
    "overview:brief_file": Sample(assessed("brief", form=lambda world: "pdf"), agency=district),
    # oversight: watching
    "watching:finding": Sample(watched),
    "watching:set_aside": Sample(watched),
    "watching:decide": Sample(watched),
    "watching:take_up": Sample(watched),
    **{
        f"watching:{name}": Sample(column)
        for name in ("column", "promise", "confirm", "end_confirmation")
    },
    # oversight: rectification
    **{
        f"rectification:{name}": Sample(rectified("task"))
        for name in (
            "task",
            "receive",
            "name",
            "finish",
            "confirm",
            "give_back",
            "extend",
            "withdraw",
            "no_fault",
            "issue",
        )
    },
    "rectification:proof": Sample(proof),
    "rectification:remove_proof": Sample(proof),
    "rectification:notice": Sample(rectified("notice")),
    "rectification:notice_file": Sample(rectified("notice", form="pdf")),
    "rectification:send": Sample(
        lambda world: {"number": world.rectified.notice.pk, "copy": world.rectified.copy.pk}
    ),
    "rectification:self_check": Sample(self_check),
    "rectification:sign": Sample(rectified("check")),
    "rectification:return_self_check": Sample(rectified("check")),
    "rectification:sheet": Sample(rectified("signed", form="pdf")),
    # registers
    "registers:standard": Sample(lambda world: {"entry": world.standard.pk}),
    "registers:cover": Sample(lambda world: {"entry": world.standard.pk}),
    "registers:uncover": Sample(lambda world: {"coverage": world.coverage.pk}),
    "registers:lines": Sample(register(), agency=None),
    "registers:export": Sample(register(form=lambda world: "csv"), agency=None),
    "registers:import": Sample(register(), act="register.edit", agency=None),
    "registers:new": Sample(register(), act="register.edit", agency=None),
    "registers:edit": Sample(register(line=lambda world: world.power.pk), act="register.edit"),
    "registers:remove": Sample(register(line=lambda world: world.power.pk), act="register.edit"),
    "registers:restore": Sample(register(), agency=None),
    # agencies
    "agencies:agency": Sample(agency()),
    "agencies:edit_contact": Sample(agency()),
    "agencies:officers": Sample(agency()),
    "agencies:edit": Sample(agency()),
    "agencies:steps": Sample(agency()),
    "agencies:rename": Sample(agency()),
    "agencies:take_back_name": Sample(agency()),
    "agencies:end": Sample(agency()),
    "agencies:revive": Sample(agency()),
    "agencies:undo": Sample(agency(entry=1)),
    "agencies:export": Sample(lambda world: {"form": "csv"}),
    # people
    "people:end_session": Sample(lambda world: {"number": world.sign_in.pk}, may=own),
    "people:person": Sample(person),
    "people:edit": Sample(person),
    "people:disable": Sample(person),
    "people:enable": Sample(person),
    "people:reset_password": Sample(person),
    "people:unlock": Sample(person),
    "people:appoint": Sample(person),
    "people:link": Sample(person),
    "people:end_appointment": Sample(lambda world: {"number": world.author.appointments.get().pk}),
    # the trail
    "audit:export": Sample(lambda world: {"form": "csv"}),
}


def make_world(office: Office) -> World:
    """One record of every kind at 听泉街道, and people in every reviewing role next door."""
    author = office.people[Role.AUTHOR]
    one = InformationItem.objects.create(
        agency=office.street, author=author, kind="normative_document"
    )
    versions = [
        ItemVersion.objects.create(item=one, number=number, title=f"某办法（{number}）",
                                   body_html="<p>第一条。</p>", written_by=author)
        for number in (1, 2)
    ]  # fmt: skip
    one.current = versions[1]
    one.save()
    digest = filestore.put(PIXEL)
    stored = StoredFile.objects.create(digest=digest, size=len(PIXEL), media_type="image/png")
    today = timezone.localdate()
    with transaction.atomic():
        publication = release(
            Release(
                one.pk + 1000, office.street,
                {"kind": "plain", "column": "statutory", "statutory": "20-1", "title": "某通知",
                 "index_number": "QH0401-2026-00001", "made_on": date(2026, 1, 2)},
                files=(ReleasedFile(digest, "附件.png", "image/png", len(PIXEL)),),
            )
        )  # fmt: skip
    standard = StandardEntry.objects.create(
        agency=office.street, domain="社会救助", serial="1", first_matter="临时救助", content="结果"
    )
    made = make_request(office)
    world = World(
        office=office,
        item=one,
        attachment=Attachment.objects.create(
            version=versions[1], reference=1, original=stored, name="附件.png"
        ),
        finding=Finding.objects.create(
            version=versions[1], number=1, rule="screening.mobile_number", severity="error",
            place="正文", fingerprint="f", choices=["keep"],
        ),
        event=LifeEvent.objects.create(
            item=one, kind="amended", on=today, recorded_by=author
        ),
        other_release=OtherRelease.objects.create(
            item=one, channel="gazette", released_on=today, recorded_by=author
        ),
        publication=publication,
        power=PowerEntry.objects.create(agency=office.street, kind="行政许可", name="某事项"),
        standard=standard,
        coverage=StandardCoverage.objects.create(entry=standard, item_number=one.pk),
        sign_in=SignIn.objects.create(person=author, session_key="elsewhere"),
        made=made,
        beside=make_beside(office, made.case),
        reported=make_report(office),
        rectified=make_rectification(office),
        measures=make_measures(office),
        assessed=make_assessment(office),
    )  # fmt: skip
    Reassessment.objects.create(item=one, due_on=today)
    world.people = [
        *office.people.values(),
        *(
            make_person(f"next_{role}", f"邻{role.label}", office.neighbour, role)
            for role in Role
            if role in office.people
            and office.people[role].appointments.get().agency == office.street
        ),
    ]
    return world

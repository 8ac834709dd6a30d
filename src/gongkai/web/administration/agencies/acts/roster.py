"""Act: take a roster in. First what would happen, row by row; then, on confirmation, that.

Each refused row has its reason, the others are taken.  Names, addresses and ends have acts
of their own, since they leave a past behind; a roster cannot change them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from gongkai.core.catalogue import parse_template
from gongkai.core.errors import IndexTemplateError
from gongkai.web.administration.agencies.roster import (
    BELOW,
    COLUMNS,
    OTHERS,
    Misread,
    below_of,
    facts_of_row,
    set_below,
)
from gongkai.web.agencies.audited import subject_of
from gongkai.web.agencies.models import Agency
from gongkai.web.audit.record import Who, record
from gongkai.web.policies import Actor
from gongkai.web.publication.release import announce

_HEADS = {column.fact: column.head for column in COLUMNS}
# Facts by which other agencies' pages know this one.
_NAMED = ("short_name", "kind", "parent", "competent_for")
# What only an act of its own may change of an agency that is there.
_ELSEWHERE = {
    "name": "改名在机关页面办，要留下曾用名",
    "slug": "网址名不能改，公开页面的网址靠它",
    "ended_on": "撤销、并入在机关页面办",
    "succeeded_by": "撤销、并入在机关页面办",
    "past_names": "曾用名在机关页面办改名时留下",
}


@dataclass
class Planned:
    """What would become of one row."""

    row: int
    code: str
    name: str
    refusal: str = ""
    new: bool = False
    facts: dict[str, Any] = field(default_factory=dict)
    changed: dict[str, tuple[Any, Any]] = field(default_factory=dict)

    @property
    def what(self) -> str:
        """The word for the screen."""
        if self.refusal:
            return "不收"
        return "新建" if self.new else "修改" if self.changed else "没有变化"

    @property
    def heads(self) -> str:
        """The columns that would change."""
        return "、".join(_HEADS[name] for name in self.changed)


def plan(actor: Actor, rows: Sequence[Mapping[str, str]]) -> list[Planned]:
    """What ``rows`` would do; nothing is changed."""
    everybody = Agency.objects.select_related(*OTHERS).prefetch_related(*BELOW)
    kept = {agency.code: agency for agency in everybody}
    planned = [_read(row, number, kept) for number, row in enumerate(rows, start=2)]
    seen: dict[str, int] = {}
    for one in planned:
        first = seen.setdefault(one.code, one.row)
        if first != one.row:
            one.refusal = one.refusal or f"机关代码和第 {first} 行重复"
    taken = {agency.slug: agency.code for agency in kept.values()}
    for one in planned:
        slug = one.facts.get("slug")
        if one.new and slug and taken.setdefault(slug, one.code) != one.code:
            one.refusal = one.refusal or f"网址名 {slug} 已经是 {taken[slug]} 的"
    _refuse_bad_places(actor, planned, kept)
    return planned


@transaction.atomic
def import_roster(actor: Actor, rows: Sequence[Mapping[str, str]]) -> list[Planned]:
    """Do what ``plan`` says, all of it or nothing."""
    who = actor.require_somewhere("roster.import")
    planned = plan(actor, rows)
    kept = {a.code: a for a in Agency.objects.select_for_update().order_by("pk")}
    accepted = [one for one in planned if not one.refusal and (one.new or one.changed)]
    for one in accepted:
        if one.new:
            agency = Agency(**_own(one.facts))
            agency.save()
            kept[one.code] = agency
    # Only now has everybody a row that others can point to.
    for one in accepted:
        agency = kept[one.code]
        for name, value in _own(one.facts).items():
            setattr(agency, name, value)
        for name in OTHERS:
            if name in one.facts:
                setattr(agency, name, kept.get(one.facts[name]))
        agency.save()
        set_below(agency, one.facts)
    for one in accepted:
        _record(one, kept[one.code], who)
    return planned


def _read(row: Mapping[str, str], number: int, kept: Mapping[str, Agency]) -> Planned:
    one = Planned(
        row=int(row.get("_row", number)), code=row["机关代码"].strip(), name=row["机关全称"].strip()
    )
    try:
        one.facts = facts_of_row(row)
        agency = kept.get(one.code)
        one.new = agency is None
        if agency is None:
            _require_sound(Agency(**_own(one.facts)))
        else:
            one.changed = _changes(agency, one.facts)
            changed = {name: now for name, (_, now) in one.changed.items()}
            for name in changed.keys() & _ELSEWHERE.keys():
                raise Misread(_ELSEWHERE[name])
            _require_sound(_with(agency, _own(changed)))
    except Misread as error:
        one.refusal = str(error)
    return one


def _changes(agency: Agency, facts: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    was: dict[str, Any] = {name: getattr(agency, name) for name in _own(facts)}
    for name in OTHERS:
        other = getattr(agency, name)
        was[name] = other.code if other else ""
    was |= below_of(agency)
    return {name: (was[name], now) for name, now in facts.items() if was[name] != now}


def _require_sound(agency: Agency) -> None:
    """Misread for what the model or the index number refuses."""
    try:
        parse_template(agency.index_template).render(
            org=agency.code, year=2026, month=1, seq=1, category="2001"
        )
        agency.full_clean(exclude=(*OTHERS, "path"), validate_unique=False)
    except IndexTemplateError as error:
        raise Misread(str(error).rstrip("。")) from error
    except ValidationError as error:
        said = "；".join(
            f"{_HEADS.get(name, name)}：{''.join(texts)}"
            for name, texts in error.message_dict.items()
        )
        raise Misread(said.rstrip("。")) from error


def _refuse_bad_places(
    actor: Actor, planned: Sequence[Planned], kept: Mapping[str, Agency]
) -> None:
    """Refuse unknown agencies above, rings, and what lies beyond the person's reach."""
    again = True
    while again:
        # A row below a refused one is refused too, and so on down.
        again = False
        there = kept.keys() | {one.code for one in planned if not one.refusal}
        above = {code: a.parent.code if a.parent else "" for code, a in kept.items()}
        above |= {
            o.code: o.facts["parent"] for o in planned if not o.refusal and "parent" in o.facts
        }
        for one in planned:
            if not one.refusal:
                one.refusal = _bad_place(actor, one, there, above, kept)
                again = again or bool(one.refusal)


def _bad_place(
    actor: Actor,
    one: Planned,
    there: set[str],
    above: Mapping[str, str],
    kept: Mapping[str, Agency],
) -> str:
    for name in OTHERS:
        other = one.facts.get(name, "")
        if other and other not in there:
            return f"{_HEADS[name]} {other} 没有这个机关，或者它那一行不收"
    path = [one.code]
    while above.get(path[-1]):
        path.append(above[path[-1]])
        if path[-1] == one.code:
            return f"上级成了圈：{' → '.join(path)}"
        if path[-1] in path[:-1]:
            # A ring above, made by another row: that one is refused, then this is looked at anew.
            return ""
    agency = kept.get(one.code)
    if agency is not None and not actor.may("roster.import", agency):
        return "不在你的主管范围"
    if agency is None or "parent" in one.changed:
        nearest = next((kept[code] for code in path[1:] if code in kept), None)
        reached = nearest if nearest is not None else Agency(path="")
        if not actor.may("roster.import", reached):
            return "上级不在你的主管范围"
    return ""


def _own(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts that are fields of the agency's own row."""
    return {name: value for name, value in facts.items() if name not in (*OTHERS, *BELOW)}


def _with(agency: Agency, facts: Mapping[str, Any]) -> Agency:
    other = copy(agency)
    for name, value in facts.items():
        setattr(other, name, value)
    return other


def _record(one: Planned, agency: Agency, who: Who) -> None:
    before = {name: was for name, (was, _) in one.changed.items()}
    after = one.facts if one.new else {name: now for name, (_, now) in one.changed.items()}
    record("roster.import", subject_of(agency), who, before=before, after=after)
    # A new agency is named nowhere yet.
    shown = {} if one.new else {n: c for n, c in one.changed.items() if n in _NAMED}
    announce(
        scope=f"agency:{agency.pk}",
        before={name: was for name, (was, _) in shown.items()},
        after={name: now for name, (_, now) in shown.items()},
    )

"""TOML to Form; refuses an edition that contradicts itself and says where."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from ..errors import EditionError, UnknownEdition
from .model import (
    Alternative,
    Column,
    Disclosure,
    DisclosureGroup,
    DisclosureRow,
    Form,
    Kind,
    LocalColumn,
    LocalTable,
    Relation,
    Remedies,
    RemedyBlock,
    RequestRow,
    Requests,
    RowGroup,
    Section,
)

Data = Mapping[str, Any]


@lru_cache(maxsize=1)
def editions() -> dict[str, Form]:
    """Every edition that ships with Gongkai, oldest first."""
    folder = files("gongkai.core.forms") / "editions"
    forms = [
        load_form(item.read_text(encoding="utf-8"), item.name)
        for item in folder.iterdir()
        if item.name.endswith(".toml")
    ]
    return {form.id: form for form in sorted(forms, key=lambda f: f.first_year)}


def edition(name: str) -> Form:
    """The edition called ``name`` (``"2019"``, ``"2021"``)."""
    try:
        return editions()[name]
    except KeyError:
        raise UnknownEdition(name) from None


def edition_for(year: int) -> Form:
    """The edition that governs the report of ``year``."""
    for form in editions().values():
        if form.first_year <= year and (form.last_year is None or year <= form.last_year):
            return form
    raise UnknownEdition(str(year))


def load_form(text: str, source: str | Path) -> Form:
    """``text`` as a form; ``source`` names it in the error."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise EditionError(f"{source}: {error}") from error
    try:
        form = _form(data)
    except KeyError as error:
        raise EditionError(f"{source}: {error.args[0]} is missing") from error
    except (TypeError, ValueError) as error:
        raise EditionError(f"{source}: {error}") from error
    for problem in _contradictions(form):
        raise EditionError(f"{source}: {problem}")
    return form


def _form(data: Data) -> Form:
    return Form(
        id=data["id"],
        instrument=data["instrument"],
        first_year=data["first_year"],
        last_year=data.get("last_year"),
        marks=tuple(data["marks"]),
        sections=tuple(
            Section(s["key"], s["ordinal"], s["title"], tuple(s.get("variants", ())))
            for s in data["section"]
        ),
        disclosure=_disclosure(data["disclosure"]),
        requests=_requests(data["requests"]),
        remedies=_remedies(data["remedies"]),
        relations=tuple(
            Relation(
                rule=r["rule"],
                table=r["table"],
                each=r["each"],
                left=tuple(r["left"]),
                right=tuple(r["right"]),
                test=r.get("test", "equal"),
            )
            for r in data["relation"]
        ),
        local_tables=tuple(
            LocalTable(t["id"], t["label"], tuple(LocalColumn(**c) for c in t["columns"]))
            for t in data.get("local_table", ())
        ),
    )


def _column(data: Data) -> Column:
    return Column(
        id=data["id"],
        label=data["label"],
        variants=tuple(data.get("variants", ())),
        kind=Kind(data.get("kind", "count")),
        unit=data.get("unit"),
        organisation=data.get("organisation", False),
    )


def _disclosure(data: Data) -> Disclosure:
    groups = tuple(
        DisclosureGroup(
            heading=g["heading"],
            columns=tuple(_column(c) for c in g["columns"]),
            rows=tuple(
                DisclosureRow(r["table"], r["label"], tuple(r.get("variants", ())))
                for r in g["rows"]
            ),
            spans=tuple(g["spans"]),
        )
        for g in data["group"]
    )
    return Disclosure(data["section"], data["caption"], data["head"], data["grid_columns"], groups)


def _request_row(data: Data) -> RequestRow:
    return RequestRow(
        id=data["id"],
        label=data["label"],
        variants=tuple(data.get("variants", ())),
        result=data.get("result", False),
        total=data.get("total", False),
    )


def _requests(data: Data) -> Requests:
    return Requests(
        section=data["section"],
        caption=data["caption"],
        corner=data["corner"],
        head=data["head"],
        organisations=data["organisations"],
        results=data["results"],
        columns=tuple(_column(c) for c in data["columns"]),
        row_groups=tuple(RowGroup(**g) for g in data["row_groups"]),
        rows=tuple(_request_row(r) for r in data["rows"]),
        alternatives=tuple(
            Alternative(
                tuple(a["instead_of"]),
                tuple(_request_row(r) for r in a["rows"]),
                tuple(RowGroup(**g) for g in a.get("row_groups", ())),
            )
            for a in data.get("alternative", ())
        ),
    )


def _remedies(data: Data) -> Remedies:
    return Remedies(
        section=data["section"],
        caption=data["caption"],
        reconsideration=data["reconsideration"],
        litigation=data["litigation"],
        columns=tuple(_column(c) for c in data["columns"]),
        blocks=tuple(
            RemedyBlock(
                b["table"], b["label"], tuple(b.get("variants", ())), b.get("litigation", False)
            )
            for b in data["blocks"]
        ),
    )


def _contradictions(form: Form) -> Iterator[str]:
    """What in ``form`` cannot both be true, each with its place."""
    keys = [s.key for s in form.sections]
    yield from _repeated("section", keys)
    for table in (form.disclosure, form.requests, form.remedies):
        if table.section not in keys:
            yield f"{table.caption}: section {table.section!r} is not among the sections"
    for group in form.disclosure.groups:
        yield from _repeated(group.heading, [c.id for c in group.columns])
        if sum(group.spans) != form.disclosure.grid_columns:
            yield (
                f"{group.heading}: spans {list(group.spans)} do not fill "
                f"{form.disclosure.grid_columns} columns"
            )
        if len(group.spans) != len(group.columns) + 1:
            yield f"{group.heading}: {len(group.spans)} spans for {len(group.columns)} columns"
    tables = [r.table for g in form.disclosure.groups for r in g.rows]
    tables += [b.table for b in form.remedies.blocks]
    yield from _repeated("table", [*tables, "requests"])
    rows = [r.id for r in form.requests.rows]
    yield from _repeated("requests.row", rows)
    yield from _repeated("requests.column", [c.id for c in form.requests.columns])
    groups = {g.id for g in form.requests.row_groups}
    for row in form.requests.rows:
        if row.group and row.group not in groups:
            yield f"requests.{row.id}: row group {row.group!r} is not declared"
    for alternative in form.requests.alternatives:
        for row_id in alternative.instead_of:
            if row_id not in rows:
                yield f"requests.alternative: row {row_id!r} is not in the table"
    for relation in form.relations:
        yield from _unheld(form, relation)
    if form.last_year is not None and form.last_year < form.first_year:
        yield f"last_year {form.last_year} is before first_year {form.first_year}"


def _unheld(form: Form, relation: Relation) -> Iterator[str]:
    place = f"relation {relation.rule} ({relation.table})"
    if relation.each not in {"row", "column"} or relation.test not in {"equal", "at_least"}:
        yield f"{place}: each={relation.each!r}, test={relation.test!r}"
        return
    for equation in form._write_out(relation):
        for cell in (*equation.left, *equation.right):
            if cell not in form.cells:
                yield f"{place}: there is no cell {cell}"
        both = set(equation.left) & set(equation.right)
        if both:
            yield f"{place}: {sorted(both)[0]} stands on both sides"


def _repeated(where: str, names: list[str]) -> Iterator[str]:
    for name in sorted({n for n in names if names.count(n) > 1}):
        yield f"{where}: {name!r} is declared twice"

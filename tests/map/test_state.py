"""The state of a record changes in its acts and nowhere else."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

WEB = Path(__file__).parents[2] / "src" / "gongkai" / "web"
# What only acts may set, by the name of the field.
HELD = {"state", "live", "sealed", "first_published_at", "withdrawn_at", "redacted_body", "answer"}
# The one function that moves an item and the one that moves a letter, called by acts; what the
# core says of a request, kept beside it; moving a former site in, which makes items that were
# public before; and how far a published report has been read, which is no act of anybody.
MOVING = {
    "disclosure/steps.py",
    "requests/steps.py",
    "requests/clock.py",
    "importing/writing.py",
    "publication/reports.py",
}
MODULES = sorted(
    path
    for path in WEB.rglob("*.py")
    if "/acts/" not in path.as_posix() and "migrations" not in path.parts
)


def assigned(source: str) -> set[str]:
    """The attributes that a module assigns to, except on ``self``."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        targets: list[ast.expr] = []
        if isinstance(node, ast.Assign):
            targets = [
                t
                for one in node.targets
                for t in (one.elts if isinstance(one, ast.Tuple) else [one])
            ]
        elif isinstance(node, ast.AugAssign | ast.AnnAssign):
            targets = [node.target]
        for target in targets:
            if isinstance(target, ast.Attribute) and not (
                isinstance(target.value, ast.Name) and target.value.id == "self"
            ):
                found.add(target.attr)
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(WEB)))
def test_no_module_but_an_act_sets_what_acts_hold(path: Path) -> None:
    if path.relative_to(WEB).as_posix() in MOVING:
        return
    assert assigned(path.read_text(encoding="utf-8")) & HELD == set()


def test_the_check_sees_an_assignment() -> None:
    assert assigned("item.state = 1\nitem.live, x.y = 2, 3") >= {"state", "live"}
    assert assigned("self.state = 1\nstate = 2") == set()

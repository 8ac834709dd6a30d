"""How far a long step of the platform is: a bar where somebody watches, else a line at its end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from .session import Session


@contextmanager
def bar(session: Session, label: str) -> Iterator[Callable[[int, int, str], None]]:
    """Yields what is told ``(done, total, what)``."""
    if not session.console.is_terminal:
        yield _unseen
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (
        TextColumn(label),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[what]}"),
    )
    with Progress(*columns, console=session.console, transient=True) as progress:
        task = progress.add_task("", total=None, what="")

        def tell(done: int, total: int, what: str = "") -> None:
            progress.update(task, completed=done, total=total, what=what)

        yield tell


def _unseen(done: int, total: int, what: str = "") -> None:
    """Where nobody watches."""

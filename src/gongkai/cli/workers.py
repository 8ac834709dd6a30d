"""Many files at once, each under a hard limit of time and memory (docs/adr/0005).

Documents come from strangers and are read by libraries written in C: one may
hang or crash where no Python code can help it.  So even a single file is read
in a process of its own.  The kernel ends a worker whose time is up (an alarm
whose default action is to end the process) and refuses it more memory than
allowed; here we only see that it is gone, say so of the one file it was at, and
start another.  What comes back is in the order of what was given, and only a
bounded number of results waits, so that memory stays flat for any number of files.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import resource
import signal
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Generic, TypeVar

from ..core.errors import UnreadableDocument
from .sources import Source

Result = TypeVar("Result")
Task = Callable[[Source], Result]

# A reader notices its own time limit and says so itself; the alarm is for those that cannot.
_GRACE_SECONDS = 1.0
# Files given to a worker beforehand, so that it never waits for us (only where there are many).
_AHEAD = 3
# Results that may wait for an earlier one.
_WINDOW_PER_WORKER = 64
# After this a worker is not used again: what is left of its memory may be in pieces.
_SPENT = "input.out_of_memory"


@dataclass(frozen=True)
class Allowance:
    """What one file may use: ``seconds`` and ``memory_bytes`` (0: no limit) of its worker."""

    seconds: float
    memory_bytes: int


@dataclass(frozen=True)
class Outcome(Generic[Result]):
    """What came of one file: a value, or the reason why there is none."""

    source: Source
    value: Result | None
    failure: UnreadableDocument | None = None


class WorkerStartError(RuntimeError):
    """A worker ended before it could take its first file."""


def run(
    task: Task[Result],
    sources: Sequence[Source],
    *,
    processes: int,
    allowance: Allowance,
    debug: bool = False,
) -> Iterator[Outcome[Result]]:
    """``task`` done on every source, in the order of ``sources``.

    ``task`` must be picklable.  ``debug`` lets workers write to stderr.
    """
    with tempfile.TemporaryDirectory(prefix="gongkai-") as scratch:
        crew = _Crew(task, sources, processes, allowance, scratch, debug)
        try:
            yield from crew.work()
        finally:
            crew.dismiss()


class _Worker(Generic[Result]):
    """One process and the files it has been given, the one in hand first."""

    def __init__(self, task: Task[Result], allowance: Allowance, scratch: str, debug: bool) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(
            target=_serve, args=(theirs, task, allowance, scratch, debug), daemon=True
        )
        self.process.start()
        theirs.close()
        self.given: deque[int] = deque()
        self.ready = False
        self.spent = False

    def end(self) -> None:
        """End the process and whatever it started itself."""
        self.pipe.close()
        if self.ready and self.process.pid:
            # Its group has its number, once it is ready.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
        else:
            self.process.kill()
        self.process.join()


class _Crew(Generic[Result]):
    def __init__(
        self,
        task: Task[Result],
        sources: Sequence[Source],
        processes: int,
        allowance: Allowance,
        scratch: str,
        debug: bool,
    ) -> None:
        self._sources = sources
        self._size = max(1, min(processes, len(sources)))
        self._task, self._allowance = task, allowance
        self._scratch, self._debug = scratch, debug
        self._ahead = _AHEAD if len(sources) > 8 * self._size else 1
        self._waiting = deque(range(len(sources)))
        self._done: dict[int, Outcome[Result]] = {}
        self._workers: list[_Worker[Result]] = []
        self._next = 0

    def work(self) -> Iterator[Outcome[Result]]:
        while self._next < len(self._sources):
            self._hand_out()
            heard = set(wait([worker.pipe for worker in self._workers]))
            for worker in [w for w in self._workers if w.pipe in heard]:
                self._listen(worker)
            while self._next in self._done:
                outcome = self._done.pop(self._next)
                self._next += 1
                yield outcome

    def dismiss(self) -> None:
        for worker in self._workers:
            worker.end()
        self._workers.clear()

    def _hand_out(self) -> None:
        while len(self._workers) < min(self._size, len(self._waiting) + len(self._workers)):
            worker = _Worker(self._task, self._allowance, self._scratch, self._debug)
            self._workers.append(worker)
        last = self._next + _WINDOW_PER_WORKER * self._size
        for depth in range(self._ahead):
            for worker in self._workers:
                if len(worker.given) <= depth and self._waiting and self._waiting[0] < last:
                    index = self._waiting.popleft()
                    worker.given.append(index)
                    # A worker that has just ended is met in _listen, its files given anew.
                    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                        worker.pipe.send((index, self._sources[index]))

    def _listen(self, worker: _Worker[Result]) -> None:
        try:
            message = worker.pipe.recv()
        except (EOFError, ConnectionResetError):
            self._bury(worker)
            return
        if message is None:
            worker.ready = True
            return
        index, value, failure = message
        worker.given.remove(index)
        worker.spent = failure is not None and failure.rule == _SPENT
        self._done[index] = Outcome(self._sources[index], value, failure)

    def _bury(self, worker: _Worker[Result]) -> None:
        """A worker is gone: say so of the file in its hand, give the others to the next one."""
        worker.process.join()
        code = worker.process.exitcode
        worker.end()
        self._workers.remove(worker)
        if not worker.ready:
            raise WorkerStartError(f"exit code {code}")
        # One whose memory was spent has left of its own accord, between two files.
        if worker.given and not worker.spent:
            index = worker.given.popleft()
            if code == -signal.SIGALRM:
                failure = UnreadableDocument(
                    "input.too_slow", seconds=f"{self._allowance.seconds:g}"
                )
            else:
                failure = UnreadableDocument("input.reader_crashed")
            self._done[index] = Outcome(self._sources[index], None, failure)
        self._waiting.extendleft(reversed(worker.given))


def _serve(
    pipe: Connection, task: Task[Result], allowance: Allowance, scratch: str, debug: bool
) -> None:
    """The life of a worker: take a file, do the task under the alarm, tell the outcome."""
    # A group of its own: ended together with programs it starts, and deaf to the terminal's Ctrl-C.
    os.setpgrp()
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    tempfile.tempdir = os.environ["TMPDIR"] = scratch
    if not debug:
        sys.stderr.flush()
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    if allowance.memory_bytes:
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        limit = min(allowance.memory_bytes, most) if most > 0 else allowance.memory_bytes
        resource.setrlimit(resource.RLIMIT_AS, (limit, most))
    pipe.send(None)
    while True:
        try:
            index, source = pipe.recv()
        except EOFError:
            return
        signal.setitimer(signal.ITIMER_REAL, allowance.seconds + _GRACE_SECONDS)
        value, failure = _attempt(task, source)
        signal.setitimer(signal.ITIMER_REAL, 0)
        pipe.send((index, value, failure))
        if failure and failure.rule == _SPENT:
            return


def _attempt(task: Task[Result], source: Source) -> tuple[Result | None, UnreadableDocument | None]:
    try:
        return task(source), None
    except UnreadableDocument as refused:
        return None, refused
    except MemoryError:
        return None, UnreadableDocument(_SPENT)

"""Processes beside that prepare rows, several at a time; a row that kills one is refused.

Rows go out in chunks and come back in order.  The kernel ends a process that takes too long
or too much memory; its chunk is then done again by itself, and in the end row by row, so
that only the guilty row is lost.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import date
from pathlib import Path

from django.conf import settings

from gongkai.web.apart import MEMORY_BYTES, SECONDS, NoAnswer, apart

from .judging import Candidate
from .preparing import Prepared, Refused, prepare

Chunk = list[Candidate]
Answer = list[Prepared | Refused]
# Chunks given out beforehand for each process, so that none waits for us.
_AHEAD = 3


def prepared(
    chunks: Iterable[Chunk], folder: Path | None, today: date, processes: int = 0
) -> Iterator[Answer]:
    """What became of each chunk, in their order."""
    size = processes or os.cpu_count() or 1
    pool = _pool(size)
    waiting: deque[tuple[Chunk, Future[Answer]]] = deque()
    try:
        for chunk in chunks:
            waiting.append((chunk, pool.submit(_limited, chunk, folder, today)))
            while len(waiting) >= size * _AHEAD:
                pool, answer = _next(pool, waiting, folder, today, size)
                yield answer
        while waiting:
            pool, answer = _next(pool, waiting, folder, today, size)
            yield answer
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _next(
    pool: ProcessPoolExecutor,
    waiting: deque[tuple[Chunk, Future[Answer]]],
    folder: Path | None,
    today: date,
    size: int,
) -> tuple[ProcessPoolExecutor, Answer]:
    """The answer to the first chunk that waits; with a new pool where it broke the old one."""
    chunk, future = waiting.popleft()
    try:
        return pool, future.result()
    except MemoryError:
        return pool, _alone(chunk, folder, today)
    except BrokenProcessPool:
        # Nobody knows whose row it was: this chunk is done apart, the others once more.
        pool.shutdown(wait=False, cancel_futures=True)
        pool = _pool(size)
        others = [chunk for chunk, _ in waiting]
        waiting.clear()
        waiting.extend((other, pool.submit(_limited, other, folder, today)) for other in others)
        return pool, _alone(chunk, folder, today)


def _alone(chunk: Chunk, folder: Path | None, today: date) -> Answer:
    """The chunk in a process of its own; where that is lost too, each row in one."""
    try:
        return apart(_apart, str(settings.DATA), chunk, folder, today)
    except NoAnswer as reason:
        if len(chunk) == 1:
            return [Refused(chunk[0].line, f"正文或者附件读不了：{reason}")]
    return [one for candidate in chunk for one in _alone([candidate], folder, today)]


def _pool(size: int) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(
        size, mp_context=context, initializer=_limit, initargs=(str(settings.DATA),)
    )


def _limit(data: str) -> None:
    _settle(data)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


def _settle(data: str) -> None:
    """Tell this process's settings where the files are kept; it has asked for none yet."""
    os.environ.update(GONGKAI_DATA=data, DJANGO_SETTINGS_MODULE="gongkai.web.settings")


def _apart(data: str, chunk: Chunk, folder: Path | None, today: date) -> Answer:
    _settle(data)
    return prepare(chunk, folder, today)


def _limited(chunk: Chunk, folder: Path | None, today: date) -> Answer:
    signal.alarm(SECONDS)
    try:
        return prepare(chunk, folder, today)
    finally:
        signal.alarm(0)

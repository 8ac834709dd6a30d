"""One call in a process of its own, under a hard limit of time and memory.

What people upload is read by libraries written in C, and one hostile file may hang or
crash them where no Python code can help (docs/adr/0005).  Only that call is lost then:
the request or job that made it goes on and says so.
"""

from __future__ import annotations

import multiprocessing
import resource
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
Result = TypeVar("Result")

SECONDS = 60
MEMORY_BYTES = 2 * 2**30


class NoAnswer(Exception):
    """The call ended without an answer; the message says why, in words for the screen."""


def apart(call: Callable[P, Result], *args: P.args, **kwargs: P.kwargs) -> Result:
    """``call(*args, **kwargs)`` done elsewhere; ``call``, arguments and result are picklable.

    Raises what the call raises, or NoAnswer where its process ended first.
    """
    with Helper() as helper:
        return helper(call, *args, **kwargs)


class Helper:
    """A process apart for many calls, each with the whole limit of time.

    To start one costs more than to read a file.  Where a call ends it, only that call is
    lost: the next has a new one.
    """

    def __init__(self) -> None:
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None

    def __enter__(self) -> Helper:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def __call__(self, call: Callable[P, Result], *args: P.args, **kwargs: P.kwargs) -> Result:
        """As ``apart``."""
        process, pipe = self._started()
        try:
            pipe.send((SECONDS, call, args, kwargs))
            # The alarm in the process ends it in time; what waits here is only its start beside.
            if not pipe.poll(SECONDS + 30):
                self._end()
                raise NoAnswer(f"用了 {SECONDS} 秒还没有读完")
            answer = pipe.recv()
        except (EOFError, ConnectionResetError, BrokenPipeError):
            process.join()
            slow = process.exitcode == -signal.SIGALRM
            self._end()
            why = f"用了 {SECONDS} 秒还没有读完" if slow else "读取时程序崩溃，文件可能已损坏"
            raise NoAnswer(why) from None
        if isinstance(answer, _Raised):
            raise answer.error
        result: Result = answer
        return result

    def _started(self) -> tuple[SpawnProcess, Connection]:
        if self._process is None or self._pipe is None:
            context = multiprocessing.get_context("spawn")
            self._pipe, theirs = context.Pipe()
            self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
            self._process.start()
            theirs.close()
        return self._process, self._pipe

    def _end(self) -> None:
        if self._pipe is not None:
            self._pipe.close()
        if self._process is not None:
            self._process.kill()
            self._process.join()
        self._process = self._pipe = None


class _Raised:
    """What the call raised, on its way back."""

    def __init__(self, error: Exception) -> None:
        self.error = error


def _serve(pipe: Connection) -> None:
    # The default action of the alarm ends the process, whatever C code it is in.
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    while True:
        try:
            seconds, call, args, kwargs = pipe.recv()
        except EOFError:
            return
        signal.alarm(seconds)
        try:
            answer = call(*args, **kwargs)
        except MemoryError:
            answer = _Raised(NoAnswer("文件展开后太大，内存不够"))
        except Exception as error:
            answer = _Raised(error)
        pipe.send(answer)
        signal.alarm(0)

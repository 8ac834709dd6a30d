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
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, SECONDS), daemon=True)
    process.start()
    theirs.close()
    try:
        # Not as arguments of the process: whoever starts one waits for ever until a child that
        # has died has read what does not fit into a pipe.
        ours.send((call, args, kwargs))
        # The alarm in the process ends it in time; what waits here is only its start beside.
        if not ours.poll(SECONDS + 30):
            raise NoAnswer(f"用了 {SECONDS} 秒还没有读完")
        answer = ours.recv()
    except (EOFError, ConnectionResetError, BrokenPipeError):
        process.join()
        slow = process.exitcode == -signal.SIGALRM
        why = f"用了 {SECONDS} 秒还没有读完" if slow else "读取时程序崩溃，文件可能已损坏"
        raise NoAnswer(why) from None
    finally:
        ours.close()
        process.kill()
        process.join()
    if isinstance(answer, _Raised):
        raise answer.error
    result: Result = answer
    return result


class _Raised:
    """What the call raised, on its way back."""

    def __init__(self, error: Exception) -> None:
        self.error = error


def _serve(pipe: Connection, seconds: int) -> None:
    # The default action of the alarm ends the process, whatever C code it is in.
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(seconds)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    try:
        call, args, kwargs = pipe.recv()
        answer = call(*args, **kwargs)
    except MemoryError:
        answer = _Raised(NoAnswer("文件展开后太大，内存不够"))
    except Exception as error:
        answer = _Raised(error)
    pipe.send(answer)
    pipe.close()

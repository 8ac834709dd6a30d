"""Run the platform on one machine: claim the data folder and the port, start web and worker, end both.

The steps of ``gongkai up``, in order: ``claim``, then ``settle``, ``migrate`` and
``load_demonstration`` of ``preparing``, then ``Running``.
"""

from __future__ import annotations

import errno
import http
import json
import os
import socket
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from pathlib import Path

from .children import fork
from .locks import take
from .preparing import CannotRun, Place

_LOCK = "running.lock"
_SECONDS_TO_START = 60.0
_SECONDS_TO_END = 30.0
# A process that ends so often within a minute is not started again.
_MOST_RESTARTS = 5


@contextmanager
def claim(place: Place) -> Iterator[socket.socket]:
    """The data folder is this process's, and the socket it yields listens at the address."""
    # Nobody else on the machine reads what is written from here on, but for the baked site.
    os.umask(0o077)
    _make_folder(place.data)
    lock = take(place.data / _LOCK)
    if lock is None:
        raise CannotRun("already_running", data=place.data, **_who_runs(place.data))
    door = None
    try:
        door = _open_door(place)
        about = json.dumps({"process": os.getpid(), "address": place.address})
        os.ftruncate(lock, 0)
        os.write(lock, about.encode())
        yield door
    finally:
        if door is not None:
            door.close()
        os.close(lock)


class Running:
    """The web server and the worker, while they run."""

    def __init__(self, place: Place, door: socket.socket) -> None:
        self._place, self._door = place, door
        self._stop = threading.Event()
        self._children = {"web": _Child("web", self._web), "worker": _Child("worker", self._work)}

    def __enter__(self) -> Running:
        from django.db import connections

        # A connection cannot be shared with the processes that are forked.
        connections.close_all()
        for child in self._children.values():
            child.start()
        return self

    def __exit__(self, *raised: object) -> None:
        for child in self._children.values():
            child.stop()
        until = time.monotonic() + _SECONDS_TO_END
        for child in self._children.values():
            child.end(until)

    def stop(self, *signal: object) -> None:
        """Have ``watch`` return."""
        self._stop.set()

    def wait_until_well(self) -> bool:
        """Until ``/healthz`` says ok; False where ``stop`` was called first."""
        until = time.monotonic() + _SECONDS_TO_START
        while not self._stop.is_set():
            self._look_after()
            said = _health(self._place)
            if said == "ok":
                return True
            if time.monotonic() > until:
                raise CannotRun("not_well", said=said)
            self._stop.wait(0.1)
        return False

    def watch(self) -> None:
        """Until ``stop``; what ends by itself is started again."""
        while not self._stop.wait(0.5):
            self._look_after()

    def _look_after(self) -> None:
        from django.db import connections

        for name, child in self._children.items():
            code = child.ended()
            if code is None:
                continue
            connections.close_all()
            if not child.start_again():
                raise CannotRun("keeps_ending", name=name, code=code)

    def _web(self) -> None:
        from .serving import serve

        serve(self._door.fileno())

    def _work(self) -> None:
        # The port is the web server's alone: it is free once that has ended.
        self._door.close()
        from .worker import main

        main()


class _Child:
    """A process that is started again when it ends by itself, within reason."""

    def __init__(self, name: str, run: Callable[[], None]) -> None:
        self._name, self._run = name, run
        self._process: BaseProcess | None = None
        self._started: list[float] = []

    def start(self) -> None:
        self._started.append(time.monotonic())
        self._process = fork(self._run, self._name)

    def start_again(self) -> bool:
        """Unless it has ended too often lately."""
        self._started = [at for at in self._started if at > time.monotonic() - 60]
        if len(self._started) > _MOST_RESTARTS:
            return False
        time.sleep(0.5)
        self.start()
        return True

    def ended(self) -> int | None:
        """Its exit code, where it has ended."""
        return self._process.exitcode if self._process else None

    def stop(self) -> None:
        if self._process:
            self._process.terminate()

    def end(self, until: float) -> None:
        if self._process:
            self._process.join(max(0.1, until - time.monotonic()))
            self._process.kill()
            self._process.join()


def _make_folder(data: Path) -> None:
    try:
        if not data.exists():
            data.mkdir(parents=True)
            # Others may pass through to the baked site, and see nothing else.
            data.chmod(0o711)
        for name in ("files", "site", "static"):
            (data / name).mkdir(exist_ok=True)
        (data / "site").chmod(0o755)
        probe = data / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise CannotRun("folder_unusable", data=data, error=error) from error


def _open_door(place: Place) -> socket.socket:
    family = socket.AF_INET6 if ":" in place.host else socket.AF_INET
    door = socket.socket(family, socket.SOCK_STREAM)
    try:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind((place.host, place.port))
        door.listen(2048)
    except OSError as error:
        door.close()
        reason = {
            errno.EADDRINUSE: "port_in_use",
            errno.EACCES: "port_not_permitted",
            errno.EADDRNOTAVAIL: "no_such_host",
        }.get(error.errno or 0, "cannot_listen")
        raise CannotRun(
            reason, host=place.host, port=place.port, next=place.port + 1, error=error
        ) from error
    return door


def _who_runs(data: Path) -> dict[str, object]:
    try:
        about = json.loads((data / _LOCK).read_text(encoding="utf-8"))
        return {"process": about["process"], "address": about["address"]}
    except (OSError, ValueError, KeyError):
        return {"process": "?", "address": "?"}


def _health(place: Place) -> str:
    """``ok``, or what ``/healthz`` says, or why it does not answer."""
    try:
        with urllib.request.urlopen(f"{place.address}/healthz", timeout=5) as answer:
            return str(json.load(answer)["status"])
    except urllib.error.HTTPError as error:
        said = error.read().decode(errors="replace")[:500]
        if error.code == http.HTTPStatus.SERVICE_UNAVAILABLE:
            return said
        raise CannotRun("not_well", said=f"HTTP {error.code}") from error
    except OSError as error:
        return str(error)

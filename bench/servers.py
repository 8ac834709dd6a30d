"""Servers for the length of a measurement: at 127.0.0.1 only, ended whatever happens."""

from __future__ import annotations

import ctypes
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

HERE = "127.0.0.1"
_SHIPPED = Path(__file__).parents[1] / "deploy" / "nginx.conf"
_PACKAGES = {"wrk": "wrk", "nginx": "nginx-light"}
_SECONDS_TO_START = 60
_SECONDS_TO_END = 15
_SECONDS_TO_REST = 120
# Processor seconds in a quarter of a second that are no work.
_RESTING = 0.02
# Longer than any measurement: a server that nobody ends ends itself.
_SECONDS_AT_MOST = 900
_PR_SET_PDEATHSIG = 1
_library = ctypes.CDLL(None) if sys.platform == "linux" else None


class Server(NamedTuple):
    """Where a server listens, and its process."""

    address: str
    process: subprocess.Popen[bytes]

    def look_after(self) -> None:
        """It is there still."""
        if self.process.poll() is not None:
            raise RuntimeError(f"{self.address} has ended ({self.process.returncode})")

    def settle(self) -> None:
        """Until it rests: what nobody waits for any longer it still answers."""
        until = time.monotonic() + _SECONDS_TO_REST
        before = -1.0
        while (now := self._seconds()) > before + _RESTING:
            if time.monotonic() > until:
                raise RuntimeError(f"{self.address} does not come to rest")
            before = now
            time.sleep(0.25)

    def _seconds(self) -> float:
        """Processor time of all its processes until now."""
        return sum(map(_seconds_of, _family(self.process.pid)))


def missing() -> list[str]:
    """The packages to install for the programs that are not here."""
    return [package for program, package in _PACKAGES.items() if not shutil.which(program)]


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as door:
        door.bind((HERE, 0))
        return int(door.getsockname()[1])


@contextmanager
def nginx(data: Path, plain: Path) -> Iterator[tuple[Server, Server]]:
    """The shipped configuration over ``data``, and beside it nothing but a folder of files.

    Both by one nginx.
    """
    ours, own = free_port(), free_port()
    folder = data / "nginx"
    folder.mkdir(exist_ok=True)
    (folder / "gongkai.conf").write_text(_shipped(data, ours), encoding="utf-8")
    user = f"user {pwd.getpwuid(os.geteuid()).pw_name};" if os.geteuid() == 0 else ""
    temporary = "\n".join(
        f"{name}_temp_path {folder / name};"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"""{user}
        daemon off;
        worker_processes auto;
        pid {folder / "nginx.pid"};
        events {{ worker_connections 1024; }}
        http {{
            types {{ text/html html; text/css css; application/javascript js; text/xml xml; }}
            default_type application/octet-stream;
            access_log off;
            {temporary}
            include {folder / "gongkai.conf"};
            server {{
                listen {HERE}:{own};
                sendfile on;
                tcp_nopush on;
                root {plain};
            }}
        }}
        """,
        encoding="utf-8",
    )
    command = ["nginx", "-e", "stderr", "-p", str(folder), "-c", str(folder / "nginx.conf")]
    with _listening(command, data, own) as process:
        yield Server(f"http://{HERE}:{ours}", process), Server(f"http://{HERE}:{own}", process)


@contextmanager
def gunicorn(data: Path, application: str, **variables: str) -> Iterator[Server]:
    """``application`` over ``data``, served as the platform is."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "-c", "python:gongkai.web.serving"]
    command += ["--bind", f"{HERE}:{port}", application]
    with _listening(command, data, port, **variables) as process:
        yield Server(f"http://{HERE}:{port}", process)


def environment(data: Path) -> dict[str, str]:
    """How a process is told where the platform's data are: as in production, and no more."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GONGKAI_")}
    told = {"GONGKAI_DATA": str(data), "DJANGO_SETTINGS_MODULE": "gongkai.web.settings"}
    # Django says on its own that a page is missing or a request was broken off.
    return kept | told | {"GONGKAI_LOG": "ERROR"}


def inside(data: Path, module: str, *words: object) -> str:
    """What a module of ours says, run in a process of the platform over ``data``."""
    done = subprocess.run(
        [sys.executable, "-m", module, *map(str, words)],
        env=environment(data),
        stdout=subprocess.PIPE,
        text=True,
        timeout=_SECONDS_AT_MOST,
        check=True,
    )
    return done.stdout


def get(address: str, header: str = "") -> bytes:
    """What is sent for ``address``, which has to be there; ``header`` is sent along."""
    headers = dict([header.split(": ")] if header else [])
    with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=60) as a:
        return a.read()


def _shipped(data: Path, port: int) -> str:
    """The shipped configuration with the changes its own first lines ask for."""
    text = _SHIPPED.read_text(encoding="utf-8")
    for said, wanted in (
        (r"/var/lib/gongkai\b", str(data)),
        (r"listen 80;", f"listen {HERE}:{port};"),
        (r"server 127\.0\.0\.1:8000;", f"server {HERE}:{free_port()};"),
    ):
        text, times = re.subn(said, lambda _, to=wanted: to, text)
        if not times:
            raise RuntimeError(f"deploy/nginx.conf no longer says {said}")
    return text


@contextmanager
def running(
    command: Sequence[str], data: Path, **variables: str
) -> Iterator[subprocess.Popen[bytes]]:
    """A process over ``data`` that is ended in the end; what it says is in ``server.log``."""
    with (data / "server.log").open("wb") as said:
        process = subprocess.Popen(
            command,
            stdout=said,
            stderr=said,
            env=environment(data) | variables,
            # Ctrl-C is for us; we end it.  Where we are killed, the kernel does.
            start_new_session=True,
            preexec_fn=_end_with_parent,
        )
        watch = threading.Timer(_SECONDS_AT_MOST, process.terminate)
        watch.daemon = True
        try:
            watch.start()
            yield process
        finally:
            watch.cancel()
            _end(process)


@contextmanager
def _listening(
    command: Sequence[str], data: Path, port: int, **variables: str
) -> Iterator[subprocess.Popen[bytes]]:
    """The same, once it listens at ``port``."""
    with running(command, data, **variables) as process:
        until = time.monotonic() + _SECONDS_TO_START
        while not _open(port):
            if time.monotonic() > until or process.poll() is not None:
                said = (data / "server.log").read_text(errors="replace")
                raise RuntimeError(f"{command[0]} has not started: {said[-2000:]}")
            time.sleep(0.05)
        yield process


def _family(parent: int) -> list[int]:
    try:
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    except OSError:
        children = []
    return [parent, *(process for child in children for process in _family(int(child)))]


def _seconds_of(process: int) -> float:
    try:
        told = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def _open(port: int) -> bool:
    try:
        socket.create_connection((HERE, port), timeout=1).close()
    except OSError:
        return False
    return True


def _end_with_parent() -> None:
    if _library is not None:
        _library.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_SECONDS_TO_END)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

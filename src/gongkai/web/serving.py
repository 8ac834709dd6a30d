"""How gunicorn serves the platform: ``gunicorn -c python:gongkai.web.serving gongkai.web.wsgi``.

The address is given on its command line; ``gongkai up`` does so.
"""

from __future__ import annotations

import os
import sys

wsgi_app = "gongkai.web.wsgi:application"
worker_class = "gthread"
workers = int(os.environ.get("GONGKAI_PROCESSES", "2"))
threads = 8
# Loaded once, then forked: quicker to start and less memory.
preload_app = True
timeout = 120
graceful_timeout = 15
# Shared with nobody: connections are kept by nginx, or by the one browser that is here.
keepalive = 5
control_socket_disable = True
loglevel = "warning"
umask = 0o077


def when_ready(server: object) -> None:
    """Before the processes are forked: every address is read once, so a fault shows at once."""
    from django.urls import get_resolver

    get_resolver().check()


def serve(descriptor: int) -> None:
    """Serve at the socket ``descriptor``, until asked to end."""
    from gunicorn.app.wsgiapp import WSGIApplication

    sys.argv = ["gunicorn", "-c", f"python:{__name__}", "--bind", f"fd://{descriptor}"]
    WSGIApplication(prog="gunicorn").run()

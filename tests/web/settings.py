"""The platform's settings for tests: a data folder of their own, tasks run at once.

GONGKAI_TEST_DATABASE=postgresql runs the same tests on PostgreSQL, from a server that a
PyPI package brings along (see ``postgresql.py``).
"""

from __future__ import annotations

import os
import tempfile

os.environ["GONGKAI_DATA"] = tempfile.mkdtemp(prefix="gongkai-tests-")
if os.environ.get("GONGKAI_TEST_DATABASE") == "postgresql":
    from tests.web.postgresql import server_address

    os.environ["GONGKAI_DATABASE_URL"] = server_address()

from gongkai.web.settings import *
from gongkai.web.settings import DATA, DATABASES

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # In a file, as in production: a database in memory locks otherwise when threads write.
    DATABASES["default"]["TEST"] = {"NAME": DATA / "test.sqlite3"}

TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

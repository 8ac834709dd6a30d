"""The worker process: ``python -m gongkai.web.worker`` (``gongkai up`` starts it)."""

from __future__ import annotations

import os

import django


def main() -> None:
    """Run until asked to end."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.web.settings")
    django.setup()
    # Only now: what it imports wants the settings.
    from .work.loop import Loop

    Loop().run()


if __name__ == "__main__":
    main()

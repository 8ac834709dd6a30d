"""Make an installation of its own ready for work: database, agencies, people.

``python -m tests.web.browser.staffed`` with the environment of that installation.
"""

from __future__ import annotations

import django


def main() -> None:
    """Migrate, and give the street its people; as a demonstration, it wants no first run."""
    django.setup()
    from django.core.management import call_command

    from gongkai.web.publication.models import SiteSettings
    from tests.web.conftest import make_office

    call_command("migrate", verbosity=0)
    make_office()
    SiteSettings.objects.create(region_name="青禾区人民政府", demonstration=True)


if __name__ == "__main__":
    main()

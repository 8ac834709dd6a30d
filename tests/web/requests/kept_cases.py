"""Tell what an installation has kept of requests: ``python -m tests.web.requests.kept_cases``.

With the environment of that installation.  One line of JSON: the number and submission of each
request, and of its papers those whose bytes are not what was sent.
"""

from __future__ import annotations

import hashlib
import json

import django


def main() -> None:
    """Print it."""
    django.setup()
    from gongkai.web.requests.models import DisclosureRequest, NumberSequence, Paper
    from gongkai.web.requests.papers import bytes_of

    torn = [
        paper.pk
        for paper in Paper.objects.all()
        if hashlib.sha256(bytes_of(paper)).hexdigest() != paper.digest
    ]
    cases = DisclosureRequest.objects.order_by("pk")
    print(
        json.dumps(
            {
                "numbers": [case.number for case in cases],
                "papers": [case.papers.count() for case in cases],
                "torn": torn,
                "last": [one.last for one in NumberSequence.objects.filter(series="request")],
            }
        )
    )


if __name__ == "__main__":
    main()

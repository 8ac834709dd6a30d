"""What tests of watching need: a finding of an agency."""

from __future__ import annotations

from typing import Any

from gongkai.core.rules import rule
from gongkai.web.agencies.models import Agency
from gongkai.web.oversight.watching.models import WatchFinding


def make_finding(agency: Agency, name: str = "watch.guide_lacks", **more: Any) -> WatchFinding:
    """An open finding: of an error, unless another rule is named."""
    facts = {
        "rule": name,
        "severity": rule(name).severity.value,
        "key": f"guide:{agency.pk}",
        "place": f"{agency.short_name}　政府信息公开指南",
        "values": {"missing": ["传真"]},
        "fingerprint": "f",
    }
    found, _ = WatchFinding.objects.get_or_create(agency=agency, **{**facts, **more})
    return found

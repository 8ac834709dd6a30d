"""What every staff page knows: who is here in which role, and whether this is demonstration."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from gongkai.web.publication.models import SiteSettings

# Places of the desk: (address name, what it is called, the act that opens it).
PLACES = (
    ("desk:home", "今日待办", None),
    ("disclosure:list", "信息发布", "item.read"),
    ("requests:board", "依申请公开", "request.read"),
    ("reports:list", "年度报告", "report.read"),
    ("overview:home", "监督保障", "oversight.read"),
    ("registers:home", "清单和目录", "register.read"),
    ("agencies:list", "机关和人员", "agency.read"),
    ("audit:list", "操作记录", "audit.read"),
)


def desk(request: HttpRequest) -> dict[str, Any]:
    """``actor``, ``places`` and ``site`` for templates."""
    actor = getattr(request, "actor", None)
    places = [
        {"name": name, "label": label}
        for name, label, act in PLACES
        if actor and (act is None or actor.may_somewhere(act))
    ]
    return {"actor": actor, "places": places, "site": SiteSettings.current()}

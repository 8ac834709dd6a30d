"""Every address of the platform, one screen: what is public, what is for staff."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path
from django.views.generic import RedirectView

from . import health, policies

urlpatterns = [
    path("", policies.public(RedirectView.as_view(url=settings.MOUNT)), name="root"),
    path("healthz", health.healthz, name="healthz"),
    path(settings.MOUNT.lstrip("/") + "ask/", include("gongkai.web.requests.asking.urls")),
    path(
        settings.MOUNT.lstrip("/") + "appraisal/",
        include("gongkai.web.oversight.measures.appraisal.urls"),
    ),
    path(settings.MOUNT.lstrip("/"), include("gongkai.web.public.urls")),
    path("first-run/", include("gongkai.web.first_run.urls")),
    path("desk/", include("gongkai.web.desk.urls")),
    path("desk/information/", include("gongkai.web.disclosure.urls")),
    path("desk/requests/", include("gongkai.web.requests.urls")),
    path("desk/remedies/", include("gongkai.web.remedies.urls")),
    path("desk/reports/", include("gongkai.web.reports.urls")),
    path("desk/oversight/", include("gongkai.web.oversight.urls")),
    path("desk/registers/", include("gongkai.web.registers.urls")),
    path("desk/agencies/", include("gongkai.web.administration.agencies.urls")),
    path("desk/people/", include("gongkai.web.administration.people.urls")),
    path("desk/audit/", include("gongkai.web.administration.audit.urls")),
]
handler403 = "gongkai.web.desk.errors.forbidden"
handler404 = "gongkai.web.desk.errors.not_found"
handler500 = "gongkai.web.desk.errors.server_error"

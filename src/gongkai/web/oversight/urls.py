"""The addresses of oversight, one place each."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("gongkai.web.oversight.overview.urls")),
    path("watch/", include("gongkai.web.oversight.watching.urls")),
    path("rectification/", include("gongkai.web.oversight.rectification.urls")),
    path("measures/", include("gongkai.web.oversight.measures.urls")),
    path("concerns/", include("gongkai.web.oversight.concerns.urls")),
    path("assessment/", include("gongkai.web.oversight.assessment.urls")),
]

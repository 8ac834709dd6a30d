"""The addresses of annual reports."""

from __future__ import annotations

from django.urls import URLPattern, path

from .views import compiling, documents, judging, lists

app_name = "reports"
urlpatterns: list[URLPattern] = [
    path("", lists.reports, name="list"),
    path("begin/", documents.begin, name="begin"),
    path("<int:number>/", documents.report, name="report"),
    path("<int:number>/check/", judging.check, name="check"),
    path("<int:number>/dismiss/", judging.dismiss, name="dismiss"),
    path("<int:number>/take-up/<int:dismissal>/", judging.take_up, name="take_up"),
    path("<int:number>/cell/", compiling.cell, name="cell"),
    path("<int:number>/restore/", compiling.restore, name="restore"),
    path("<int:number>/take/", compiling.take, name="take"),
    path("<int:number>/correct/", documents.correct, name="correct"),
    path("<int:number>/versions/<int:version>/", documents.version, name="version"),
    path("<int:number>/versions/<int:version>/report.<slug:suffix>", documents.paper, name="paper"),
    path("<int:number>/versions/<int:version>/original/", documents.original, name="original"),
    path("<int:number>/sections/<slug:key>/", compiling.section, name="section"),
]

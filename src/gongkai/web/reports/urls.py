"""The addresses of annual reports."""

from __future__ import annotations

from django.urls import URLPattern, path

from .views import adding_up, calendar, collecting, compiling, documents, judging, lists, understand

app_name = "reports"
urlpatterns: list[URLPattern] = [
    path("", lists.reports, name="list"),
    path("export.xlsx", lists.export, name="export"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("figures/", understand.figures, name="figures"),
    path("figures/compare/", understand.compare, name="compare"),
    path("figures/<int:number>/", understand.figures_of, name="figures_of"),
    path("limits/", calendar.limits, name="limits"),
    path("limits/<int:number>/lift/", calendar.lift, name="lift_limit"),
    path("upload/", collecting.upload, name="upload"),
    path("parts/", adding_up.parts, name="parts"),
    path("chase/", collecting.chase, name="chase"),
    path("batches/<int:number>/", collecting.batch, name="batch"),
    path("batches/<int:number>/take-in/", collecting.take_in, name="take_in"),
    path("batches/<int:number>/files/<int:file>/drop/", collecting.drop, name="drop"),
    path("submissions/<int:number>/", collecting.examine, name="examine"),
    path("submissions/<int:number>/reopen/", collecting.reopen, name="reopen"),
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
    path("<int:number>/versions/<int:version>/beside/", documents.beside, name="beside"),
    path("<int:number>/sections/<slug:key>/", compiling.section, name="section"),
]

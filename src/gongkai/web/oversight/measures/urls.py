"""The addresses of measures."""

from __future__ import annotations

from django.urls import URLPattern, path

from .views import appraisals, home, lines, papers

app_name = "measures"
urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("complaints/", home.complaints, name="complaints"),
    path("appraisals/", appraisals.appraisals, name="appraisals"),
    path("appraisals/new/", appraisals.new, name="appraisal_new"),
    path("appraisals/<int:number>/", appraisals.appraisal, name="appraisal"),
    path("appraisals/<int:number>/edit/", appraisals.edit, name="appraisal_edit"),
    path("appraisals/<int:number>/export.xlsx", appraisals.export, name="appraisal_export"),
    path("appraisals/<int:number>/<slug:way>/", appraisals.move, name="appraisal_move"),
    path(
        "appraisals/<int:number>/comments/<int:comment>/",
        appraisals.read_comment,
        name="appraisal_comment",
    ),
    path("<slug:register>/", lines.lines, name="lines"),
    path("<slug:register>/export.<slug:form>", lines.export, name="export"),
    path("<slug:register>/import/", lines.import_lines, name="import"),
    path("<slug:register>/new/", lines.edit, name="new"),
    path("<slug:register>/<int:line>/", lines.edit, name="edit"),
    path("<slug:register>/<int:line>/remove/", lines.remove, name="remove"),
    path("<slug:register>/<int:line>/restore/", lines.restore, name="restore"),
    path("<slug:register>/<int:line>/papers/", papers.file_paper, name="file_paper"),
    path("<slug:register>/<int:line>/papers/<int:paper>/", papers.paper, name="paper"),
    path(
        "<slug:register>/<int:line>/papers/<int:paper>/remove/",
        papers.remove_paper,
        name="remove_paper",
    ),
]

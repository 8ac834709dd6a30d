"""The addresses of watching."""

from __future__ import annotations

from django.urls import URLPattern, path

from .views import columns, finding, lists, numbers

app_name = "watching"
urlpatterns: list[URLPattern] = [
    path("", lists.findings, name="list"),
    path("export.xlsx", lists.export, name="export"),
    path("now/", lists.now, name="now"),
    path("runs/", lists.runs, name="runs"),
    path("numbers/", numbers.numbers, name="numbers"),
    path("columns/", columns.columns, name="columns"),
    path("columns/<str:agency>/<slug:name>/", columns.column, name="column"),
    path("columns/<str:agency>/<slug:name>/promise/", columns.promise, name="promise"),
    path("columns/<str:agency>/<slug:name>/confirm/", columns.confirm, name="confirm"),
    path(
        "columns/<str:agency>/<slug:name>/end-confirmation/",
        columns.end_confirmation,
        name="end_confirmation",
    ),
    path("findings/<int:number>/", finding.finding, name="finding"),
    path("findings/<int:number>/set-aside/", finding.set_aside, name="set_aside"),
    path("findings/<int:number>/decide/", finding.decide, name="decide"),
    path("findings/<int:number>/take-up/", finding.take_up, name="take_up"),
]

"""The addresses of concerns."""

from __future__ import annotations

from django.urls import URLPattern, path

from .views import concerns, lists

app_name = "concerns"
urlpatterns: list[URLPattern] = [
    path("", lists.concerns, name="list"),
    path("export.xlsx", lists.export, name="export"),
    path("limits/", lists.limits, name="limits"),
    path("new/", concerns.new, name="new"),
    path("<int:number>/", concerns.concern, name="concern"),
    path("<int:number>/edit/", concerns.edit, name="edit"),
    path("<int:number>/close/", concerns.close, name="close"),
    path("<int:number>/reopen/", concerns.reopen, name="reopen"),
    path(
        "<int:number>/releases/<int:release>/remove/",
        concerns.remove_release,
        name="remove_release",
    ),
]

"""The addresses of the registers."""

from __future__ import annotations

from django.urls import URLPattern, path

from . import days_views, standards_views, views

app_name = "registers"
urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path("days/", days_views.days, name="days"),
    path("standards/<int:entry>/", standards_views.entry, name="standard"),
    path("standards/<int:entry>/cover/", standards_views.cover, name="cover"),
    path("coverage/<int:coverage>/remove/", standards_views.uncover, name="uncover"),
    path("<slug:register>/", views.lines, name="lines"),
    path("<slug:register>/export.<slug:form>", views.export, name="export"),
    path("<slug:register>/import/", views.import_lines, name="import"),
    path("<slug:register>/new/", views.edit, name="new"),
    path("<slug:register>/<int:line>/", views.edit, name="edit"),
    path("<slug:register>/<int:line>/remove/", views.remove, name="remove"),
    path("<slug:register>/restore/", views.restore, name="restore"),
]

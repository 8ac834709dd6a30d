"""The addresses of overview."""

from __future__ import annotations

from django.urls import path

from .views import compare, home

app_name = "overview"
urlpatterns = [
    path("", home.home, name="home"),
    path("compare/", compare.compare, name="compare"),
    path("compare/export.xlsx", compare.export, name="export"),
    path("behind/<slug:slug>/", compare.behind, name="behind"),
]

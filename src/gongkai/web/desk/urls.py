"""The addresses of the desk itself."""

from __future__ import annotations

from django.urls import URLPattern, path

from . import views, year

app_name = "desk"
urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("year/", year.year, name="year"),
    path("year/year.xlsx", year.export, name="year_export"),
]

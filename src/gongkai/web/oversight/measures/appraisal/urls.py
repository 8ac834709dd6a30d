"""The addresses of public appraisal, below ``<mount>appraisal/``."""

from __future__ import annotations

from django.urls import URLPattern, path

from . import views

app_name = "appraisal"
urlpatterns: list[URLPattern] = [
    path("", views.appraisals, name="list"),
    path("<int:number>/", views.choose, name="choose"),
    path("<int:number>/of/<slug:slug>/", views.form, name="form"),
    path("<int:number>/results/", views.results, name="results"),
]

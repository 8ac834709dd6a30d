"""The addresses of overview."""

from __future__ import annotations

from django.urls import path

from .views import briefs, compare, home

app_name = "overview"
urlpatterns = [
    path("", home.home, name="home"),
    path("compare/", compare.compare, name="compare"),
    path("compare/export.xlsx", compare.export, name="export"),
    path("behind/<slug:slug>/", compare.behind, name="behind"),
    path("briefs/", briefs.briefs, name="briefs"),
    path("briefs/<int:number>/", briefs.brief, name="brief"),
    path("briefs/<int:number>/act", briefs.act, name="brief_act"),
    path("briefs/<int:number>/file.<slug:form>", briefs.file, name="brief_file"),
]

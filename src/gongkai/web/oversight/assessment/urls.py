"""The addresses of assessment."""

from __future__ import annotations

from django.urls import path

from .views import sheet, tables

app_name = "assessment"
urlpatterns = [
    path("", tables.home, name="home"),
    path("new", tables.upload, name="upload"),
    path("template", tables.template, name="template"),
    path("tables/<int:number>/", tables.table, name="table"),
    path("tables/<int:number>/act", tables.act, name="table_act"),
    path("tables/<int:number>/xlsx", tables.export, name="export"),
    path("<int:number>/", sheet.sheet, name="sheet"),
    path("<int:number>/act", sheet.act, name="act"),
    path("<int:number>/evidence/<int:score>", sheet.evidence, name="evidence"),
    path("<int:number>/proof/<int:score>", sheet.proof, name="proof"),
]

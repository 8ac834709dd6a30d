"""The addresses of agencies and their roster."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from gongkai.web.administration.agencies import roster_views, views

app_name = "agencies"
urlpatterns: list[URLPattern] = [
    path("", views.agencies, name="list"),
    path("new/", views.make, name="make"),
    path("<int:number>/", views.agency, name="agency"),
    path("<int:number>/contact/", views.edit_contact, name="edit_contact"),
    path("<int:number>/officers/", views.officers, name="officers"),
    path("<int:number>/edit/", views.edit, name="edit"),
    path("<int:number>/steps/", views.steps, name="steps"),
    path("<int:number>/rename/", views.rename, name="rename"),
    path("<int:number>/rename/take-back/", views.take_back_name, name="take_back_name"),
    path("<int:number>/end/", views.end, name="end"),
    path("<int:number>/revive/", views.revive, name="revive"),
    path("<int:number>/undo/<int:entry>/", views.undo, name="undo"),
    path("roster/", roster_views.roster, name="roster"),
    re_path(r"^roster\.(?P<form>xlsx|csv)$", roster_views.export, name="export"),
    path("roster/import/", roster_views.take_in, name="import"),
]

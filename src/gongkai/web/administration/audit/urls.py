"""The addresses of the trail."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from gongkai.web.administration.audit import views

app_name = "audit"
urlpatterns: list[URLPattern] = [
    path("", views.trail, name="list"),
    re_path(r"^trail\.(?P<form>xlsx|csv)$", views.export, name="export"),
    path("verify/", views.verify, name="verify"),
]

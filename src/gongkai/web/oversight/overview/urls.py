"""The addresses of overview."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "overview"
urlpatterns = [
    path("", views.home, name="home"),
]

"""The addresses of rectification."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "rectification"
urlpatterns: list[URLPattern] = []

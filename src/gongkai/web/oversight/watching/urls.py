"""The addresses of watching."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "watching"
urlpatterns: list[URLPattern] = []

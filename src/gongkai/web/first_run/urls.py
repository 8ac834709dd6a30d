"""The address of the first run."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [path("", views.first_run, name="first_run")]

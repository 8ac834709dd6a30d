"""Addresses around requests, within those of requests (desk/requests/)."""

from __future__ import annotations

from django.urls import URLPattern, path

from .views import ledger

urlpatterns: list[URLPattern] = [
    path("ledger/", ledger.ledger, name="ledger"),
    path("ledger/ledger.xlsx", ledger.export, name="ledger_export"),
    path("ledger/upload/", ledger.upload, name="ledger_upload"),
    path("ledger/<int:upload>/", ledger.check, name="ledger_check"),
    path("ledger/<int:upload>/refused.xlsx", ledger.refused, name="ledger_refused"),
    path("ledger/<int:upload>/take-in/", ledger.take_in, name="ledger_take_in"),
    path("ledger/<int:upload>/drop/", ledger.drop, name="ledger_drop"),
]

"""Addresses around requests, within those of requests (desk/requests/)."""

from __future__ import annotations

from django.urls import URLPattern, path

from .views import calendar, case_file, erasing, ledger, overdue, settings

urlpatterns: list[URLPattern] = [
    path("ledger/", ledger.ledger, name="ledger"),
    path("ledger/ledger.xlsx", ledger.export, name="ledger_export"),
    path("ledger/upload/", ledger.upload, name="ledger_upload"),
    path("ledger/<int:upload>/", ledger.check, name="ledger_check"),
    path("ledger/<int:upload>/refused.xlsx", ledger.refused, name="ledger_refused"),
    path("ledger/<int:upload>/take-in/", ledger.take_in, name="ledger_take_in"),
    path("ledger/<int:upload>/drop/", ledger.drop, name="ledger_drop"),
    path("<int:number>/file/", case_file.case_file, name="case_file"),
    path("<int:number>/erase/", erasing.erase, name="erase"),
    path("<int:number>/chase/", overdue.chase, name="chase"),
    path("<int:number>/chase/<int:chase>/", overdue.answer, name="answer_chase"),
    path("overdue/", overdue.overdue, name="overdue"),
    path("due-days/", calendar.mine, name="due_days"),
    path("due-days/make/", calendar.make, name="make_feed"),
    path("due-days/end/", calendar.end, name="end_feed"),
    path("due-days/<str:token>.ics", calendar.calendar, name="calendar"),
    path("settings/", settings.agencies, name="settings"),
    path("settings/<int:agency>/", settings.settings, name="settings_of"),
    path("settings/<int:agency>/letters/", settings.letters, name="settings_letters"),
    path("settings/<int:agency>/letters/<slug:kind>/", settings.template, name="settings_letter"),
]

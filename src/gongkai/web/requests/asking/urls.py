"""The addresses of asking, below ``<mount>ask/``; none of them holds anything personal."""

from __future__ import annotations

from django.urls import URLPattern, path

from .views import choose, hand_in, progress, sending, steps

app_name = "asking"
urlpatterns: list[URLPattern] = [
    path("", choose.choose, name="choose"),
    path("to/<slug:slug>/", choose.agency, name="agency"),
    path("to/<slug:slug>/form.docx", choose.blank_form, name="blank_form"),
    path("to/<slug:slug>/what/", steps.what, name="what"),
    path("to/<slug:slug>/suggest/", steps.suggest, name="suggest"),
    path("to/<slug:slug>/who/", steps.who, name="who"),
    path("to/<slug:slug>/check/", sending.check, name="check"),
    path("to/<slug:slug>/receipt/", sending.receipt, name="receipt"),
    path("to/<slug:slug>/leave/", sending.leave, name="leave"),
    path("progress/", progress.door, name="progress"),
    path("progress/case/", progress.case, name="case"),
    path("progress/leave/", progress.leave, name="progress_leave"),
    path("progress/letter/<int:number>/", progress.letter, name="letter"),
    path("progress/paper/<int:number>/", progress.paper, name="paper"),
    path("progress/hand-in/<slug:kind>/", hand_in.hand_in, name="hand_in"),
    path("progress/contact/", hand_in.contact, name="contact"),
]

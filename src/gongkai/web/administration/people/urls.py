"""The addresses of people: signing in, my settings, accounts."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.web.administration.people import accounts, my_settings, provider, signing_in

app_name = "people"
urlpatterns: list[URLPattern] = [
    path("sign-in/", signing_in.sign_in, name="sign_in"),
    path("sign-out/", signing_in.sign_out, name="sign_out"),
    path("provider/", provider.ask_provider, name="provider"),
    path("provider/return/", provider.return_from_provider, name="provider_return"),
    path("me/", my_settings.me, name="me"),
    path("me/password/", signing_in.change_password, name="change_password"),
    path("me/look/", my_settings.look, name="look"),
    path("me/device/", my_settings.add_device, name="add_device"),
    path("me/device/remove/", my_settings.remove_device, name="remove_device"),
    path("me/sessions/<int:number>/end/", my_settings.end_session, name="end_session"),
    path("", accounts.people, name="list"),
    path("export.xlsx", accounts.export, name="export"),
    path("new/", accounts.make, name="make"),
    path("<int:number>/", accounts.person, name="person"),
    path("<int:number>/edit/", accounts.edit, name="edit"),
    path("<int:number>/disable/", accounts.disable, name="disable"),
    path("<int:number>/enable/", accounts.enable, name="enable"),
    path("<int:number>/password/", accounts.reset_password, name="reset_password"),
    path("<int:number>/unlock/", accounts.unlock, name="unlock"),
    path("<int:number>/appoint/", accounts.appoint, name="appoint"),
    path("<int:number>/link/", accounts.link, name="link"),
    path("appointments/<int:number>/end/", accounts.end_appointment, name="end_appointment"),
]

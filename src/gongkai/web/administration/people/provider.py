"""Sign-in by the region's identity provider, where the settings name one.

An account is never made here: the security administrator links it to the provider's
subject, or, where the setting says so, an equal username does.
"""

from __future__ import annotations

from types import ModuleType

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from gongkai.web.administration.people.acts.accounts import link_by_username
from gongkai.web.administration.people.door import BY_PROVIDER
from gongkai.web.administration.people.signing_in import begin
from gongkai.web.people.models import Person
from gongkai.web.policies import public

_NEXT = "provider_next"


@public
@never_cache
def ask_provider(request: HttpRequest) -> HttpResponseBase:
    """Send the browser to the provider."""
    provider = _provider()
    request.session[_NEXT] = request.GET.get("next", "")
    try:
        response: HttpResponseBase = provider.ask(
            request, request.build_absolute_uri(reverse("people:provider_return"))
        )
    except provider.ProviderFailed:
        return _refused(request, "统一身份认证连不上，过一会儿再试，或者用密码登录。", 502)
    return response


@public
@never_cache
def return_from_provider(request: HttpRequest) -> HttpResponseBase:
    """The browser is back with a code: exchange it, find the account, sign in."""
    provider = _provider()
    wanted = request.session.pop(_NEXT, "")
    try:
        identity = provider.answer(request)
    except provider.ProviderFailed:
        return _refused(request, "统一身份认证没有成功，再试一次，或者用密码登录。", 403)
    person = Person.objects.filter(oidc_subject=identity.subject).first()
    if person is None and settings.OIDC_BY_USERNAME and identity.username:
        person = link_by_username(identity.username, identity.subject)
    if person is None:
        return _refused(
            request,
            "统一身份认证通过了，但是这个账号没有关联到本平台的人员。"
            f"把这个编号告诉安全管理员：{identity.subject}",
            403,
        )
    if not person.is_active:
        return _refused(request, "这个账号已经停用，找系统管理员。", 403)
    return begin(request, person, wanted, by=BY_PROVIDER)


def _provider() -> ModuleType:
    if not settings.OIDC_ISSUER:
        raise Http404
    from gongkai.web.administration.people import identity_provider

    return identity_provider


def _refused(request: HttpRequest, text: str, status: int) -> HttpResponse:
    return render(request, "people/provider_refused.html", {"text": text}, status=status)

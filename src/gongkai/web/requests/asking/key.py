"""The key to one's own case: the query code once, then a signed cookie for half an hour.

No address holds the code or the number.  Wrong codes are counted for the network address; what
is said of them is the same whether the number exists or not.
"""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from gongkai.core.personal_numbers import plain

from ..models import DisclosureRequest
from ..numbers import digest_of_code

COOKIE = "gk_case"
_SALT = "gongkai.asking.case"
_SECONDS = 30 * 60
_BRACKETS = str.maketrans("[]［］()（）【】", "〔〕" * 5)


def case_of_code(number: str, code: str) -> DisclosureRequest | None:
    """The case that ``code`` opens; where a number is given as well, it must be that case's."""
    found = DisclosureRequest.objects.filter(code_digest=digest_of_code(plain(code))).first()
    if found is None or (_same(number) and _same(number) != _same(found.number)):
        return None
    return found


def opened(request: HttpRequest) -> DisclosureRequest | None:
    """The case this browser opened within the last half hour."""
    try:
        pk = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=_SECONDS)
    except signing.BadSignature:
        return None
    return DisclosureRequest.objects.select_related("agency", "requester").filter(pk=pk).first()


def hold_open(response: HttpResponse, case: DisclosureRequest) -> HttpResponse:
    """Let this browser open the case for another half hour."""
    response.set_cookie(
        COOKIE,
        signing.dumps(case.pk, salt=_SALT),
        max_age=_SECONDS,
        path=_path(),
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return response


def close(response: HttpResponse) -> HttpResponse:
    """Forget the case in this browser."""
    response.delete_cookie(COOKIE, path=_path(), samesite="Lax")
    return response


def _path() -> str:
    return f"{settings.MOUNT}ask/progress/"


def _same(number: str) -> str:
    return "".join(plain(number).split()).translate(_BRACKETS).upper()

"""Pages for what went wrong: they say what, and what to do."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from gongkai.web.disclosure.steps import OutOfTurn
from gongkai.web.policies import Forbidden


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403, with the reason when there is one."""
    return render(
        request, "desk/error.html", {"heading": "不能办", "text": str(exception or "")}, status=403
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    text = "地址可能写错了，或者这条记录已经不在。"
    return render(request, "desk/error.html", {"heading": "没有这一页", "text": text}, status=404)


def out_of_date(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was opened before the last sign-in, or it is not one of ours."""
    text = (
        "打开这一页以后重新登录过，或者浏览器不让用 cookie，所以没有收。"
        "回到上一页刷新一下再做一次；写的内容还留在这台电脑上，可以取回来。"
    )
    return render(request, "desk/error.html", {"heading": "没有收到", "text": text}, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: nothing is lost, since every act is one transaction."""
    text = (
        "刚才的操作没有完成，数据没有改动。再试一次；还是这样，告诉系统管理员时间和这一页的地址。"
    )
    return render(request, "desk/error.html", {"heading": "系统出了问题", "text": text}, status=500)


class Explained:
    """Middleware: what an act refuses becomes a page that says why, not a failure."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """403 for what the policy forbids, 409 for what comes out of turn."""
        if isinstance(exception, Forbidden):
            return forbidden(request, exception)
        if isinstance(exception, OutOfTurn):
            context = {"heading": "现在不能办", "text": str(exception)}
            return render(request, "desk/error.html", context, status=409)
        return None

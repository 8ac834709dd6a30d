"""The settings: hosts, https, proxies, sign-in by the identity provider, mail, the letters' typefaces."""

from __future__ import annotations

import shlex
import shutil
import smtplib
import urllib.request
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import get_connection

from gongkai.core.writers.letter_pdf import font_notes
from gongkai.web.typesetting import folder

from .condition import Condition, good, notice, wrong

_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_SECONDS = 5


def conditions() -> Iterator[Condition]:
    """What the environment set, judged by itself."""
    origin = urlsplit(settings.ORIGIN)
    yield _hosts(origin.hostname or "")
    yield _https(origin.scheme, origin.hostname or "")
    if settings.HTTPS:
        yield _proxies()
    yield _oidc()
    yield _mail()
    if settings.SMS_COMMAND:
        yield _sms()
    yield _letter_fonts()


def _hosts(origin: str) -> Condition:
    hosts = [host.strip("[]") for host in settings.ALLOWED_HOSTS]
    if "*" in hosts:
        return wrong(
            "hosts", "域名", "GONGKAI_HOSTS 是 *，任何域名都接受",
            "改成平台自己的域名，多个用逗号隔开。",
        )  # fmt: skip
    if not any(host == origin or (host[:1] == "." and origin.endswith(host)) for host in hosts):
        return wrong(
            "hosts", "域名", f"GONGKAI_ORIGIN 的 {origin} 不在 GONGKAI_HOSTS 里，打开会是 400",
            f"GONGKAI_HOSTS 加上 {origin}。",
        )  # fmt: skip
    return good("hosts", "域名", "、".join(settings.ALLOWED_HOSTS))


def _https(scheme: str, host: str) -> Condition:
    if host in _LOOPBACK and not settings.HTTPS:
        return good("https", "https", "只在本机使用，不需要")
    if scheme != "https":
        return wrong(
            "https", "https", f"{settings.ORIGIN} 不加密，密码会在网络上被看见",
            "nginx 配证书，GONGKAI_ORIGIN 改成 https://…，GONGKAI_HTTPS=1。",
        )  # fmt: skip
    if not settings.HTTPS:
        return wrong(
            "https", "https", "GONGKAI_ORIGIN 是 https，但没有设 GONGKAI_HTTPS=1",
            "设 GONGKAI_HTTPS=1，登录凭据才只走加密连接。",
        )  # fmt: skip
    return good("https", "https", "已启用")


def _proxies() -> Condition:
    if not settings.PROXIES:
        return wrong(
            "proxies", "代理", "没有设 GONGKAI_PROXIES：审计记录和登录锁定看到的都是 nginx 的地址",
            "nginx 在本机的，设 GONGKAI_PROXIES=127.0.0.1。",
        )  # fmt: skip
    return good("proxies", "代理", "、".join(sorted(settings.PROXIES)))


def _oidc() -> Condition:
    given = {
        "GONGKAI_OIDC_ISSUER": settings.OIDC_ISSUER,
        "GONGKAI_OIDC_CLIENT": settings.OIDC_CLIENT,
        "GONGKAI_OIDC_SECRET": settings.OIDC_SECRET,
    }
    missing = [name for name, value in given.items() if not value]
    if len(missing) == len(given):
        return good("oidc", "统一身份认证", "没有启用，用密码登录")
    if missing:
        return wrong(
            "oidc", "统一身份认证", f"少了 {'、'.join(missing)}", "三项都要设，或者都不设。"
        )
    address = f"{settings.OIDC_ISSUER.rstrip('/')}/.well-known/openid-configuration"
    try:
        with urllib.request.urlopen(address, timeout=_SECONDS):
            return good("oidc", "统一身份认证", settings.OIDC_ISSUER)
    except (OSError, ValueError) as error:
        return wrong(
            "oidc", "统一身份认证", f"{address} 打不开：{error}",
            "核对 GONGKAI_OIDC_ISSUER 和网络；密码登录不受影响。",
        )  # fmt: skip


def _mail() -> Condition:
    if not settings.MAIL_HOST:
        return notice(
            "mail", "邮件", "没有配置邮件，提醒只在工作台显示",
            "不影响使用；要发期限提醒，设 GONGKAI_MAIL_HOST。",
        )  # fmt: skip
    server = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        connection = get_connection(timeout=_SECONDS)
        connection.open()
        connection.close()
    except (OSError, smtplib.SMTPException) as error:
        return wrong("mail", "邮件", f"{server} 连不上：{error}", "核对邮件服务器的地址和账号。")
    return good("mail", "邮件", server)


def _sms() -> Condition:
    program = next(iter(shlex.split(settings.SMS_COMMAND)), "")
    if shutil.which(program) is None:
        return wrong(
            "sms", "短信", f"GONGKAI_SMS_COMMAND 的 {program} 找不到，短信提醒发不出",
            "写命令的完整路径，并给平台的用户执行权限。",
        )  # fmt: skip
    return good("sms", "短信", settings.SMS_COMMAND)


def _letter_fonts() -> Condition:
    wanting = font_notes(folder())
    if wanting:
        return notice(
            "letter_fonts", "文书字体", "；".join(one.partition("；")[0] for one in wanting),
            f"把国标字体的文件放进 {settings.FONTS}，重新启动；或者用文书的 Word 文件印制。",
        )  # fmt: skip
    return good("letter_fonts", "文书字体", "仿宋、小标宋都有")

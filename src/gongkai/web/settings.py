"""The one settings file, read from the environment; nothing secret has a default.

Every variable is listed in ``docs/howto/settings.md``.  The data folder holds all
that an installation owns: database, files, baked site, secret key.
"""

from __future__ import annotations

import base64
import os
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any

import dj_database_url

from .key_files import key_in

DATA = Path(os.environ.get("GONGKAI_DATA", "gongkai-data")).absolute()
FILES = DATA / "files"
SITE = DATA / "site"

SECRET_KEY = os.environ.get("GONGKAI_SECRET_KEY") or key_in(
    DATA / "secret.key", lambda: secrets.token_urlsafe(48)
)
# What seals the identity of requesters (sealed.py): 32 bytes in base64, one a line; the last
# one seals, all unseal.  Without it nobody can read them again: docs/howto/backup.md.
IDENTITY_KEYS = os.environ.get("GONGKAI_IDENTITY_KEYS") or key_in(
    DATA / "identity.keys", lambda: base64.b64encode(secrets.token_bytes(32)).decode()
)
DEBUG = False
ALLOWED_HOSTS = os.environ.get("GONGKAI_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("GONGKAI_ORIGINS", "").split(",") if o]

# Where the platform lives under the government site that exists (国办公开办函〔2019〕61号
# forbids a website of its own).  Always begins and ends with a slash.
MOUNT = "/" + os.environ.get("GONGKAI_MOUNT", "/zwgk/zfxxgk/").strip("/") + "/"
MOUNT = MOUNT.replace("//", "/")
# The address under which everybody reaches the host site; feeds and the sitemap need it.
ORIGIN = os.environ.get("GONGKAI_ORIGIN", "http://127.0.0.1:8000").rstrip("/")
# header.html, footer.html and host.css of the host site.
HOST_FILES = Path(os.environ["GONGKAI_HOST_FILES"]) if "GONGKAI_HOST_FILES" in os.environ else None
# Typefaces of the agency's own for the letters it prints: GB/T 9704 asks for 仿宋 and 小标宋.
FONTS = Path(os.environ.get("GONGKAI_FONTS", DATA / "fonts"))

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "axes",
    "gongkai.web.audit",
    "gongkai.web.agencies",
    "gongkai.web.people",
    "gongkai.web.publication",
    "gongkai.web.registers",
    "gongkai.web.disclosure",
    "gongkai.web.requests",
    "gongkai.web.remedies",
    "gongkai.web.reports",
    "gongkai.web.oversight.watching",
    "gongkai.web.oversight.rectification",
    "gongkai.web.oversight.measures",
    "gongkai.web.oversight.concerns",
    "gongkai.web.oversight.assessment",
    "gongkai.web.oversight.overview",
    "gongkai.web.public",
    "gongkai.web.desk",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "gongkai.web.security.ContentSecurityPolicy",
    "gongkai.web.client_address.ClientAddress",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "gongkai.web.desk.kept.Kept",
    "gongkai.web.desk.errors.Explained",
    "gongkai.web.administration.people.door.Door",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "gongkai.web.urls"
WSGI_APPLICATION = "gongkai.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "gongkai.web.desk.context.desk",
            ],
        },
    }
]

_SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": DATA / "gongkai.sqlite3",
    # WAL lets people read while one writes; IMMEDIATE takes the writer's place at the start
    # of a transaction, so that two writers wait instead of failing halfway.
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-64000",
    },
}
DATABASE_URL = os.environ.get("GONGKAI_DATABASE_URL", "")
DATABASES: dict[str, Any] = {
    "default": dj_database_url.parse(DATABASE_URL, conn_max_age=60) if DATABASE_URL else _SQLITE
}
FORM_RENDERER = "gongkai.web.form_fields.Renderer"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "gongkai.web.people.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "gongkai.web.people.passwords.ThreeKinds"},
    {"NAME": "gongkai.web.people.passwords.NotLikeTheName"},
    {"NAME": "gongkai.web.people.passwords.NotCommon"},
    {"NAME": "gongkai.web.people.passwords.NotTheSame"},
]
LOGIN_URL = "people:sign_in"
LOGIN_REDIRECT_URL = "desk:home"
# Five tries, then a quarter of an hour; counted for the name and the address together, so
# that nobody can lock a colleague out from elsewhere.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "gongkai.web.administration.people.signing_in.locked"
AXES_CLIENT_IP_CALLABLE = "gongkai.web.client_address.client_address"
# A try while locked does not prolong the lock: the page says until when.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "otp", "csrfmiddlewaretoken"]
AXES_RESET_ON_SUCCESS = True
# Sign-ins are kept by our own audit trail; failures of unknown names only here.
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ACCESS_FAILURE_LOG = True
AXES_VERBOSE = False
# Proxies of ours whose X-Forwarded-For is believed; "unix" for a local socket.
PROXIES = frozenset(filter(None, os.environ.get("GONGKAI_PROXIES", "").split(",")))
OTP_TOTP_ISSUER = "公开"

CSRF_FAILURE_VIEW = "gongkai.web.desk.errors.out_of_date"
SESSION_COOKIE_AGE = 30 * 60
SESSION_SAVE_EVERY_REQUEST = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSIONS_A_PERSON = int(os.environ.get("GONGKAI_SESSIONS_A_PERSON", "3"))
# Behind https, as in production: GONGKAI_HTTPS=1.
HTTPS = os.environ.get("GONGKAI_HTTPS", "") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Sign-in by the region's identity provider, beside passwords (authorisation code and PKCE).
OIDC_ISSUER = os.environ.get("GONGKAI_OIDC_ISSUER", "")
OIDC_CLIENT = os.environ.get("GONGKAI_OIDC_CLIENT", "")
OIDC_SECRET = os.environ.get("GONGKAI_OIDC_SECRET", "")
# Whether an account that nobody linked yet is found by an equal username.
OIDC_BY_USERNAME = os.environ.get("GONGKAI_OIDC_BY_USERNAME", "") == "1"

REDIS_URL = os.environ.get("GONGKAI_REDIS_URL", "")
TASKS = {
    "default": {
        "BACKEND": "django_tasks_rq.RQBackend" if REDIS_URL else "django_tasks_db.DatabaseBackend"
    }
}
if REDIS_URL:
    INSTALLED_APPS += ["django_rq", "django_tasks_rq"]
    RQ_QUEUES = {"default": {"URL": REDIS_URL}}
    RQ = {"JOB_CLASS": "django_tasks_rq.Job"}

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # whitenoise warns where there is none
STATICFILES_DIRS = [
    Path(__file__).parent / "static",
    # One stylesheet for reports, public pages and the desk.
    ("gongkai", Path(__file__).parents[1] / "core" / "writers" / "style"),
]
# Straight from the packages: nothing to collect before the first start.
WHITENOISE_USE_FINDERS = True

FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 2**20
ATTACHMENT_MAX_BYTES = int(os.environ.get("GONGKAI_ATTACHMENT_MAX_MB", "64")) * 2**20
# The public forms (requests/asking): a file, all files of one sending, and how often within an
# hour one network address may submit, upload or mistype a code.  After so many submissions,
# its own or everybody's, a sum is asked for.
ASKING_FILE_BYTES = int(os.environ.get("GONGKAI_ASKING_FILE_MAX_MB", "10")) * 2**20
ASKING_FILES_BYTES = 3 * ASKING_FILE_BYTES
ASKING_AN_HOUR = int(os.environ.get("GONGKAI_ASKING_AN_HOUR", "20"))
ASKING_UPLOADS_AN_HOUR = 3 * ASKING_AN_HOUR
ASKING_WRONG_CODES_AN_HOUR = 20
ASKING_WITHOUT_SUM = int(os.environ.get("GONGKAI_ASKING_WITHOUT_SUM", "2"))
ASKING_WITHOUT_SUM_ALL = 60
# Whether the links of a text are tried before its secrecy review; addresses within the own
# network are not, unless named.
TRY_LINKS = os.environ.get("GONGKAI_TRY_LINKS", "1") == "1"
TRY_LINKS_ALSO = frozenset(filter(None, os.environ.get("GONGKAI_TRY_LINKS_ALSO", "").split(",")))
# A command that reads a file's path as its last argument and ends with 0 when the file is clean.
VIRUS_SCANNER = os.environ.get("GONGKAI_VIRUS_SCANNER", "")

# Mail for reminders; off until a server is named.
MAIL_HOST = os.environ.get("GONGKAI_MAIL_HOST", "")
EMAIL_HOST = MAIL_HOST or "localhost"
EMAIL_PORT = int(os.environ.get("GONGKAI_MAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("GONGKAI_MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("GONGKAI_MAIL_PASSWORD", "")
EMAIL_USE_SSL = os.environ.get("GONGKAI_MAIL_SECURITY", "") == "ssl"
EMAIL_USE_TLS = os.environ.get("GONGKAI_MAIL_SECURITY", "") == "starttls"
DEFAULT_FROM_EMAIL = (
    os.environ.get("GONGKAI_MAIL_FROM", "") or EMAIL_HOST_USER or "gongkai@localhost"
)
EMAIL_TIMEOUT = 20
# A command that takes a text message as JSON on its standard input and ends with 0.
SMS_COMMAND = os.environ.get("GONGKAI_SMS_COMMAND", "")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("GONGKAI_LOG", "WARNING")},
    # An address that does not exist is the visitor's affair, not worth a line.
    "loggers": {"django.request": {"level": "ERROR"}},
}

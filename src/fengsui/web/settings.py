"""Settings of the Django project: everything an office may change comes from the environment.

==========================  =====================================================================
``FENGSUI_DATA``            directory for the database, the secret key and logs (default ``var``)
``FENGSUI_DATABASE``        path of an SQLite file, or ``postgresql://user:password@host:port/name``
``FENGSUI_SECRET_KEY``      signing key; without it one is made once and kept in the data directory
``FENGSUI_HOSTS``           host names that browsers may use, separated by commas
``FENGSUI_HTTPS``           ``1`` when a proxy in front speaks HTTPS: secure cookies, HSTS
``FENGSUI_TRUSTED_ORIGINS`` full origins (``https://…``) from which forms may come, by commas
``FENGSUI_TIME_ZONE``       zone in which times are shown (default ``Asia/Shanghai``)
``FENGSUI_SEAL_DAYS``       days until personal data of an ended matter is sealed (default 90)
``FENGSUI_ERASE_DAYS``      days until it is erased (default 730)
``FENGSUI_PUBLIC_FORM``     ``0`` closes the form on which the public may report
``FENGSUI_DUTY_PHONE``      telephone of the duty desk, shown to the public
``FENGSUI_ANSWER_MINUTES``  minutes until a proposal goes to who stands in (default 15, 0: never)
``FENGSUI_DEVICE_COMPULSORY``  ``1``: approving takes a code from an enrolled phone
``FENGSUI_DEBUG``           ``1`` shows traces in the browser; never on a machine that is in use
==========================  =====================================================================
"""

from __future__ import annotations

import os
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

WEB_DIR = Path(__file__).resolve().parent


def _flag(name: str) -> bool:
    return os.environ.get(name, "") in ("1", "true", "yes", "on")


def _listed(name: str, default: str = "") -> list[str]:
    return [item.strip() for item in os.environ.get(name, default).split(",") if item.strip()]


DATA_DIR = Path(os.environ.get("FENGSUI_DATA", "var")).resolve()


def _make_data_dir() -> None:
    try:
        DATA_DIR.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"cannot write to the data directory {DATA_DIR}; set FENGSUI_DATA to one that you own"
        ) from error


def _secret_key() -> str:
    """The signing key: from the environment, else made once; two processes starting at once agree."""
    given = os.environ.get("FENGSUI_SECRET_KEY")
    if given:
        return given
    place = DATA_DIR / "secret_key"
    if not place.exists():
        # Written aside and linked: a second process sees either no key or a whole one.
        draft = DATA_DIR / f".secret_key.{os.getpid()}.{secrets.token_hex(4)}"
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(64))
        try:
            os.link(draft, place)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return place.read_text("ascii").strip()


def _sqlite(path: str) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": 600,
        "OPTIONS": {
            # IMMEDIATE: a deferred transaction that turns into a writer fails at once when another writes.
            # FULL: with NORMAL the last commit may be lost at a power cut.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
                "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-20000;"
            ),
        },
    }


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    host = options.pop("host", None) or unquote(parts.hostname or "")
    port = options.pop("port", None) or parts.port or ""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(port),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def database(setting: str) -> dict[str, Any]:
    """The Django database entry for one ``FENGSUI_DATABASE`` value."""
    if setting.startswith(("postgresql://", "postgres://")):
        return _postgresql(setting)
    return _sqlite(setting.removeprefix("sqlite:///"))


_make_data_dir()

DEBUG = _flag("FENGSUI_DEBUG")
SECRET_KEY = _secret_key()
ALLOWED_HOSTS = _listed("FENGSUI_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = _listed("FENGSUI_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "fengsui.store",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "fengsui.web",
    "axes",
    "django_htmx",
    "django_otp",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "fengsui.web.middleware.content_security_policy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "fengsui.web.seat.measured",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "fengsui.web.seat.seated",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "fengsui.web.urls"
WSGI_APPLICATION = "fengsui.web.wsgi.application"
ASGI_APPLICATION = "fengsui.web.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [WEB_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

DATABASES = {"default": database(os.environ.get("FENGSUI_DATABASE") or str(DATA_DIR / "fengsui.sqlite3"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "store.Account"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/login"
LOGIN_REDIRECT_URL = "/"

# Locked by name and address together: a stranger elsewhere cannot lock the duty officer out.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "fengsui.web.people.views.locked_out"
AXES_VERBOSE = False

OTP_TOTP_ISSUER = "Fengsui"

SESSION_COOKIE_AGE = 12 * 60 * 60  # one shift
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
if _flag("FENGSUI_HTTPS"):
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 30 * 24 * 60 * 60

# No inline script and nothing from elsewhere: the desk works without the internet.
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)

# Days after its matter ended until personal data is sealed (shown to nobody), and until it is erased.
PERSONAL_PERIODS = (
    int(os.environ.get("FENGSUI_SEAL_DAYS", "90")),
    int(os.environ.get("FENGSUI_ERASE_DAYS", "730")),
)

# Anybody may report on /public/report; FENGSUI_PUBLIC_FORM=0 closes it. The number is shown there.
PUBLIC_FORM = os.environ.get("FENGSUI_PUBLIC_FORM", "1") == "1"
DUTY_PHONE = os.environ.get("FENGSUI_DUTY_PHONE", "")

USE_TZ = True
TIME_ZONE = os.environ.get("FENGSUI_TIME_ZONE", "Asia/Shanghai")
USE_I18N = True
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
CSRF_FAILURE_VIEW = "fengsui.web.people.views.csrf_failed"

# A form is small; a document comes in pieces and is measured by the view that takes it.
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
MAX_DOCUMENT_BYTES = 50 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("FENGSUI_LOG_LEVEL", "WARNING")},
}

"""Settings of the site. What an installation may change is in docs/reference.md."""

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from config import environment

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

DEBUG = environment.boolean("DEBUG")
# Plain http on this machine alone, as `make run` serves it: no https redirect, no secure cookies.
LOCAL_HTTP = environment.boolean("LOCAL_HTTP", default=DEBUG)

SECRET_KEY = environment.secret_key("SECRET_KEY", file=VAR_DIR / "secret-key")
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = environment.words("CSRF_TRUSTED_ORIGINS", default=[])
CSRF_FAILURE_VIEW = "config.http.faults.csrf_failure"

# What addresses in feeds, exports and canonical links begin with; "": the host that was asked.
SITE_URL = environment.origin("SITE_URL")

INSTALLED_APPS = [
    "config.apps.CuratingConfig",  # django.contrib.admin, with a site of our own
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "django_filters",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "config.accounts.apps.AccountsConfig",
    "actors",
    "events",
]

MIDDLEWARE = [
    "config.http.frames.room_for_frames",
    "config.http.security_headers.complete_headers",
    "config.http.faults.DatabaseFaults",
    "config.http.timing.server_timing",
    "config.http.open_access.open_access",
    "config.http.requests.refuse_methods",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "config.http.requests.refuse_nul",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "config.http.caching.without_cookies",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
# Functions that a worker of the server calls before it takes its first request.
BEFORE_SERVING = ["events.index.current.load", "events.charts.map.base.load", "events.site.load"]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            # Every template has words: none need load the tags that mark them.
            "builtins": ["django.templatetags.i18n"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.http.addresses.site_url",
                "events.site.chronology",
            ],
        },
    },
]

# What a session of PostgreSQL is told beside the limits. To compile a query, or to let processes
# help with it that others would miss, takes longer than a query of a page. Tables of this kind are
# in memory, where a page costs little beside the work on its rows, in whatever order pages are met
# (the manual on `random_page_cost`); and no sort of a page of the site should reach the disk.
_SESSION = {
    "jit": "off",
    "max_parallel_workers_per_gather": "0",
    "seq_page_cost": "0.2",
    "random_page_cost": "0.2",
    "work_mem": "16MB",
}
# Both limits in milliseconds: no page waits long on a lock or on a query that went wrong.
STATEMENT_TIMEOUT = environment.integer("STATEMENT_TIMEOUT", default=15_000, low=0, high=3_600_000)
LOCK_TIMEOUT = environment.integer("LOCK_TIMEOUT", default=5_000, low=0, high=3_600_000)


def _database() -> dict[str, Any]:
    database = environment.postgresql("DATABASE_URL") or {
        "ENGINE": "config.embedded",
        "NAME": "chancery",
        "OPTIONS": {},
    }
    limits = {"statement_timeout": STATEMENT_TIMEOUT, "lock_timeout": LOCK_TIMEOUT}
    session = _SESSION | limits
    database["OPTIONS"] |= {
        "pool": {
            "min_size": 1,
            "max_size": environment.integer("DATABASE_POOL_SIZE", default=8, low=1, high=100),
            # Seconds: a page without a database says so soon, and connects again soon after.
            "timeout": 2,
            "reconnect_timeout": 2,
        },
        "options": " ".join(f"-c {name}={value}" for name, value in session.items()),
    }
    database["OPTIONS"].setdefault("connect_timeout", 5)
    # The pool keeps the connections; Django must hand them back after each request.
    return database | {"CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": True}


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FIXTURE_DIRS = [BASE_DIR / "fixtures"]
SERIALIZATION_MODULES = {"json": "config.db.json_dumps"}

_DJANGOS = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_DJANGOS}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_DJANGOS}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_DJANGOS}.CommonPasswordValidator"},
    {"NAME": f"{_DJANGOS}.NumericPasswordValidator"},
    {"NAME": "config.accounts.passwords.KnownPasswordValidator"},
]
# Whose accounts sign in with a code, too. On one's own machine nobody has to.
SECOND_FACTOR = environment.one_of(
    "SECOND_FACTOR",
    ("none", "editors", "everyone") if LOCAL_HTTP else ("editors", "none", "everyone"),
)
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
SESSION_ENGINE = "config.accounts.sessions"
SESSION_COOKIE_AGE = 12 * 3600  # since signing in; config.accounts.sessions ends idle ones sooner
ACCOUNT_ADAPTER = "config.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
# They would be counted in each process, and would close an account to everybody; ours are in
# config.accounts.attempts.
ACCOUNT_RATE_LIMITS = False
MFA_ADAPTER = "config.accounts.adapters.SecondFactorAdapter"
# Half minutes by which the clock of a telephone may be wrong.
MFA_TOTP_TOLERANCE = 1

# What is kept in each process, as long as the data stay the same (config.http.caching); CACHE=0
# keeps nothing. Pages and counts have room of their own, because a page is some hundred times
# larger; so has the API, because a program that reads all of it would push the pages out.
CACHE = environment.boolean("CACHE", default=True)
_KEEPS = "locmem.LocMemCache" if CACHE else "dummy.DummyCache"
CACHES = {
    name: {
        "BACKEND": f"django.core.cache.backends.{_KEEPS}",
        "LOCATION": name,
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": entries},
    }
    for name, entries in (("default", 100), ("pages", 500), ("api", 200), ("counts", 2000))
}
# Requests of the API that one address may make in a minute, of each process; 0 sets no limit.
API_RATE = environment.integer("API_RATE", default=600, low=0, high=1_000_000)
# Exports of a whole set that each process writes at a time.
EXPORTS_AT_ONCE = environment.integer("EXPORTS_AT_ONCE", default=2, low=1, high=64)
# Which program made a page: a browser must not keep one that another version made.
BUILD = environment.build(BASE_DIR)

# How 3/4/2017 is read where a curator types it: "day" first, "month" first, or not at all.
DATE_ORDER = environment.one_of("DATE_ORDER", ("", "day", "month"))

LANGUAGE_CODE = "en"
# Where `makemessages` writes, and translations of the site are read.
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Asked for by these names at the root of every site: favicon.ico, apple-touch-icon.png.
WHITENOISE_ROOT = BASE_DIR / "static" / "root"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
if not LOCAL_HTTP:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
# Only behind a proxy that overwrites these headers: without one, anybody could claim https, or
# another's address.
BEHIND_HTTPS_PROXY = environment.boolean("BEHIND_HTTPS_PROXY")
if BEHIND_HTTPS_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_HTTPONLY = True

# An event with many participations, claims and citations has more fields than Django's thousand.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

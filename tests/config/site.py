"""Settings of a small site for tests of engine and middleware: they are real, its apps are few."""

from config.settings import *  # noqa: F403

LOCAL_HTTP = True
SECURE_SSL_REDIRECT = False
# It has no events.
BEFORE_SERVING: list[str] = []
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
]
# Nobody signs in.
MIDDLEWARE = [name for name in MIDDLEWARE if not name.startswith("allauth.")]  # noqa: F405
SESSION_ENGINE = "django.contrib.sessions.backends.db"
ROOT_URLCONF = "tests.config.pages"

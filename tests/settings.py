"""Settings of the test run: the site's own, on a database cluster that is nobody's data."""

import os

os.environ.setdefault("LOCAL_HTTP", "1")
os.environ["SECOND_FACTOR"] = "none"
# A machine that others keep busy is slow, and no test is about that.
os.environ.setdefault("STATEMENT_TIMEOUT", "60000")
os.environ.setdefault("LOCK_TIMEOUT", "20000")

from config.settings import *  # noqa: F403
from config.settings import STORAGES, VAR_DIR
from tests import strict_templates

os.environ.setdefault("EMBEDDED_PG_DIR", str(VAR_DIR / "test-pg"))

# Playwright runs an event loop in the thread of the tests; no test of ours is asynchronous.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

# Tests ask for no hashed names, so that nothing must be collected first.
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
# Every page is made anew; tests of the caches ask for them.
CACHES = {
    name: {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
    for name in ("default", "pages", "api", "counts")
}
# All tests ask from one address; those of the limit set one.
API_RATE = 0
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Static files are served from where they stand.
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True

# A template that asks for an attribute that is not there raises instead of writing nothing.
strict_templates.install()

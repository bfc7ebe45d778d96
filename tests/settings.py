"""Settings of the test run: the site's own, on a database cluster that is nobody's data."""

import os

os.environ.setdefault("LOCAL_HTTP", "1")

from config.settings import *  # noqa: E402, F403
from config.settings import STORAGES, VAR_DIR  # noqa: E402

os.environ.setdefault("EMBEDDED_PG_DIR", str(VAR_DIR / "test-pg"))

# Tests ask for no hashed names, so that nothing must be collected first.
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Static files are served from where they stand.
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True

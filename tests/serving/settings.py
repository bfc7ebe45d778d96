"""The site's middleware before pages that only the tests of the server need."""

from tests.settings import *  # noqa: F403

ROOT_URLCONF = "tests.serving.pages"

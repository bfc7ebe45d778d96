from collections.abc import Iterator
from typing import Any

import pytest

from tests.serving.sites import Site, environment, serving
from tests.waiting import wait_until


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: Any) -> Iterator[Site]:
    """One worker of the real site, on an empty chronology."""
    with django_db_blocker.unblock():
        env = environment()
    with serving(env) as server:
        wait_until(lambda: "Chancery is at" in server.output, 60)
        yield server


@pytest.fixture(scope="module")
def pages(django_db_setup: None, django_db_blocker: Any) -> Iterator[Site]:
    """One worker that serves `tests.serving.pages`."""
    with django_db_blocker.unblock():
        env = environment(DJANGO_SETTINGS_MODULE="tests.serving.settings")
    with serving(env) as server:
        wait_until(lambda: "Chancery is at" in server.output, 60)
        yield server

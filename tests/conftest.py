import json
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import setup_databases, teardown_databases

from actors.models import Country, CountryName
from events.loading import load_citations

# No test asserts times; a busy machine is no failure.
hypothesis.settings.register_profile("chancery", deadline=None)
hypothesis.settings.load_profile("chancery")

_END_OTHER_SESSIONS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND usename = current_user
"""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first: one worker drives the browser while the others do all the rest."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: Any,
) -> Iterator[None]:
    """As pytest-django's, but for tests without its marker too: `loaded`, and the browser's."""
    is_kept = request.config.getoption("reuse_db")
    with django_db_blocker.unblock():
        databases = setup_databases(verbosity=0, interactive=False, keepdb=is_kept)
    yield
    if not is_kept:
        with django_db_blocker.unblock():
            with connection.cursor() as cursor:
                # A thread that a test left behind may hold a connection still.
                cursor.execute(_END_OTHER_SESSIONS)
            teardown_databases(databases, verbosity=0)


def load_countries() -> None:
    """What `loaddata countries` does, with two queries instead of some five thousand."""
    rows = json.loads((settings.BASE_DIR / "fixtures/countries.json").read_text("utf-8"))
    made = Country.objects.bulk_create(
        Country(**row["fields"]) for row in rows if row["model"] == "actors.country"
    )
    country = {row.iso3: row for row in made}
    CountryName.objects.bulk_create(
        CountryName(**row["fields"] | {"country": country[row["fields"]["country"][0]]})
        for row in rows
        if row["model"] == "actors.countryname"
    )


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The fixtures of `make run`, loaded once a module into a transaction that is undone.

    Tests that use it take no `db`: that would open a transaction of its own, and close this one.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        load_countries()
        call_command("loaddata", "kinds", "article", verbosity=0)
        load_citations("country_citations")
        load_citations("article_citations")
        yield
        transaction.set_rollback(True)

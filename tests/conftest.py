import gc
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
from django.apps import AppConfig
from django.contrib.auth.models import Group, Permission
from django.db import connection, transaction
from django.db.models import Model
from django.db.models.query_utils import DeferredAttribute
from django.db.models.signals import post_migrate
from django.test import client as test_client
from django.test.utils import setup_databases, teardown_databases

from actors.models import ActorKind, Country, CountryName
from events.article.loading import load_article, load_citations
from events.index.current import current_state
from events.models import Chronology, Citation, EventType, Role, Scale, ScaleScore, Source
from tests.databases import (
    copy_database,
    drop_database,
    end_other_sessions,
    leave_the_disk_alone,
    using,
)

# No test asserts times; a busy machine is no failure.
hypothesis.settings.register_profile("chancery", deadline=None)
hypothesis.settings.load_profile("chancery")

# What takes longest begins first, so that no worker is left with it at the end: files of one test
# after another that no other worker can take over.
LONGEST = ("tests/events/test_hidden_records.py", "tests/browser/")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for path in reversed(LONGEST):
        items.sort(key=lambda item: not item.nodeid.startswith(path))


def pytest_collection_finish() -> None:
    """What is there before the first test stays to the end: no collection looks at it again, and
    what tests make is looked at every fifty thousand objects instead of every seven hundred."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 10)


_read_column = DeferredAttribute.__get__


def _refuse_to_read_later(column: Any, row: Model | None, owner: Any = None) -> Any:
    """A row that was read without some columns must not read one of them by itself: on a page of
    many rows that is a query for each."""
    if row is not None and column.field.attname in row.get_deferred_fields():
        raise AssertionError(f"{row._meta.label}.{column.field.attname} was not read with its row")
    return _read_column(column, row, owner)


DeferredAttribute.__get__ = _refuse_to_read_later  # type: ignore[method-assign]


_keep_context = test_client.store_rendered_templates


def _keep_context_of_page(*given: Any, template: Any, **others: Any) -> None:
    """Without those of fields: a form of the admin is made of thousands, each copied with all that
    stands around it."""
    if not (template.name or "").startswith(("django/forms/", "admin/widgets/")):
        _keep_context(*given, template=template, **others)


test_client.store_rendered_templates = _keep_context_of_page


class _CountriesAndKinds:
    """What a migration brings. A test that commits empties every table, and needs these again.

    Where countries are cited comes by the same migration. That is taken out of the database of
    the tests, most of which count the sources that they make; `loaded` has it.
    """

    def __init__(self) -> None:
        self._database = connection.settings_dict["NAME"]
        models: list[type[Model]] = [Chronology, Country, CountryName]
        models += [ActorKind, EventType, Role, Scale, ScaleScore]
        self._roles = {
            group.name: list(group.permissions.values_list("codename", flat=True))
            for group in Group.objects.all()
        }
        self._rows = [(model, list(model._default_manager.all())) for model in models]
        Citation.objects.all().delete()
        Source.objects.all().delete()

    def put_back(self, sender: AppConfig, **_: Any) -> None:
        """After a flush, which Django ends as it ends a migration."""
        is_ours = connection.settings_dict["NAME"] == self._database
        if sender.name == "events" and is_ours and not Country.objects.exists():
            for model, rows in self._rows:
                model._default_manager.bulk_create(rows)
            for name, held in self._roles.items():
                group = Group.objects.create(name=name)
                group.permissions.set(Permission.objects.filter(codename__in=held))


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
        leave_the_disk_alone()
        databases = setup_databases(
            verbosity=0, interactive=False, keepdb=is_kept, serialized_aliases=[]
        )
        post_migrate.connect(_CountriesAndKinds().put_back, weak=False)
    yield
    if not is_kept:
        with django_db_blocker.unblock():
            with connection.cursor() as cursor:
                end_other_sessions(cursor, connection.settings_dict["NAME"])
            teardown_databases(databases, verbosity=0)


@pytest.fixture(scope="session")
def article_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """A database with the fixtures of `make run`, loaded once a worker; nobody writes to it."""
    with django_db_blocker.unblock():
        name = copy_database("article")
        with using(name):
            load_citations("country_citations")
            load_article()
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
            # As a worker of the server has it before its first request.
            current_state()
    yield name
    with django_db_blocker.unblock():
        drop_database(name)


@pytest.fixture(scope="module")
def loaded(article_database: str, django_db_blocker: Any) -> Iterator[None]:
    """The fixtures of `make run`, in a transaction a module that is undone.

    Tests that use it take no `db`: that would open a transaction of its own, and close this one.
    Until one of them writes, the event index is read once, because all see the same snapshot.
    """
    with django_db_blocker.unblock(), using(article_database), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield
        transaction.set_rollback(True)

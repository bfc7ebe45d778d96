"""A database of its own for a test, beside the one that all tests share."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from events.models import DERIVED, HISTORY


def leave_the_disk_alone() -> None:
    """The tests' own server need not outlast a crash: no commit waits until the disk has it."""
    server = getattr(connection, "server", None)
    if server is None:
        return  # somebody else's, which DATABASE_URL names
    server.attach()
    settings = server.place.data / "postgresql.conf"
    if "fsync = off" not in settings.read_text():
        with settings.open("a") as file:
            file.write("\nfsync = off\nsynchronous_commit = off\nfull_page_writes = off\n")
        pid, *_ = (server.place.data / "postmaster.pid").read_text().split()
        os.kill(int(pid), signal.SIGHUP)  # reads its settings again


@contextmanager
def empty_database(suffix: str) -> Iterator[None]:
    """Within, Django uses a database without a table."""
    name = create_database(suffix)
    try:
        with using(name):
            yield
    finally:
        drop_database(name)


def create_database(suffix: str, *, copy_of: str = "template1") -> str:
    """Its name. `copy_of` is a database that nobody uses at the time."""
    name = f"{connection.settings_dict['NAME']}_{suffix}"
    with connection.cursor() as cursor:
        return _create(cursor, name, copy_of)


def _create(cursor: Any, name: str, copy_of: str) -> str:
    cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
    cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{copy_of}"')
    return name


def end_other_sessions(cursor: Any, name: str) -> None:
    """A thread that a test left behind may hold a connection to the database still."""
    cursor.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = %s AND pid <> pg_backend_pid() AND usename = current_user",
        [name],
    )


def copy_database(suffix: str) -> str:
    """A database with all that is in the one that Django uses, and in no test; its name."""
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]
    with connection._nodb_cursor() as cursor:  # type: ignore[attr-defined]
        end_other_sessions(cursor, usual)
        return _create(cursor, f"{usual}_{suffix}", usual)


def drop_database(name: str) -> None:
    with connection.cursor() as cursor:
        # Not by force: that may not end a vacuum under way, which the server itself ends.
        cursor.execute(f'DROP DATABASE "{name}"')


@contextmanager
def using(name: str) -> Iterator[None]:
    """Within, Django uses that database."""
    usual = connection.settings_dict["NAME"]
    _use(name)
    try:
        yield
    finally:
        _use(usual)


def _use(name: str) -> None:
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]
    connection.settings_dict["NAME"] = name
    # Numbers of the other database.
    ContentType.objects.clear_cache()


@contextmanager
def open_session() -> Iterator["psycopg.Connection"]:
    """A session of its own in the database that Django uses, as another program has one."""
    wanted = {"host", "port", "user", "password", "dbname"}
    parameters = connection.get_connection_params()
    given = {name: value for name, value in parameters.items() if name in wanted}
    with psycopg.connect(**given) as session:
        yield session


def stored_rows() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, sorted, without the history and what the database derives.

    Left out are numbers that each database gives on its own: those of permissions and kinds of
    content, and of the rows of lists.
    """
    own = (ContentType, Permission)
    found = {}
    for model in apps.get_models(include_auto_created=True):
        if model in (*DERIVED, *HISTORY) or model in own:
            continue
        columns = [
            column.attname
            for column in model._meta.concrete_fields
            if column.related_model not in own
            and not (column.primary_key and model._meta.auto_created)
        ]
        rows = model._default_manager.values_list(*columns)
        found[model._meta.label_lower] = sorted(rows, key=str)
    return found

"""The files of SQL that a reader finds are what the migrations make of a database."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction

from tests.catalogue import (
    AFTER_TABLES,
    BEFORE_TABLES,
    differences,
    files_of_sql,
    make_tables,
    read_catalogue,
    run_files,
)
from tests.databases import empty_database

# Whoever changes a function changes its file, and adds a migration with a frozen copy.
_CHANGES = """
    CREATE OR REPLACE FUNCTION sort_key(name text) RETURNS text LANGUAGE sql IMMUTABLE
        RETURN lower(name);
    CREATE FUNCTION forgotten() RETURNS integer LANGUAGE sql RETURN 1;
    DROP TRIGGER actor_uuid ON actors_actor;
    DROP VIEW events_statementevent;
    ALTER TABLE events_event ALTER COLUMN title SET DEFAULT 'none';
    ALTER TABLE events_claim DROP CONSTRAINT claim_text_is_given;
    DROP INDEX event_not_published;
"""


@pytest.fixture
def unblocked(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock():
        yield


def test_migrations_make_what_models_and_files_say(unblocked: None) -> None:
    migrated = read_catalogue()
    with empty_database("files"):
        run_files(BEFORE_TABLES)
        make_tables()
        run_files(AFTER_TABLES)
        assert differences(migrated, read_catalogue()) == {}


def test_every_file_is_run() -> None:
    assert sorted(BEFORE_TABLES + AFTER_TABLES) == sorted(files_of_sql())


def test_a_difference_is_named(unblocked: None) -> None:
    before = read_catalogue()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_CHANGES)
        found = set(differences(before, read_catalogue()))
        transaction.set_rollback(True)
    assert {name for name in found if "statementevent" not in name} == {
        "function sort_key(text)",
        "function forgotten()",
        "trigger actor_uuid on actors_actor",
        "column events_event.title",
        "constraint claim_text_is_given on events_claim",
        "index event_not_published",
        "relation event_not_published",
    }
    assert "relation events_statementevent" in found

"""Functions of the database."""

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db

# Not those of extensions, nor aggregates, which have no body.
_LOOK_NAMES_UP = """
    SELECT function.oid::regprocedure::text
    FROM pg_proc AS function
    JOIN pg_namespace AS schema ON schema.oid = function.pronamespace
    WHERE schema.nspname NOT IN ('pg_catalog', 'information_schema')
        AND function.prokind <> 'a'
        AND function.prosqlbody IS NULL
        AND NOT EXISTS (
            SELECT FROM unnest(function.proconfig) AS setting WHERE setting LIKE 'search_path=%'
        )
        AND NOT EXISTS (
            SELECT FROM pg_depend AS link
            WHERE link.classid = 'pg_proc'::regclass AND link.objid = function.oid
                AND link.deptype = 'e'
        )
    ORDER BY 1
"""


def test_no_function_looks_names_up_by_the_search_path_of_its_caller() -> None:
    with connection.cursor() as cursor:
        cursor.execute(_LOOK_NAMES_UP)
        assert [name for (name,) in cursor.fetchall()] == []


def test_a_function_that_does_is_named() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE FUNCTION careless() RETURNS name LANGUAGE sql AS 'SELECT user'")
        cursor.execute(_LOOK_NAMES_UP)
        assert cursor.fetchall() == [("careless()",)]

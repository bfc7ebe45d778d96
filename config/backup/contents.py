"""What a database holds: its tables, and for each how many rows and a checksum of them."""

from collections.abc import Iterator
from typing import TypedDict

from django.db import connection, transaction
from psycopg import sql


class Table(TypedDict):
    rows: int
    checksum: str


# How values are written as text depends on these settings, which differ between servers.
_SETTINGS = """
    SET LOCAL datestyle = 'ISO, YMD'; SET LOCAL intervalstyle = 'postgres';
    SET LOCAL timezone = 'UTC'; SET LOCAL extra_float_digits = 3;
    SET LOCAL bytea_output = 'hex'; SET LOCAL lc_monetary = 'C'; SET LOCAL search_path = pg_catalog;
"""
# Generated columns are left out: a restored database makes them anew, by its own dictionaries.
_COLUMNS = """
    SELECT format('%I.%I', schema.nspname, class.relname),
        array_agg(attribute.attname ORDER BY attribute.attname COLLATE "C")
    FROM pg_class AS class
    JOIN pg_namespace AS schema ON schema.oid = class.relnamespace
    JOIN pg_attribute AS attribute ON attribute.attrelid = class.oid
        AND attribute.attnum > 0 AND NOT attribute.attisdropped AND attribute.attgenerated = ''
    WHERE class.relkind IN ('r', 'p') AND class.oid IN ({ours})
    GROUP BY schema.nspname, class.relname
    ORDER BY 1
"""
# Of the 256 bits of each row's digest 64 are added up, so that the order of rows is no matter.
_CHECKSUM = """
    SELECT count(*), coalesce(sum(
        ('x' || left(encode(sha256(convert_to(ROW({columns})::text, 'UTF8')), 'hex'), 16))
        ::bit(64)::bigint::numeric), 0)::text
    FROM {table}
"""
# Everything that is not PostgreSQL's own, nor an extension's.
_OURS = """
    SELECT class.oid FROM pg_class AS class
    JOIN pg_namespace AS schema ON schema.oid = class.relnamespace
    WHERE schema.nspname !~ '^pg_' AND schema.nspname <> 'information_schema'
        AND NOT EXISTS (
            SELECT FROM pg_depend AS link WHERE link.classid = 'pg_class'::regclass
                AND link.objid = class.oid AND link.deptype = 'e')
"""
_OBJECTS = """
    SELECT class.relname FROM pg_class AS class
    WHERE class.relkind IN ('r', 'p', 'v', 'm', 'f', 'S', 'c') AND class.oid IN ({ours})
    UNION
    SELECT function.proname || '()' FROM pg_proc AS function
    JOIN pg_namespace AS schema ON schema.oid = function.pronamespace
    WHERE schema.nspname !~ '^pg_' AND schema.nspname <> 'information_schema'
        AND NOT EXISTS (
            SELECT FROM pg_depend AS link WHERE link.classid = 'pg_proc'::regclass
                AND link.objid = function.oid AND link.deptype = 'e')
    ORDER BY 1
"""


def tables() -> dict[str, Table]:
    """By name, as the current transaction sees them; it keeps the settings until it ends."""
    with transaction.atomic():
        return dict(_tables())


def _tables() -> Iterator[tuple[str, Table]]:
    with connection.cursor() as cursor:
        cursor.execute(_SETTINGS)
        cursor.execute(_COLUMNS.replace("{ours}", _OURS))
        for name, columns in cursor.fetchall():
            identifiers = sql.SQL(", ").join(map(sql.Identifier, columns))
            query = sql.SQL(_CHECKSUM).format(columns=identifiers, table=sql.SQL(name))
            cursor.execute(query)
            rows, checksum = cursor.fetchone()
            yield name, {"rows": rows, "checksum": checksum}


def objects() -> list[str]:
    """The names of all tables, views, sequences and functions that no extension brought."""
    with connection.cursor() as cursor:
        cursor.execute(_OBJECTS.replace("{ours}", _OURS))
        return [name for (name,) in cursor.fetchall()]


def migrations() -> list[str]:
    """Those that the database says were applied."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1")
        return [name for (name,) in cursor.fetchall()]

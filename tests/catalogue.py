"""What a database consists of: functions, triggers, tables and so on, as PostgreSQL has them."""

from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection

# The files of SQL in force, in the order in which they can be run. The first ones come before the
# tables, because generated columns and indexes of Django's models use them.
BEFORE_TABLES = (
    "config/sql/edtf.sql",
    "config/sql/sort_keys.sql",
    "config/sql/search_text.sql",
    "actors/sql/tenures.sql",
    "config/sql/search.sql",
)
AFTER_TABLES = (
    "config/sql/trees.sql",
    "config/sql/time_stamps.sql",
    "config/sql/uuids.sql",
    "config/sql/data_version.sql",
    "events/sql/chronology.sql",
    "events/sql/standings.sql",
    "events/sql/first_publication.sql",
    "events/sql/citations.sql",
    "events/sql/former_slugs.sql",
    "events/sql/merged_records.sql",
    "events/sql/loading_mark.sql",
    "events/sql/search_words.sql",
    "events/sql/statements_about.sql",
    "events/sql/statement_documents.sql",
    "events/sql/changes.sql",
    "events/sql/event_facts.sql",
    "events/sql/event_queue.sql",
    "events/sql/suggestions.sql",
    "events/sql/snippets.sql",
    "events/sql/history.sql",
    "events/sql/history_states.sql",
)

# Each gives a name and a definition. Left out are what extensions bring, tables of libraries, and
# NOT NULL as a constraint, because it is told with the columns.
_OURS = """
    WITH ours AS (
        SELECT oid, relname, relkind, relpersistence, reloptions FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relname !~ '^(account|auth|django|mfa)_'
            AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_class.oid AND deptype = 'e')
    )
"""
_PARTS = (
    "SELECT 'extension ' || extname, extnamespace::regnamespace::text FROM pg_extension",
    """SELECT 'function ' || oid::regprocedure, CASE prokind WHEN 'a' THEN 'an aggregate'
        ELSE pg_get_functiondef(oid) END
    FROM pg_proc WHERE pronamespace = 'public'::regnamespace
        AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')""",
    """SELECT 'type ' || typname, typtype FROM pg_type
    WHERE typnamespace = 'public'::regnamespace AND typtype <> 'b'
        AND typrelid NOT IN (SELECT oid FROM pg_class WHERE relname ~ '^(account|auth|django|mfa)_')
        AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_type.oid AND deptype = 'e')""",
    """SELECT format('search configuration %s: %s', cfgname, tokid.alias),
        string_agg(mapdict::regdictionary::text, ', ' ORDER BY mapseqno)
    FROM pg_ts_config AS config
    JOIN pg_ts_config_map ON mapcfg = config.oid
    JOIN ts_token_type(cfgparser) AS tokid ON tokid = maptokentype
    WHERE cfgnamespace = 'public'::regnamespace GROUP BY cfgname, tokid.alias""",
    """SELECT 'relation ' || relname, concat_ws(' ', relkind, relpersistence, reloptions,
        CASE relkind WHEN 'v' THEN pg_get_viewdef(oid) END) FROM ours""",
    """SELECT format('column %s.%s', relname, attname), concat_ws(' ',
        format_type(atttypid, atttypmod), attcollation::regcollation, attnotnull, attidentity,
        attgenerated, pg_get_expr(adbin, adrelid))
    FROM ours JOIN pg_attribute ON attrelid = ours.oid AND attnum > 0 AND NOT attisdropped
    LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
    WHERE relkind IN ('r', 'v')""",
    """SELECT 'index ' || indexrelid::regclass, pg_get_indexdef(indexrelid)
    FROM ours JOIN pg_index ON indrelid = ours.oid""",
    """SELECT format('constraint %s on %s', conname, relname), pg_get_constraintdef(con.oid)
    FROM ours JOIN pg_constraint AS con ON conrelid = ours.oid AND contype <> 'n'""",
    """SELECT format('trigger %s on %s', tgname, relname),
        pg_get_triggerdef(trigger.oid) || CASE tgenabled WHEN 'O' THEN '' ELSE ' (disabled)' END
    FROM ours JOIN pg_trigger AS trigger ON tgrelid = ours.oid AND NOT tgisinternal""",
)


def read_catalogue() -> dict[str, str]:
    """The definition of all that the current database consists of, by kind and name."""
    found: dict[str, str] = {}
    with connection.cursor() as cursor:
        for part in _PARTS:
            cursor.execute(_OURS + part)
            found |= dict(cursor.fetchall())
    return found


def differences(one: dict[str, str], other: dict[str, str]) -> dict[str, tuple[str | None, ...]]:
    """What only one of two databases has, or both in different forms: both forms, by name."""
    forms = {name: (one.get(name), other.get(name)) for name in sorted({*one, *other})}
    return {name: pair for name, pair in forms.items() if pair[0] != pair[1]}


def make_tables() -> None:
    """Those of all models, without a migration."""
    with connection.schema_editor() as editor:
        for model in apps.get_models():
            if model._meta.managed and not model._meta.proxy:
                editor.create_model(model)


def run_files(names: tuple[str, ...]) -> None:
    """Run files of SQL, named from the root of the project."""
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute((settings.BASE_DIR / name).read_text(encoding="utf-8"))


def files_of_sql() -> set[str]:
    """Those in force; migrations have frozen copies of their own."""
    root = Path(settings.BASE_DIR)
    return {str(path.relative_to(root)) for path in root.glob("*/sql/*.sql")}

from collections.abc import Iterable
from typing import Any

from django.db import migrations

_PLAIN = ("add", "change", "delete", "view")
_PUBLISHED = (*_PLAIN, "review", "publish")
# Kinds of record, by app and model.
_RECORDS = [
    ("actors", "actor"),
    *(("events", name) for name in ("claim", "event", "location", "source", "statement")),
]
# What belongs to records, and to which.
_ROWS: dict[tuple[str, str], list[tuple[str, str]]] = {
    ("actors", "actorname"): [("actors", "actor")],
    ("actors", "tenure"): [("actors", "actor")],
    ("events", "locationname"): [("events", "location")],
    ("events", "participation"): [("events", "event")],
    ("events", "eventlink"): [("events", "event")],
    ("events", "position"): [("events", "statement")],
    ("events", "citation"): _RECORDS,
}
_WORDS = [
    *(("actors", name) for name in ("actorkind", "country", "countryname")),
    *(("events", name) for name in ("eventtype", "role", "scale", "scalescore")),
]
_CHRONOLOGY = ("events", "chronology")
_ACCOUNTS = [("auth", "user"), ("auth", "group")]
_CURATED = [*_RECORDS, *_ROWS, *_WORDS, _CHRONOLOGY]


def make_roles(apps: Any, schema_editor: Any) -> None:
    known = _make_permissions(apps)
    _take_away_derived(apps)
    _keep_what_accounts_may(apps, known)
    contributor = [*_of(_RECORDS, _PLAIN), *_of(_ROWS, _PLAIN), *_of(_WORDS, ["view"])]
    editor = [*contributor, *_of(_RECORDS, _PUBLISHED), *_of(_WORDS, _PLAIN)]
    administrator = [*editor, *_of([_CHRONOLOGY], ["view", "change"]), *_of(_ACCOUNTS, _PLAIN)]
    groups = apps.get_model("auth", "Group").objects
    for name, codes in {
        "contributor": contributor,
        "editor": editor,
        "administrator": administrator,
    }.items():
        group, _is_new = groups.get_or_create(name=name)
        group.permissions.add(*(known[code] for code in codes))


def _of(models: Iterable[tuple[str, str]], actions: Iterable[str]) -> list[tuple[str, str]]:
    """App and codename."""
    return [(app, f"{action}_{name}") for app, name in models for action in actions]


def _make_permissions(apps: Any) -> dict[tuple[str, str], Any]:
    """Those that the groups need. Django itself makes them after all migrations."""
    permissions = apps.get_model("auth", "Permission").objects
    kinds = apps.get_model("contenttypes", "ContentType").objects
    known = {}
    for app, name in [*_CURATED, *_ACCOUNTS]:
        kind, _is_new = kinds.get_or_create(app_label=app, model=name)
        verbose = apps.get_model(app, name)._meta.verbose_name_raw
        for action in _PUBLISHED if (app, name) in _RECORDS else _PLAIN:
            code = f"{action}_{name}"
            known[app, code], _is_new = permissions.get_or_create(
                content_type=kind, codename=code, defaults={"name": f"Can {action} {verbose}"}
            )
    return known


def _take_away_derived(apps: Any) -> None:
    """Of what the database writes alone, and of tables that are gone."""
    curated = [name for _app, name in _CURATED]
    permissions = apps.get_model("auth", "Permission").objects
    ours = permissions.filter(content_type__app_label__in=["actors", "events"])
    ours.exclude(content_type__model__in=curated).delete()


def _keep_what_accounts_may(apps: Any, known: dict[tuple[str, str], Any]) -> None:
    """Who could write records could publish them, and whoever looked at any saw all of them."""
    for holder in (apps.get_model("auth", "User"), apps.get_model("auth", "Group")):
        held = "user_permissions" if hasattr(holder, "user_permissions") else "permissions"
        for one in holder.objects.filter(
            **{f"{held}__content_type__app_label__in": ["actors", "events"]}
        ).distinct():
            codes = set(getattr(one, held).values_list("content_type__app_label", "codename"))
            getattr(one, held).add(*(known[code] for code in _implied(codes)))


def _implied(held: set[tuple[str, str]]) -> set[tuple[str, str]]:
    implied = set(_of(_RECORDS, ["review"]))
    writing = {record: [record] for record in _RECORDS} | _ROWS
    for kind, records in writing.items():
        if held & set(_of([kind], ["add", "change", "delete"])):
            implied |= set(_of(records, ["publish"]))
    return implied


class Migration(migrations.Migration):
    """Contributors, editors and administrators; permissions to review and to publish."""

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("actors", "0009_permissions"),
        ("events", "0041_lasting_sources"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="claim",
            options={"default_permissions": _PUBLISHED, "ordering": ["event", "kind", "pk"]},
        ),
        migrations.AlterModelOptions(
            name="event",
            options={"default_permissions": _PUBLISHED, "ordering": ["-sort_day", "-pk"]},
        ),
        migrations.AlterModelOptions(
            name="location",
            options={"default_permissions": _PUBLISHED, "ordering": ["sort_name", "pk"]},
        ),
        migrations.AlterModelOptions(
            name="source",
            options={"default_permissions": _PUBLISHED, "ordering": ["sort_title", "pk"]},
        ),
        migrations.AlterModelOptions(
            name="statement",
            options={"default_permissions": _PUBLISHED, "ordering": ["-sort_day", "-pk"]},
        ),
        migrations.AlterModelOptions(
            name="deletedevent",
            options={"default_permissions": ()},
        ),
        migrations.AlterModelOptions(
            name="formerslug",
            options={"default_permissions": ()},
        ),
        migrations.AlterModelOptions(
            name="paststanding",
            options={"default_permissions": (), "ordering": ["-until", "-pk"]},
        ),
        migrations.AlterModelOptions(
            name="searchword",
            options={"default_permissions": ()},
        ),
        migrations.AlterModelOptions(
            name="statementevent",
            options={"default_permissions": (), "managed": False},
        ),
        migrations.AlterModelOptions(
            name="statementsearch",
            options={"default_permissions": ()},
        ),
        migrations.RunPython(make_roles, migrations.RunPython.noop, elidable=False),
    ]

from pathlib import Path
from typing import Any

import django.contrib.postgres.functions
import django.db.models.deletion
from django.db import migrations, models

import config.db.constraints
import config.db.text
from config.db.fixture_files import read_rows

SQL = Path(__file__).parent / "sql" / "0040_vocabularies.sql"
# What reads the column that changes; the SQL makes them anew.
_FREE_THE_COLUMN = """
    DROP FUNCTION event_descriptions(bigint[]);
    DROP VIEW served_event;
"""
_SIDES = [("acting", "Acts"), ("acted-upon", "Is acted upon"), ("neither", "Neither")]
_QUADS = [
    ("neutral", "Neither cooperation nor conflict"),
    ("verbal-cooperation", "Verbal cooperation"),
    ("material-cooperation", "Material cooperation"),
    ("verbal-conflict", "Verbal conflict"),
    ("material-conflict", "Material conflict"),
]
_ASPECTS = [
    ("", "the record as a whole"),
    ("title", "what happened"),
    ("date", "date"),
    ("place", "place"),
    ("kind", "kind"),
    ("standing", "standing"),
    ("number", "number"),
    ("coordinates", "coordinates"),
    ("name", "name"),
    ("note", "curators’ note"),
    ("iso", "ISO 3166 codes"),
    ("gw", "Gleditsch–Ward number"),
    ("cow", "Correlates of War code"),
    ("fips", "FIPS 10-4 code"),
    ("existence", "years of independence"),
]
_CHANGED = [
    ("actor", "Actor"),
    ("actorkind", "Kind of actor"),
    ("claim", "Claim"),
    ("country", "Country"),
    ("event", "Event"),
    ("eventtype", "Kind of event"),
    ("location", "Location"),
    ("role", "Role"),
    ("source", "Source"),
    ("statement", "Statement"),
]


def _slug() -> models.SlugField:
    return models.SlugField(unique=True)


def _description() -> config.db.text.LineField:
    return config.db.text.LineField(
        blank=True, default="", help_text="What it takes in, in a sentence.", max_length=300
    )


def _synonyms() -> config.db.text.ProseField:
    return config.db.text.ProseField(
        blank=True, default="", help_text="Other words by which curators find it, one a line."
    )


def _order() -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        default=1000, help_text="Lists show the lowest number first."
    )


def add_roles(apps: Any, schema_editor: Any) -> None:
    role = apps.get_model("events", "Role")
    role.objects.bulk_create(role(**row) for row in read_rows("words", role))


def add_kinds(apps: Any, schema_editor: Any) -> None:
    """Kinds that are there get synonyms and an order. New ones come, unless curators have one of
    that slug or name, or had one of that slug."""
    kind = apps.get_model("events", "EventType")
    former = apps.get_model("events", "FormerSlug").objects
    for row in read_rows("words", kind):
        slug, name = row["slug"], row.get("name")
        words = {"synonyms": row["synonyms"], "order": row["order"]}
        is_there = kind.objects.filter(slug=slug).update(**words)
        is_taken = (
            former.filter(name=f"eventtype:{slug}").exists()
            or kind.objects.filter(name=name).exists()
        )
        if name and not is_there and not is_taken:
            kind.objects.create(**row)


class Migration(migrations.Migration):
    """Roles are rows. Kinds of event have synonyms and an order, and need no word of PLOVER."""

    dependencies = [
        ("actors", "0007_kinds_of_actor"),
        ("events", "0039_site_of_ones_own"),
    ]
    operations = [
        migrations.CreateModel(
            name="Role",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "uuid",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        editable=False,
                        unique=True,
                        verbose_name="UUID",
                    ),
                ),
                ("slug", _slug()),
                ("name", config.db.text.LineField(max_length=100, unique=True)),
                ("description", _description()),
                ("synonyms", _synonyms()),
                ("order", _order()),
                (
                    "side",
                    models.CharField(
                        choices=_SIDES,
                        default="neither",
                        help_text=(
                            "An event leads from those who act to those who are acted upon, on the"
                            " page of what stands between two actors."
                        ),
                        max_length=10,
                        verbose_name="acts, or is acted upon",
                    ),
                ),
            ],
            options={
                "ordering": ["order", "name", "pk"],
                "constraints": [
                    config.db.constraints.slug_is_plain("role"),
                    config.db.constraints.is_given("role", "name"),
                    config.db.constraints.is_control_free(
                        "role", "name", "description", "synonyms"
                    ),
                    config.db.constraints.check(
                        "role_side_is_known",
                        models.Q(side__in=[side for side, _label in _SIDES]),
                    ),
                    config.db.constraints.check(
                        "role_number_has_room",
                        models.Q(id__lte=32_767),
                        "There are as many roles as there can be.",
                    ),
                ],
            },
        ),
        migrations.RunPython(add_roles, migrations.RunPython.noop),
        migrations.RunSQL(_FREE_THE_COLUMN),
        migrations.RemoveConstraint("participation", "participation_role_is_known"),
        migrations.AlterField(
            model_name="participation",
            name="role",
            field=models.ForeignKey(
                db_column="role",
                db_index=False,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="participations",
                to="events.role",
                to_field="slug",
            ),
        ),
        migrations.AlterModelOptions(
            "eventtype",
            {
                "ordering": ["order", "name", "pk"],
                "verbose_name": "kind of event",
                "verbose_name_plural": "kinds of event",
            },
        ),
        migrations.AddField("eventtype", "synonyms", _synonyms()),
        migrations.AddField("eventtype", "order", _order()),
        migrations.AlterField("eventtype", "description", _description()),
        migrations.RemoveConstraint("eventtype", "eventtype_quad_is_known"),
        migrations.AlterField(
            model_name="eventtype",
            name="quad",
            field=models.CharField(
                blank=True,
                choices=_QUADS,
                default="",
                help_text="PLOVER’s, from cooperation to conflict. Empty: none given.",
                max_length=20,
                verbose_name="quad class",
            ),
        ),
        *(
            migrations.AddConstraint("eventtype", constraint)
            for constraint in (
                config.db.constraints.check(
                    "eventtype_quad_is_known",
                    models.Q(quad__in=["", *(quad for quad, _label in _QUADS)]),
                ),
                config.db.constraints.is_given("eventtype", "name"),
                config.db.constraints.is_control_free(
                    "eventtype", "name", "description", "synonyms"
                ),
            )
        ),
        migrations.RemoveConstraint("lastchange", "lastchange_kind_is_known"),
        migrations.AlterField(
            "lastchange", "kind", models.CharField(choices=_CHANGED, max_length=9)
        ),
        migrations.AddConstraint(
            "lastchange",
            config.db.constraints.check(
                "lastchange_kind_is_known",
                models.Q(kind__in=[kind for kind, _label in _CHANGED]),
            ),
        ),
        migrations.AlterField(
            "citation",
            "aspect",
            models.CharField(
                blank=True,
                choices=_ASPECTS,
                default="",
                help_text="What of the record stands there. Nothing chosen: all of it.",
                max_length=11,
                verbose_name="which fact",
            ),
        ),
        migrations.AlterField(
            "citation",
            "access",
            models.CharField(
                choices=[("direct", "read directly"), ("second-hand", "second-hand")],
                default="direct",
                max_length=11,
                verbose_name="how it was read",
            ),
        ),
        migrations.AlterField(
            "citation",
            "via",
            models.ForeignKey(
                blank=True,
                help_text="Second-hand: the source that cites this one.",
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="relayed_citations",
                to="events.source",
                verbose_name="found in",
            ),
        ),
        migrations.RunPython(add_kinds, migrations.RunPython.noop),
        # Last, because it makes the facts and the digests of all that is there.
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
    ]

from typing import Any

import django.contrib.postgres.functions
import django.db.models.deletion
from django.db import migrations, models

import config.db.constraints
import config.db.text
from config.db.fixture_files import read_rows

# What an older database notes the changes of actors by; the migration events.0040 makes it anew.
_FREE_THE_COLUMN = "DROP FUNCTION IF EXISTS actor_contents(bigint[])"
_NATURES = [
    ("person", "A person"),
    ("organisation", "An organisation"),
    ("public-body", "A state, or a body of one"),
    ("group", "A group of people without a form of its own"),
]


def add_kinds(apps: Any, schema_editor: Any) -> None:
    kind = apps.get_model("actors", "ActorKind")
    kind.objects.bulk_create(kind(**row) for row in read_rows("words", kind))


class Migration(migrations.Migration):
    """Kinds of actor are rows. An actor's column goes on holding the slug of its kind."""

    dependencies = [
        ("actors", "0006_names_by_word"),
        ("events", "0038_everyday_names"),
    ]
    operations = [
        migrations.CreateModel(
            name="ActorKind",
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
                ("slug", models.SlugField(unique=True)),
                ("name", config.db.text.LineField(max_length=100, unique=True)),
                (
                    "description",
                    config.db.text.LineField(
                        blank=True,
                        default="",
                        help_text="What it takes in, in a sentence.",
                        max_length=300,
                    ),
                ),
                (
                    "synonyms",
                    config.db.text.ProseField(
                        blank=True,
                        default="",
                        help_text="Other words by which curators find it, one a line.",
                    ),
                ),
                (
                    "order",
                    models.PositiveSmallIntegerField(
                        default=1000, help_text="Lists show the lowest number first."
                    ),
                ),
                (
                    "nature",
                    models.CharField(
                        choices=_NATURES,
                        help_text="Outputs for other programs say so.",
                        max_length=12,
                        verbose_name="what it is in general",
                    ),
                ),
            ],
            options={
                "verbose_name": "kind of actor",
                "verbose_name_plural": "kinds of actor",
                "ordering": ["order", "name", "pk"],
                "constraints": [
                    config.db.constraints.slug_is_plain("actorkind"),
                    config.db.constraints.is_given("actorkind", "name"),
                    config.db.constraints.is_control_free(
                        "actorkind", "name", "description", "synonyms"
                    ),
                    config.db.constraints.check(
                        "actorkind_nature_is_known",
                        models.Q(nature__in=[nature for nature, _label in _NATURES]),
                    ),
                ],
            },
        ),
        migrations.RunPython(add_kinds, migrations.RunPython.noop),
        migrations.RunSQL(_FREE_THE_COLUMN),
        migrations.RemoveConstraint("actor", "actor_kind_is_known"),
        migrations.AlterField(
            model_name="actor",
            name="kind",
            field=models.ForeignKey(
                db_column="kind",
                db_index=False,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="actors",
                to="actors.actorkind",
                to_field="slug",
            ),
        ),
    ]

from pathlib import Path

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models
from django.db.models.functions import Coalesce


SQL = Path(__file__).parent / "sql" / "0005_summaries.sql"


class Migration(migrations.Migration):
    """Summaries of events for lists and counts, the triggers that keep them, and a data version."""

    dependencies = [
        ("events", "0004_citations_of_names_and_countries"),
    ]

    operations = [
        migrations.CreateModel(
            name="Profile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.BinaryField(db_index=True)),
                ("standing", models.CharField(max_length=10)),
                (
                    "members",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), size=None
                    ),
                ),
                (
                    "roles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), size=None
                    ),
                ),
                (
                    "actors",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), size=None
                    ),
                ),
                (
                    "countries",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), size=None
                    ),
                ),
                (
                    "speakers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), size=None
                    ),
                ),
                (
                    "sources",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), size=None
                    ),
                ),
                ("made_in", models.BigIntegerField()),
                (
                    "kind",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="events.eventtype",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PlaceTally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.BigIntegerField()),
                (
                    "location",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="events.location",
                    ),
                ),
                (
                    "profile",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="events.profile",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="EventFacts",
            fields=[
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="facts",
                        serialize=False,
                        to="events.event",
                    ),
                ),
                ("first_day", models.BigIntegerField()),
                ("last_day", models.BigIntegerField()),
                ("is_date_qualified", models.BooleanField()),
                (
                    "location",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="events.location",
                    ),
                ),
                (
                    "profile",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="facts",
                        to="events.profile",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SpanTally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("first_day", models.BigIntegerField()),
                ("last_day", models.BigIntegerField()),
                ("is_date_qualified", models.BooleanField()),
                ("number", models.BigIntegerField()),
                (
                    "profile",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="events.profile",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="profile",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["actors"], name="profile_by_actor"
            ),
        ),
        migrations.AddIndex(
            model_name="profile",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["countries"], name="profile_by_country"
            ),
        ),
        migrations.AddIndex(
            model_name="profile",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["speakers"], name="profile_by_speaker"
            ),
        ),
        migrations.AddIndex(
            model_name="profile",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["sources"], name="profile_by_source"
            ),
        ),
        migrations.AddIndex(
            model_name="placetally",
            index=models.Index(
                models.F("profile"), Coalesce(models.F("location"), 0), name="placetally_by_key"
            ),
        ),
        migrations.AddIndex(
            model_name="spantally",
            index=models.Index(
                fields=["profile", "first_day", "last_day", "is_date_qualified"],
                name="spantally_by_key",
            ),
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
    ]

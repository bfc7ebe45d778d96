from pathlib import Path

import config.db.text
import django.db.models.functions.datetime
from django.db import migrations, models


SQL = Path(__file__).parent / "sql" / "0047_merged_records.sql"


class Migration(migrations.Migration):
    """Records that went into others, and pairs that are noted as two."""

    dependencies = [
        ("events", "0046_sources_read_once"),
    ]

    operations = [
        migrations.CreateModel(
            name="DistinctPair",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=8)),
                ("low", models.BigIntegerField()),
                ("high", models.BigIntegerField()),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ("actor", "event", "location", "source"))),
                        name="distinctpair_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("low__lt", models.F("high"))),
                        name="distinctpair_is_in_order",
                    ),
                    models.UniqueConstraint(
                        fields=("kind", "low", "high"),
                        name="distinctpair_is_noted_once",
                        violation_error_message="These are noted as two already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MergedRecord",
            fields=[
                ("gone", models.UUIDField(primary_key=True, serialize=False)),
                ("kept", models.UUIDField(db_index=True)),
                ("kind", models.CharField(max_length=8)),
                ("name", config.db.text.LineField(max_length=500)),
                ("entry", models.BigIntegerField()),
                (
                    "merged_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
            options={
                "ordering": ["-merged_at", "gone"],
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ("actor", "event", "location", "source"))),
                        name="mergedrecord_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("gone", models.F("kept")), _negated=True),
                        name="mergedrecord_is_another",
                    ),
                ],
            },
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
    ]

from pathlib import Path

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


SQL = Path(__file__).parent / "sql" / "0043_history.sql"


class Migration(migrations.Migration):
    """What is changed in records from now on is kept. Nothing is copied: see the SQL."""

    dependencies = [
        ("events", "0042_roles"),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoryEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "changed_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("account_id", models.BigIntegerField(null=True)),
                ("account_name", models.CharField(blank=True, db_default="", max_length=150)),
                ("reason", models.TextField(blank=True, db_default="")),
                ("origin", models.TextField(blank=True, db_default="")),
            ],
            options={
                "ordering": ["-pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="HistoryChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=30)),
                ("row_key", models.BigIntegerField()),
                (
                    "operation",
                    models.CharField(
                        choices=[("insert", "added"), ("update", "changed"), ("delete", "deleted")],
                        max_length=6,
                    ),
                ),
                (
                    "keys",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), size=None
                    ),
                ),
                ("old", models.JSONField(null=True)),
                ("new", models.JSONField(null=True)),
                (
                    "entry",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="changes",
                        to="events.historyentry",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "default_permissions": (),
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["keys"], name="historychange_by_key"
                    ),
                    models.Index(
                        condition=models.Q(("operation", "delete")),
                        fields=["kind", "id"],
                        name="historychange_deleted",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("operation__in", ["insert", "update", "delete"])),
                        name="historychange_operation_is_known",
                    )
                ],
            },
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
    ]

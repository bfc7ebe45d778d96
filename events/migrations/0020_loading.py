from pathlib import Path
from typing import Any

import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

SQL = Path(__file__).parent / "sql" / "0020_loading.sql"


def mark_what_is_in_use(apps: Any, schema_editor: Any) -> None:
    """A database with any record or account gets nothing from the fixtures any more."""
    user = apps.get_model(settings.AUTH_USER_MODEL)
    records = [m for m in apps.get_models() if m._meta.app_label in ("actors", "events")]
    if any(model.objects.exists() for model in (user, *records)):
        apps.get_model("events", "LoadingMark").objects.create(reason="upgrade")


class Migration(migrations.Migration):
    """A mark says that loading has begun: it happens once in the life of a database."""

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("actors", "0003_triggers"),
        ("events", "0019_deep_places"),
    ]
    operations = [
        migrations.CreateModel(
            name="LoadingMark",
            fields=[
                (
                    "id",
                    models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("article", "the article was loaded"),
                            ("empty", "begun without the article"),
                            ("upgrade", "an upgrade found records or accounts"),
                        ],
                        max_length=7,
                    ),
                ),
                (
                    "begun_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("id", 1)), name="loadingmark_is_one_row"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason__in", ["article", "empty", "upgrade"])),
                        name="loadingmark_reason_is_known",
                    ),
                ],
            },
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
        migrations.RunPython(mark_what_is_in_use, migrations.RunPython.noop),
    ]

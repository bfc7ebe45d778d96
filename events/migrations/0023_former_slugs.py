from pathlib import Path

from django.db import migrations, models
from django.db.models.functions import Now

SQL = Path(__file__).parent / "sql" / "0023_former_slugs.sql"


class Migration(migrations.Migration):
    """A slug that is changed goes on leading to its record, and is never given to another one."""

    dependencies = [("events", "0022_uuids")]
    operations = [
        migrations.CreateModel(
            name="FormerSlug",
            fields=[
                (
                    "name",
                    models.CharField(max_length=120, primary_key=True, serialize=False),
                ),
                ("record", models.UUIDField(db_index=True)),
                ("replaced_at", models.DateTimeField(db_default=Now())),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "name__regex",
                                "^(actor|claim|country|event|eventtype|location|source):.",
                            )
                        ),
                        name="formerslug_kind_is_known",
                    )
                ],
            },
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
    ]

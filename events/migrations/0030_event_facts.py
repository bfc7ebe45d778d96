from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).parent / "sql" / "0030_event_facts.sql"


class Migration(migrations.Migration):
    """One table of facts for the event index, written once per transaction at its end."""

    dependencies = [("events", "0029_times_of_loaded_rows"), ("actors", "0005_trees_deleted_whole")]
    operations = [
        migrations.CreateModel(
            name="DeletedEvent",
            fields=[
                ("event_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("uuid", models.UUIDField()),
                ("deleted_at", models.DateTimeField()),
            ],
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
    ]

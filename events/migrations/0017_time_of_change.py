from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).parent / "sql" / "0017_time_of_change.sql"


class Migration(migrations.Migration):
    """When an event last changed is known where events are put in that order."""

    dependencies = [("events", "0016_unpublished_places")]

    operations = [
        migrations.RunSQL(
            SQL.read_text(encoding="utf-8"),
            state_operations=[
                migrations.AddField(
                    model_name="eventfacts",
                    name="updated_at",
                    field=models.DateTimeField(),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="eventfacts",
            index=models.Index(
                fields=["updated_at", "event"],
                include=["profile"],
                name="eventfacts_by_change",
            ),
        ),
    ]

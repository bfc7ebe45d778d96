from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).parent / "sql" / "0010_sure_years.sql"


class Migration(migrations.Migration):
    """A country's places are read off an index; the year of a single day is worked out once."""

    dependencies = [("events", "0009_second_hand")]

    operations = [
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
        migrations.AddIndex(
            model_name="location",
            index=models.Index(
                condition=models.Q(("state", "published")),
                fields=["country", "sort_name", "id"],
                name="location_by_country_and_name",
            ),
        ),
    ]

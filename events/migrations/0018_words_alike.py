from pathlib import Path

import django.contrib.postgres.search
from django.db import migrations, models

SQL = Path(__file__).parent / "sql" / "0018_words_alike.sql"


class Migration(migrations.Migration):
    """Which words the events of a profile have alike, so that these are ranked as one."""

    dependencies = [("events", "0017_time_of_change")]

    operations = [
        migrations.RunSQL(
            SQL.read_text(encoding="utf-8"),
            state_operations=[
                migrations.AddField(
                    model_name="profilewords",
                    name="alike",
                    field=django.contrib.postgres.search.SearchVectorField(null=True),
                ),
            ],
        ),
        migrations.AddField(
            model_name="profilewords",
            name="unlike",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func(
                    "ever",
                    models.Func("alike", function="tsvector_to_array"),
                    function="ts_delete",
                ),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
    ]

from pathlib import Path

from django.db import migrations

import config.db.constraints
import config.db.text

SQL = Path(__file__).parent / "sql" / "0037_titled_chronology.sql"


class Migration(migrations.Migration):
    """The chronology has a title and a description, which stand above its events."""

    dependencies = [("events", "0036_sort_days")]
    operations = [
        migrations.AlterModelOptions("chronology", {"verbose_name_plural": "chronology"}),
        migrations.AddField(
            model_name="chronology",
            name="title",
            field=config.db.text.LineField(
                blank=True,
                default="",
                help_text="What it is about. Stands above the timeline. Empty: “Timeline”.",
                max_length=100,
            ),
        ),
        migrations.AddField(
            model_name="chronology",
            name="description",
            field=config.db.text.LineField(
                blank=True,
                default="",
                help_text=(
                    "One sentence below the title: what the events are taken from, for example."
                ),
                max_length=200,
            ),
        ),
        migrations.AddConstraint(
            model_name="chronology",
            constraint=config.db.constraints.is_control_free("chronology", "title", "description"),
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
    ]

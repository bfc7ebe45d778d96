from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

SQL = Path(__file__).parent / "sql" / "0015_month_tallies.sql"


class Migration(migrations.Migration):
    """Ranges of months are counted, and drawn, by tallies of months."""

    dependencies = [("events", "0014_profile_words")]

    operations = [
        migrations.CreateModel(
            name="MonthTally",
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
            options={
                "abstract": False,
                "indexes": [
                    models.Index(
                        fields=["profile", "first_day", "last_day", "is_date_qualified"],
                        name="monthtally_by_key",
                    )
                ],
            },
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
    ]

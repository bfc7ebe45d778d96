from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).parent / "sql" / "0009_sure_years.sql"


class Migration(migrations.Migration):
    """What is cited second-hand, few among many, and the years of dates, are found at once."""

    dependencies = [("events", "0008_facts_in_order")]

    operations = [
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
        migrations.AddIndex(
            model_name="citation",
            index=models.Index(
                condition=models.Q(("access", "second-hand")),
                fields=["source", "sort_locator", "id"],
                name="citation_by_place_relayed",
            ),
        ),
    ]

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql" / "0036_sort_days.sql"


class Migration(migrations.Migration):
    """A date with an open beginning stands where its known end is."""

    dependencies = [("events", "0035_times_of_change")]
    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]

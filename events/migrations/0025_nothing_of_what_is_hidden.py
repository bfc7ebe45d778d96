from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql" / "0025_nothing_of_what_is_hidden.sql"


class Migration(migrations.Migration):
    """Views and search read nothing of what belongs to a record that is not public."""

    dependencies = [("events", "0024_published_sources")]

    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]

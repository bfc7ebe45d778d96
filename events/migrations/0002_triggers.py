from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql" / "0002_triggers.sql"


class Migration(migrations.Migration):
    """Rules that the database keeps, whoever writes the rows."""

    dependencies = [("actors", "0003_triggers"), ("events", "0001_chronology")]
    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]

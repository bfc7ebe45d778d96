from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql" / "0003_triggers.sql"


class Migration(migrations.Migration):
    """Rules that the database keeps, whoever writes the rows."""

    dependencies = [("actors", "0002_actors")]
    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]

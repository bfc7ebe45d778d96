from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql" / "0032_readable_sql.sql"


class Migration(migrations.Migration):
    """Triggers have names and arguments that say what they do; a function that nobody calls goes."""

    dependencies = [("events", "0031_without_profiles")]
    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]

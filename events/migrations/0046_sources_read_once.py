from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql" / "0046_sources_read_once.sql"


class Migration(migrations.Migration):
    """What the facts of an event cite besides is read once, whatever the statistics say."""

    dependencies = [("events", "0045_quicker_lexemes")]
    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql" / "0045_quicker_lexemes.sql"


class Migration(migrations.Migration):
    """The words of a text are read without planning a query for each."""

    dependencies = [("events", "0044_history_states")]
    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]

from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).parent / "sql" / "0044_history_states.sql"


class Migration(migrations.Migration):
    """What rows were at some time is read from the history, and written again."""

    dependencies = [("events", "0043_history")]

    operations = [
        migrations.AddIndex(
            model_name="historychange",
            index=models.Index(fields=["kind", "row_key", "id"], name="historychange_by_row"),
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
    ]

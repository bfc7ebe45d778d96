from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql" / "0029_times_of_loaded_rows.sql"


class Migration(migrations.Migration):
    """What `loaddata` brings back was changed when it says, not when it was loaded."""

    dependencies = [("events", "0028_search_paths")]
    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql" / "0028_search_paths.sql"


class Migration(migrations.Migration):
    """No function depends on the search_path of its caller, so that a dump can be restored."""

    dependencies = [("events", "0027_first_published")]
    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]

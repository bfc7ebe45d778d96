from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


def _run(name: str) -> migrations.RunSQL:
    return migrations.RunSQL((SQL / name).read_text(encoding="utf-8"))


class Migration(migrations.Migration):
    """One normaliser for whatever is searched, in names, titles and texts."""

    dependencies = [("events", "0032_readable_sql")]
    operations = [_run("0033_search_text.sql")]

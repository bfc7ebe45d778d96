from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql" / "0024_published_sources.sql"


class Migration(migrations.Migration):
    """What is published rests on a published source, and keeps one."""

    dependencies = [("events", "0023_former_slugs")]

    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]

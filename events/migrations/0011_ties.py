from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql" / "0011_ties.sql"


class Migration(migrations.Migration):
    """What an event's page needs to ask for is known at once, by statements planned beforehand."""

    dependencies = [("events", "0010_places_of_countries")]

    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"))]

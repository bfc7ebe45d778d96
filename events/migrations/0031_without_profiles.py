from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql" / "0031_without_profiles.sql"
MODELS = ("MonthTally", "SpanTally", "PlaceTally", "ProfileWords", "EventFacts", "Profile")


class Migration(migrations.Migration):
    """Counts come from the event index: profiles and their tallies go."""

    dependencies = [("events", "0030_event_facts")]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.DeleteModel(name) for name in MODELS],
            database_operations=[migrations.RunSQL(SQL.read_text(encoding="utf-8"))],
        )
    ]

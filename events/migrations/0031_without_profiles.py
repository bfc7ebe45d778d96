from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql" / "0031_without_profiles.sql"
MODELS = ("MonthTally", "SpanTally", "PlaceTally", "ProfileWords", "EventFacts", "Profile")


class DeleteModelIfThere(migrations.DeleteModel):
    """A database that began with the squashed migration never had the model."""

    def state_forwards(self, app_label, state):
        if (app_label, self.name_lower) in state.models:
            super().state_forwards(app_label, state)


class Migration(migrations.Migration):
    """Counts come from the event index: profiles and their tallies go."""

    dependencies = [("events", "0030_event_facts")]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[DeleteModelIfThere(name) for name in MODELS],
            database_operations=[migrations.RunSQL(SQL.read_text(encoding="utf-8"))],
        )
    ]

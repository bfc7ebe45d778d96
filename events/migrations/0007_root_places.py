from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

SQL = Path(__file__).parent / "sql" / "0007_root_places.sql"


class Migration(migrations.Migration):
    """Profiles know the outermost place around their events."""

    dependencies = [("events", "0006_search")]

    operations = [
        migrations.AddField(
            model_name="profile",
            name="root",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="events.location",
            ),
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
    ]

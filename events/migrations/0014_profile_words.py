from pathlib import Path

import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

SQL = Path(__file__).parent / "sql" / "0014_profile_words.sql"


class Migration(migrations.Migration):
    """Which words the events of a profile have, so that what words find needs no look at each."""

    dependencies = [("events", "0013_documents")]

    operations = [
        migrations.CreateModel(
            name="ProfileWords",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("always", django.contrib.postgres.search.SearchVectorField(null=True)),
                ("ever", django.contrib.postgres.search.SearchVectorField(null=True)),
                (
                    "profile",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="events.profile",
                    ),
                ),
            ],
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
    ]

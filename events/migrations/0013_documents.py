from pathlib import Path

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations

SQL = Path(__file__).parent / "sql" / "0013_documents.sql"


class Migration(migrations.Migration):
    """What search reads of an event stands with what counts read of it."""

    dependencies = [("events", "0012_months")]

    operations = [
        migrations.RunSQL(
            SQL.read_text(encoding="utf-8"),
            state_operations=[
                migrations.DeleteModel("EventSearch"),
                migrations.AddField(
                    model_name="eventfacts",
                    name="document",
                    field=django.contrib.postgres.search.SearchVectorField(),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="eventfacts",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["document"], name="eventfacts_by_word"
            ),
        ),
    ]

from pathlib import Path

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.contrib.postgres.operations import CreateExtension
from django.db import migrations, models
from django.db.models.functions import Lower

import config.db.fields

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    """Unstemmed names, spellings that meet, and the words that a typo may have meant."""

    dependencies = [("events", "0005_summaries")]

    operations = [
        CreateExtension("fuzzystrmatch"),
        migrations.RunSQL((SQL / "0006_search.sql").read_text(encoding="utf-8")),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("word", models.TextField()),
                ("spelling", models.TextField()),
                ("is_name", models.BooleanField()),
                ("sound", config.db.fields.derived("sound_key", "word", models.TextField())),
            ],
            options={
                "indexes": [
                    models.Index(fields=["word", "is_name"], name="searchword_by_word"),
                    django.contrib.postgres.indexes.GistIndex(
                        django.contrib.postgres.indexes.OpClass(
                            Lower("word"), "gist_trgm_ops(siglen=32)"
                        ),
                        name="searchword_by_letters",
                    ),
                    models.Index(fields=["sound"], name="searchword_by_sound"),
                ],
            },
        ),
        migrations.CreateModel(
            name="StatementSearch",
            fields=[
                (
                    "statement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search",
                        serialize=False,
                        to="events.statement",
                    ),
                ),
                ("document", django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["document"], name="statementsearch_by_word"
                    )
                ],
            },
        ),
        migrations.RunSQL((SQL / "0006_search_words.sql").read_text(encoding="utf-8")),
    ]

from pathlib import Path

from django.contrib.postgres.functions import RandomUUID
from django.db import migrations, models

from config.db.fixture_files import give_uuids

SQL = Path(__file__).parent / "sql" / "0022_uuids.sql"


def take_from_fixtures(apps, schema_editor):
    """What comes with the program is the same on every site; the article's records are not."""

    def rows(model):
        return apps.get_model("events", model).objects.all()

    give_uuids(rows("EventType"), "kinds", "slug")
    give_uuids(rows("Scale"), "kinds", "name", "version")
    give_uuids(rows("ScaleScore"), "kinds", "scale__name", "scale__version", "kind__slug")
    give_uuids(rows("Source"), "references", "slug")
    of_countries = rows("Citation").filter(country__isnull=False)
    key = ("source__slug", "locator", "aspect", "country__iso3")
    give_uuids(of_countries, "country_citations", *key)


class Migration(migrations.Migration):
    """Every record has an identity that outlives its slug, its key and the host of the site."""

    dependencies = [("actors", "0004_uuids"), ("events", "0021_countries_and_kinds")]
    operations = [
        # As long as it takes: the limit of the site is meant for its pages.
        migrations.RunSQL("SET LOCAL statement_timeout = 0"),
        *(
            migrations.AddField(
                model_name=name,
                name="uuid",
                field=models.UUIDField(
                    "UUID", db_default=RandomUUID(), editable=False, unique=True
                ),
            )
            for name in (
                "citation",
                "claim",
                "event",
                "eventlink",
                "eventtype",
                "location",
                "locationname",
                "participation",
                "position",
                "scale",
                "scalescore",
                "source",
                "statement",
            )
        ),
        # To get a UUID is no change of a source.
        migrations.RunSQL("ALTER TABLE events_source DISABLE TRIGGER source_time_stamps"),
        migrations.RunPython(take_from_fixtures),
        migrations.RunSQL("ALTER TABLE events_source ENABLE TRIGGER source_time_stamps"),
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
        migrations.CreateModel(
            name="Chronology",
            fields=[
                ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                (
                    "uuid",
                    models.UUIDField("UUID", db_default=RandomUUID(), editable=False, unique=True),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="chronology_is_one")
                ],
            },
        ),
        migrations.RunSQL("INSERT INTO events_chronology (id) VALUES (1)"),
    ]

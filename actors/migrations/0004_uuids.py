from pathlib import Path

from django.contrib.postgres.functions import RandomUUID
from django.db import migrations, models

from config.db.fixture_files import give_uuids

SQL = Path(__file__).parent / "sql" / "0004_uuids.sql"


def take_from_fixtures(apps, schema_editor):
    """Countries and their names are the same on every site."""
    country, name = (apps.get_model("actors", model) for model in ("Country", "CountryName"))
    give_uuids(country.objects.all(), "countries", "iso3")
    give_uuids(name.objects.all(), "countries", "country__iso3", "language")


class Migration(migrations.Migration):
    """Every record has an identity that outlives its slug, its key and the host of the site."""

    dependencies = [("actors", "0003_triggers")]
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
            for name in ("actor", "actorname", "country", "countryname", "tenure")
        ),
        migrations.RunPython(take_from_fixtures),
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
    ]

from pathlib import Path

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import migrations, models

SQL = Path(__file__).parent / "sql" / "0034_read_anew.sql"


# What curators choose events by stands in a column: it is read of many thousands at once.
_WORDS_OF_EVENT = models.GeneratedField(
    expression=models.Func(
        models.F("title"),
        models.F("slug"),
        function="names_vector",
        output_field=SearchVectorField(),
    ),
    output_field=SearchVectorField(),
    db_persist=True,
)
_TIME_STAMPS = """
    CREATE OR REPLACE TRIGGER event_2_time_stamps BEFORE UPDATE ON events_event
    FOR EACH ROW EXECUTE FUNCTION keep_time_stamps(
        'words', 'earliest_on', 'latest_on', 'first_day', 'last_day', 'sort_day',
        'is_date_qualified')
"""


def _by_word(model: str, *columns: str, function: str = "name_vector") -> migrations.AddIndex:
    words = models.Func(
        *map(models.F, columns), function=function, output_field=SearchVectorField()
    )
    return migrations.AddIndex(model, GinIndex(words, name=f"{model}_by_word"))


class Migration(migrations.Migration):
    """Places, sources, titles and claims are found by their words, and all that was read before is
    read anew. Two indexes of places go, which only a former way of counting used."""

    dependencies = [("actors", "0006_names_by_word"), ("events", "0033_search_text")]
    operations = [
        migrations.RemoveIndex("event", "event_published_by_day"),
        migrations.AddIndex("event", models.Index(fields=["sort_day", "id"], name="event_by_day")),
        migrations.RemoveIndex("location", "location_by_part_of_name"),
        migrations.RemoveIndex("location", "location_unpublished"),
        migrations.RemoveIndex("location", "location_deep"),
        migrations.RemoveIndex("locationname", "locationname_by_part_of_name"),
        _by_word("location", "name"),
        _by_word("locationname", "name"),
        migrations.AddField("event", "words", _WORDS_OF_EVENT),
        migrations.AddIndex("event", GinIndex(fields=["words"], name="event_by_word")),
        migrations.RunSQL(_TIME_STAMPS),
        _by_word("claim", "text"),
        _by_word("source", "title", "author", "publisher", function="names_vector"),
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
    ]

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import migrations, models


def _by_word(model: str) -> migrations.AddIndex:
    words = models.Func(models.F("name"), function="name_vector", output_field=SearchVectorField())
    return migrations.AddIndex(model, GinIndex(words, name=f"{model}_by_word"))


class Migration(migrations.Migration):
    """Names are found by their words: no box looks for parts of words any more."""

    dependencies = [
        ("actors", "0005_trees_deleted_whole"),
        ("events", "0033_search_text"),
    ]
    operations = [
        migrations.RemoveIndex("actor", "actor_by_part_of_name"),
        migrations.RemoveIndex("actorname", "actorname_by_part_of_name"),
        *map(_by_word, ("actor", "actorname", "country", "countryname")),
    ]

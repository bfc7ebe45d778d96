from django.db import migrations, models
from django.db.models.lookups import GreaterThan


class Migration(migrations.Migration):
    """Of places that lie right below an outermost one, nothing needs to be looked up."""

    dependencies = [("events", "0018_words_alike")]

    operations = [
        migrations.AddIndex(
            model_name="location",
            index=models.Index(
                condition=models.Q(
                    GreaterThan(
                        models.Func(
                            models.F("lineage"),
                            function="cardinality",
                            output_field=models.IntegerField(),
                        ),
                        2,
                    )
                ),
                fields=["id"],
                include=["lineage"],
                name="location_deep",
            ),
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    """The places that are not counted are found at once: mostly there are few."""

    dependencies = [("events", "0015_month_tallies")]

    operations = [
        migrations.AddIndex(
            model_name="location",
            index=models.Index(
                condition=models.Q(("state", "published"), _negated=True),
                fields=["id"],
                name="location_unpublished",
            ),
        ),
    ]

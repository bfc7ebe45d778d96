import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The newest events of a profile, and of all, are read off an index."""

    dependencies = [
        ("events", "0007_root_places"),
    ]

    operations = [
        migrations.AddField(
            model_name="eventfacts",
            name="sort_day",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Case(
                    models.When(
                        first_day=-9223372036854775808, then=models.Value(-9223372036854775808)
                    ),
                    models.When(last_day=9223372036854775807, then=models.F("first_day")),
                    default=models.F("last_day"),
                    output_field=models.BigIntegerField(),
                ),
                output_field=models.BigIntegerField(),
            ),
        ),
        migrations.AlterField(
            model_name="eventfacts",
            name="profile",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="facts",
                to="events.profile",
            ),
        ),
        migrations.AddIndex(
            model_name="eventfacts",
            index=models.Index(
                fields=["profile", "sort_day", "event"], name="eventfacts_by_profile"
            ),
        ),
        migrations.AddIndex(
            model_name="eventfacts",
            index=models.Index(
                fields=["sort_day", "event"], include=("profile",), name="eventfacts_by_day"
            ),
        ),
    ]

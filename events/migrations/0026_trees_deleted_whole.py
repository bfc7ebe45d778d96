import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Rows that lean on each other may be deleted together; what is counted keeps no kind."""

    dependencies = [
        ("actors", "0005_trees_deleted_whole"),
        ("events", "0025_nothing_of_what_is_hidden"),
    ]

    operations = [
        migrations.AlterField(
            model_name="citation",
            name="source",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="citations",
                to="events.source",
            ),
        ),
        migrations.AlterField(
            model_name="citation",
            name="via",
            field=models.ForeignKey(
                blank=True,
                help_text="Second-hand: the source in which this one was found cited.",
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="relayed_citations",
                to="events.source",
            ),
        ),
        migrations.AlterField(
            model_name="event",
            name="kind",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="events",
                to="events.eventtype",
            ),
        ),
        migrations.AlterField(
            model_name="event",
            name="location",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="events",
                to="events.location",
            ),
        ),
        migrations.AlterField(
            model_name="location",
            name="country",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="locations",
                to="actors.country",
            ),
        ),
        migrations.AlterField(
            model_name="location",
            name="parent",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="children",
                to="events.location",
            ),
        ),
        migrations.AlterField(
            model_name="participation",
            name="actor",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="participations",
                to="actors.actor",
            ),
        ),
        migrations.AlterField(
            model_name="profile",
            name="kind",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="events.eventtype",
            ),
        ),
        migrations.AlterField(
            model_name="statement",
            name="location",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="statements",
                to="events.location",
            ),
        ),
        migrations.AlterField(
            model_name="statement",
            name="speaker",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="statements",
                to="actors.actor",
            ),
        ),
    ]

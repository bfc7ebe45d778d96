import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Rows that lean on each other may be deleted together; the database is as it was."""

    dependencies = [
        ("actors", "0004_uuids"),
    ]

    operations = [
        migrations.AlterField(
            model_name="actor",
            name="country",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="actors",
                to="actors.country",
            ),
        ),
        migrations.AlterField(
            model_name="actor",
            name="part_of",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="parts",
                to="actors.actor",
            ),
        ),
        migrations.AlterField(
            model_name="tenure",
            name="body",
            field=models.ForeignKey(
                blank=True,
                help_text="The state or body whose office it is.",
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="offices",
                to="actors.actor",
            ),
        ),
    ]

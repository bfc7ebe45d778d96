from pathlib import Path

from django.db import migrations, models

import config.db.text

SQL = Path(__file__).parent / "sql" / "0027_first_published.sql"


class Migration(migrations.Migration):
    """Each event knows when it was first published; what is asked of a source is explained."""

    dependencies = [
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("events", "0026_trees_deleted_whole"),
    ]

    operations = [
        migrations.RunSQL(
            SQL.read_text(encoding="utf-8"),
            state_operations=[
                migrations.AddField(
                    model_name="event",
                    name="published_at",
                    field=models.DateTimeField(editable=False, null=True),
                ),
            ],
        ),
        migrations.AlterField(
            model_name="source",
            name="author",
            field=config.db.text.LineField(
                blank=True,
                default="",
                help_text="A person as “Family, Given”; several are joined by “;”. What has no comma, such as the name of an institution, is cited as it stands.",
                max_length=300,
            ),
        ),
        migrations.AlterField(
            model_name="source",
            name="publisher",
            field=config.db.text.LineField(
                blank=True,
                default="",
                help_text="Who published it; of an article, the newspaper or journal that it stood in.",
                max_length=300,
            ),
        ),
    ]

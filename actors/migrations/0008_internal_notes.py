import config.db.text
from django.db import migrations, models


class Migration(migrations.Migration):
    """Notes that only curators read."""

    dependencies = [
        ("actors", "0007_kinds_of_actor"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="actor",
            name="actor_text_is_control_free",
        ),
        migrations.AddField(
            model_name="actor",
            name="internal_note",
            field=config.db.text.ProseField(
                blank=True,
                db_default="",
                default="",
                help_text="For curators alone: readers never see it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="actor",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("name__regex", "[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f]"),
                        _negated=True,
                    ),
                    models.Q(
                        ("summary__regex", "[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f]"),
                        _negated=True,
                    ),
                    models.Q(
                        ("note__regex", "[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f]"),
                        _negated=True,
                    ),
                    models.Q(
                        ("internal_note__regex", "[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f]"),
                        _negated=True,
                    ),
                ),
                name="actor_text_is_control_free",
                violation_error_message="A text holds an invisible character.",
            ),
        ),
    ]

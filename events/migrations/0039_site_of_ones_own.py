from pathlib import Path

import config.db.text
import events.models.chronology
from django.db import migrations, models


SQL = Path(__file__).parent / "sql" / "0039_site_of_ones_own.sql"


class Migration(migrations.Migration):
    """The chronology says who answers for it, what it is about and how it may be reused."""

    dependencies = [
        ("events", "0038_everyday_names"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="chronology",
            name="chronology_text_is_control_free",
        ),
        migrations.AddField(
            model_name="chronology",
            name="about",
            field=config.db.text.ProseField(
                blank=True,
                default="",
                help_text="Paragraphs for the page “About”; an empty line between two.",
            ),
        ),
        migrations.AddField(
            model_name="chronology",
            name="contact_address",
            field=config.db.text.LineField(
                blank=True,
                default="",
                help_text="An e-mail address, or the address of a page. Readers see it.",
                max_length=300,
                validators=[events.models.chronology.validate_address],
                verbose_name="address for corrections",
            ),
        ),
        migrations.AddField(
            model_name="chronology",
            name="contact_name",
            field=config.db.text.LineField(
                blank=True,
                default="",
                help_text="A person, a group or an institution.",
                max_length=200,
                verbose_name="who answers for it",
            ),
        ),
        migrations.AddField(
            model_name="chronology",
            name="licence",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "Not said yet"),
                    ("CC0-1.0", "CC0 1.0: anything"),
                    ("CC-BY-4.0", "CC BY 4.0: anything, with credit"),
                    ("CC-BY-SA-4.0", "CC BY-SA 4.0: with credit, and alike"),
                    ("CC-BY-NC-4.0", "CC BY-NC 4.0: with credit, not for trade"),
                    ("CC-BY-NC-SA-4.0", "CC BY-NC-SA 4.0: alike, not for trade"),
                    ("CC-BY-ND-4.0", "CC BY-ND 4.0: with credit, unchanged"),
                    ("ODC-By-1.0", "ODC-By 1.0: a database, with credit"),
                    ("ODbL-1.0", "ODbL 1.0: a database, with credit, and alike"),
                    ("LicenseRef-all-rights-reserved", "All rights are reserved"),
                ],
                default="",
                help_text="The licence of the content. Said on every page and export.",
                max_length=30,
                verbose_name="others may reuse it",
            ),
        ),
        migrations.AddField(
            model_name="chronology",
            name="names_editors",
            field=models.BooleanField(
                default=False,
                help_text="The page “About” gives the full names of the accounts that have edited records.",
                verbose_name="editors are named",
            ),
        ),
        migrations.AlterField(
            model_name="chronology",
            name="description",
            field=config.db.text.LineField(
                blank=True,
                default="",
                help_text="One sentence above the timeline: what the events are taken from, for example.",
                max_length=200,
                verbose_name="in one line",
            ),
        ),
        migrations.AlterField(
            model_name="chronology",
            name="title",
            field=config.db.text.LineField(
                blank=True,
                default="",
                help_text="Stands above every page, in feeds and in citations.",
                max_length=100,
                verbose_name="name",
            ),
        ),
        migrations.AddConstraint(
            model_name="chronology",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "licence__in",
                        [
                            "",
                            "CC0-1.0",
                            "CC-BY-4.0",
                            "CC-BY-SA-4.0",
                            "CC-BY-NC-4.0",
                            "CC-BY-NC-SA-4.0",
                            "CC-BY-ND-4.0",
                            "ODC-By-1.0",
                            "ODbL-1.0",
                            "LicenseRef-all-rights-reserved",
                        ],
                    )
                ),
                name="chronology_licence_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="chronology",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("title__regex", "[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f]"),
                        _negated=True,
                    ),
                    models.Q(
                        ("description__regex", "[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f]"),
                        _negated=True,
                    ),
                    models.Q(
                        ("about__regex", "[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f]"),
                        _negated=True,
                    ),
                    models.Q(
                        ("contact_name__regex", "[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f]"),
                        _negated=True,
                    ),
                    models.Q(
                        (
                            "contact_address__regex",
                            "[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f]",
                        ),
                        _negated=True,
                    ),
                ),
                name="chronology_text_is_control_free",
                violation_error_message="A text holds an invisible character.",
            ),
        ),
        migrations.AddConstraint(
            model_name="chronology",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("contact_address", ""),
                    (
                        "contact_address__iregex",
                        "^(https?://[^[:space:][:cntrl:]]+|[^[:space:][:cntrl:]@]+@[^[:space:][:cntrl:]@]+)$",
                    ),
                    _connector="OR",
                ),
                name="chronology_contact_is_address",
                violation_error_message="Give an e-mail address, or one that begins with https://.",
            ),
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
    ]

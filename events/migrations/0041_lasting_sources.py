from pathlib import Path

import config.db.text
from django.db import migrations, models

SQL = Path(__file__).parent / "sql" / "0041_lasting_sources.sql"


class Migration(migrations.Migration):
    """Basis of dates; language, day of access and archived copy of sources; internal notes."""

    dependencies = [
        ("actors", "0008_internal_notes"),
        ("events", "0040_vocabularies"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="claim",
            name="claim_text_is_control_free",
        ),
        migrations.RemoveConstraint(
            model_name="event",
            name="event_text_is_control_free",
        ),
        migrations.RemoveConstraint(
            model_name="location",
            name="location_text_is_control_free",
        ),
        migrations.RemoveConstraint(
            model_name="source",
            name="source_text_is_control_free",
        ),
        migrations.RemoveConstraint(
            model_name="statement",
            name="statement_text_is_control_free",
        ),
        migrations.AddField(
            model_name="claim",
            name="internal_note",
            field=config.db.text.ProseField(
                blank=True,
                db_default="",
                default="",
                help_text="For curators alone: readers never see it.",
            ),
        ),
        migrations.AddField(
            model_name="event",
            name="date_basis",
            field=models.CharField(
                choices=[
                    ("stated", "stated by the source"),
                    ("inferred", "inferred by the editors"),
                ],
                db_default="stated",
                default="stated",
                max_length=8,
                verbose_name="how the date is known",
            ),
        ),
        migrations.AddField(
            model_name="event",
            name="date_reason",
            field=config.db.text.LineField(
                blank=True,
                db_default="",
                default="",
                help_text="Of an inferred date: for example, from the weekday in the text.",
                max_length=300,
                verbose_name="from what it is inferred",
            ),
        ),
        migrations.AddField(
            model_name="event",
            name="internal_note",
            field=config.db.text.ProseField(
                blank=True,
                db_default="",
                default="",
                help_text="For curators alone: readers never see it.",
            ),
        ),
        migrations.AddField(
            model_name="location",
            name="internal_note",
            field=config.db.text.ProseField(
                blank=True,
                db_default="",
                default="",
                help_text="For curators alone: readers never see it.",
            ),
        ),
        migrations.AddField(
            model_name="source",
            name="accessed_on",
            field=models.DateField(
                blank=True,
                help_text="When it was last read at this address.",
                null=True,
                verbose_name="day of access",
            ),
        ),
        migrations.AddField(
            model_name="source",
            name="archived_on",
            field=models.DateField(
                blank=True,
                help_text="The day on which the archived copy was made.",
                null=True,
                verbose_name="captured on",
            ),
        ),
        migrations.AddField(
            model_name="source",
            name="archived_url",
            field=models.URLField(
                blank=True,
                db_default="",
                default="",
                help_text="A copy that stays when the page goes, in a web archive for example.",
                max_length=2000,
                verbose_name="archived address",
            ),
        ),
        migrations.AddField(
            model_name="source",
            name="internal_note",
            field=config.db.text.ProseField(
                blank=True,
                db_default="",
                default="",
                help_text="For curators alone: readers never see it.",
            ),
        ),
        migrations.AddField(
            model_name="source",
            name="language",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="In which it is written, as a BCP 47 tag: ar, fr, ru-Latn …",
                max_length=35,
            ),
        ),
        migrations.AddField(
            model_name="statement",
            name="date_basis",
            field=models.CharField(
                choices=[
                    ("stated", "stated by the source"),
                    ("inferred", "inferred by the editors"),
                ],
                db_default="stated",
                default="stated",
                max_length=8,
                verbose_name="how the date is known",
            ),
        ),
        migrations.AddField(
            model_name="statement",
            name="date_reason",
            field=config.db.text.LineField(
                blank=True,
                db_default="",
                default="",
                help_text="Of an inferred date: for example, from the weekday in the text.",
                max_length=300,
                verbose_name="from what it is inferred",
            ),
        ),
        migrations.AddField(
            model_name="statement",
            name="internal_note",
            field=config.db.text.ProseField(
                blank=True,
                db_default="",
                default="",
                help_text="For curators alone: readers never see it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("text__regex", "[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f]"),
                        _negated=True,
                    ),
                    models.Q(
                        ("unit__regex", "[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f]"),
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
                name="claim_text_is_control_free",
                violation_error_message="A text holds an invisible character.",
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(("date_basis__in", ["stated", "inferred"])),
                name="event_date_basis_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("date_basis", "stated"),
                    models.Q(
                        models.Q(("date_reason", ""), _negated=True),
                        models.Q(("date", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="event_inferred_date_has_a_reason",
                violation_error_message="An inferred date says from what it is inferred.",
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("date_basis", "inferred"), ("date_reason", ""), _connector="OR"
                ),
                name="event_stated_date_has_no_reason",
                violation_error_message="Only an inferred date has a reason.",
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("title__regex", "[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f]"),
                        _negated=True,
                    ),
                    models.Q(
                        (
                            "standing_reason__regex",
                            "[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f]",
                        ),
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
                name="event_text_is_control_free",
                violation_error_message="A text holds an invisible character.",
            ),
        ),
        migrations.AddConstraint(
            model_name="location",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("name__regex", "[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f]"),
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
                name="location_text_is_control_free",
                violation_error_message="A text holds an invisible character.",
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("title__regex", "[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f]"),
                        _negated=True,
                    ),
                    models.Q(
                        ("author__regex", "[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f]"),
                        _negated=True,
                    ),
                    models.Q(
                        ("publisher__regex", "[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f]"),
                        _negated=True,
                    ),
                    models.Q(
                        ("licence__regex", "[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f]"),
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
                name="source_text_is_control_free",
                violation_error_message="A text holds an invisible character.",
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("archived_url", ""),
                    ("archived_url__iregex", "^https?://[^[:space:][:cntrl:]]+$"),
                    _connector="OR",
                ),
                name="source_archived_url_is_http",
                violation_error_message="An address begins with https:// or http:// and has no blanks.",
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("accessed_on__isnull", True),
                    models.Q(("url", ""), _negated=True),
                    _connector="OR",
                ),
                name="source_accessed_at_an_address",
                violation_error_message="A day of access needs the address that was read.",
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("archived_on__isnull", True),
                    models.Q(("archived_url", ""), _negated=True),
                    _connector="OR",
                ),
                name="source_captured_in_an_archive",
                violation_error_message="A day of capture needs the archived address.",
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("language", ""),
                    (
                        "language__regex",
                        "^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?(-[a-z0-9]{5,8})*$",
                    ),
                    _connector="OR",
                ),
                name="source_language_is_a_tag",
                violation_error_message="A language is a BCP 47 tag such as ar, ru or ru-Latn.",
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(("date_basis__in", ["stated", "inferred"])),
                name="statement_date_basis_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("date_basis", "stated"),
                    models.Q(
                        models.Q(("date_reason", ""), _negated=True),
                        models.Q(("date", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="statement_inferred_date_has_a_reason",
                violation_error_message="An inferred date says from what it is inferred.",
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("date_basis", "inferred"), ("date_reason", ""), _connector="OR"
                ),
                name="statement_stated_date_has_no_reason",
                violation_error_message="Only an inferred date has a reason.",
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("paraphrase__regex", "[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f]"),
                        _negated=True,
                    ),
                    models.Q(
                        ("quote__regex", "[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f]"),
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
                    models.Q(
                        ("date_reason__regex", "[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f]"),
                        _negated=True,
                    ),
                ),
                name="statement_text_is_control_free",
                violation_error_message="A text holds an invisible character.",
            ),
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
    ]

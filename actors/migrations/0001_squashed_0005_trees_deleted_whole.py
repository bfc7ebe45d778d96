from pathlib import Path

import config.db.fields
import config.edtf.fields
import config.db.text
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.functions
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.datetime
from django.contrib.postgres.operations import (
    BtreeGistExtension,
    TrigramExtension,
    UnaccentExtension,
)
from django.db import migrations, models

SQL = Path(__file__).parent / "sql"


def run(name: str) -> migrations.RunSQL:
    return migrations.RunSQL((SQL / name).read_text(encoding="utf-8"))


class Migration(migrations.Migration):
    """All migrations of the app up to 0005 in one, for a new database.

    The files of SQL are those of the migrations that it replaces.
    """

    initial = True
    replaces = [
        ("actors", "0001_database_functions"),
        ("actors", "0002_actors"),
        ("actors", "0003_triggers"),
        ("actors", "0004_uuids"),
        ("actors", "0005_trees_deleted_whole"),
    ]
    dependencies = []
    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        UnaccentExtension(),
        run("0001_edtf.sql"),
        run("0001_functions.sql"),
        migrations.CreateModel(
            name="Country",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "uuid",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        editable=False,
                        unique=True,
                        verbose_name="UUID",
                    ),
                ),
                ("iso3", models.CharField(max_length=3, unique=True, verbose_name="ISO alpha-3")),
                (
                    "iso2",
                    models.CharField(
                        blank=True, default="", max_length=2, verbose_name="ISO alpha-2"
                    ),
                ),
                (
                    "iso_numeric",
                    models.CharField(
                        blank=True, default="", max_length=3, verbose_name="ISO numeric"
                    ),
                ),
                (
                    "code_status",
                    models.CharField(
                        choices=[
                            ("official", "ISO 3166-1"),
                            ("former", "formerly ISO 3166-1 (ISO 3166-3)"),
                            ("user-assigned", "from ISO's user-assigned range"),
                        ],
                        default="official",
                        max_length=13,
                    ),
                ),
                (
                    "gw",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="Gleditsch–Ward number"
                    ),
                ),
                (
                    "cow",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="Correlates of War number"
                    ),
                ),
                (
                    "cow_abbreviation",
                    models.CharField(
                        blank=True, max_length=3, verbose_name="Correlates of War code"
                    ),
                ),
                (
                    "fips",
                    models.CharField(
                        blank=True, default="", max_length=2, verbose_name="FIPS 10-4"
                    ),
                ),
                ("name", config.db.text.LineField(max_length=120)),
                (
                    "sort_name",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(models.F("name"), function="sort_key"),
                        output_field=models.TextField(),
                    ),
                ),
                (
                    "exists_from",
                    config.edtf.fields.EdtfField(blank=True, default="", max_length=100),
                ),
                (
                    "exists_until",
                    config.edtf.fields.EdtfField(blank=True, default="", max_length=100),
                ),
                (
                    "exists_from_day",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(models.F("exists_from"), function="edtf_first_day"),
                        output_field=models.BigIntegerField(),
                    ),
                ),
                (
                    "exists_until_day",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(models.F("exists_until"), function="edtf_last_day"),
                        output_field=models.BigIntegerField(),
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "countries",
                "ordering": ["sort_name", "pk"],
                "indexes": [models.Index(fields=["sort_name", "id"], name="country_by_name")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("code_status__in", ["official", "former", "user-assigned"])
                        ),
                        name="country_code_status_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("iso3__regex", "^[A-Z]{3}$")),
                        name="country_iso3_is_three_letters",
                        violation_error_message="Three capital letters.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("iso2__regex", "^([A-Z]{2})?$")),
                        name="country_iso2_is_two_letters",
                        violation_error_message="Two capital letters or nothing.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("iso_numeric__regex", "^([0-9]{3})?$")),
                        name="country_iso_numeric_is_three_digits",
                        violation_error_message="Three digits or nothing.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("fips__regex", "^([A-Z]{2})?$")),
                        name="country_fips_is_two_letters",
                        violation_error_message="Two capital letters or nothing.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("exists_from_day__lte", models.F("exists_until_day"))),
                        name="country_exists_forward",
                        violation_error_message="It ends before it begins.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("iso2", ""), _negated=True),
                        fields=("iso2",),
                        name="country_iso2_is_unique",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Actor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "uuid",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        editable=False,
                        unique=True,
                        verbose_name="UUID",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        db_default="draft",
                        default="draft",
                        max_length=9,
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "lineage",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, editable=False, size=None
                    ),
                ),
                ("slug", models.SlugField(max_length=100, unique=True)),
                ("name", config.db.text.LineField(max_length=300)),
                (
                    "sort_name",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(models.F("name"), function="sort_key"),
                        output_field=models.TextField(),
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("person", "Person"),
                            ("state", "State"),
                            ("government", "Government"),
                            ("agency", "Agency"),
                            ("intergovernmental", "Intergovernmental organisation"),
                            ("armed-group", "Armed group"),
                            ("population", "Population"),
                            ("media", "Media"),
                            ("other", "Other"),
                        ],
                        max_length=17,
                    ),
                ),
                (
                    "part_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="parts",
                        to="actors.actor",
                    ),
                ),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="actors",
                        to="actors.country",
                    ),
                ),
                (
                    "summary",
                    config.db.text.ProseField(
                        blank=True, default="", help_text="Who this is, in a sentence or two."
                    ),
                ),
                (
                    "note",
                    config.db.text.ProseField(
                        blank=True, default="", help_text="Curators' note, shown to readers."
                    ),
                ),
            ],
            options={
                "ordering": ["sort_name", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "published")),
                        fields=["sort_name", "id"],
                        name="actor_published_by_name",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["lineage"], name="actor_by_lineage"
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass(
                            models.F("sort_name"), "gin_trgm_ops"
                        ),
                        name="actor_by_part_of_name",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("slug__regex", "^[a-z0-9]+(-[a-z0-9]+)*$")),
                        name="actor_slug_is_plain",
                        violation_error_message="A slug takes lower-case letters, digits and single hyphens.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "published", "withdrawn"])),
                        name="actor_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "person",
                                    "state",
                                    "government",
                                    "agency",
                                    "intergovernmental",
                                    "armed-group",
                                    "population",
                                    "media",
                                    "other",
                                ],
                            )
                        ),
                        name="actor_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="actor_name_is_given",
                        violation_error_message="This is needed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("name__regex", "[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f]"),
                                _negated=True,
                            ),
                            models.Q(
                                (
                                    "summary__regex",
                                    "[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f]",
                                ),
                                _negated=True,
                            ),
                            models.Q(
                                ("note__regex", "[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f]"),
                                _negated=True,
                            ),
                        ),
                        name="actor_text_is_control_free",
                        violation_error_message="A text holds an invisible character.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("part_of__isnull", True),
                            models.Q(("part_of", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="actor_is_no_part_of_itself",
                        violation_error_message="Nobody is part of itself.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CountryName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "uuid",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        editable=False,
                        unique=True,
                        verbose_name="UUID",
                    ),
                ),
                (
                    "language",
                    models.CharField(help_text="BCP 47 tag: ar, ru, ru-Latn …", max_length=35),
                ),
                ("name", config.db.text.LineField(max_length=300)),
                (
                    "country",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="names",
                        to="actors.country",
                    ),
                ),
            ],
            options={
                "ordering": ["language"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("country", "language"), name="countryname_one_per_language"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "language__regex",
                                "^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?(-[a-z0-9]{5,8})*$",
                            )
                        ),
                        name="countryname_language_is_a_tag",
                        violation_error_message="A language is a BCP 47 tag such as ar, ru or ru-Latn.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Tenure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "uuid",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        editable=False,
                        unique=True,
                        verbose_name="UUID",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tenures",
                        to="actors.actor",
                    ),
                ),
                ("office", config.db.text.LineField(max_length=200)),
                (
                    "body",
                    models.ForeignKey(
                        blank=True,
                        help_text="The state or body whose office it is.",
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="offices",
                        to="actors.actor",
                    ),
                ),
                ("began", config.edtf.fields.EdtfField(blank=True, default="", max_length=100)),
                (
                    "began_is",
                    models.CharField(
                        choices=[("real", "real"), ("attested", "only attested")],
                        default="attested",
                        max_length=8,
                    ),
                ),
                ("ended", config.edtf.fields.EdtfField(blank=True, default="", max_length=100)),
                (
                    "ended_is",
                    models.CharField(
                        choices=[("real", "real"), ("attested", "only attested")],
                        default="attested",
                        max_length=8,
                    ),
                ),
                (
                    "held",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.F("began"),
                            models.F("began_is"),
                            models.F("ended"),
                            models.F("ended_is"),
                            function="tenure_days",
                        ),
                        output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                    ),
                ),
                ("note", config.db.text.ProseField(blank=True, default="")),
            ],
            options={
                "ordering": ["held", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("began_is__in", ["real", "attested"])),
                        name="tenure_began_is_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ended_is__in", ["real", "attested"])),
                        name="tenure_ended_is_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("office", ""), _negated=True),
                        name="tenure_office_is_given",
                        violation_error_message="This is needed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "office__regex",
                                    "[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f]",
                                ),
                                _negated=True,
                            ),
                            models.Q(
                                ("note__regex", "[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f]"),
                                _negated=True,
                            ),
                        ),
                        name="tenure_text_is_control_free",
                        violation_error_message="A text holds an invisible character.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("person", "="), ("office", "="), ("held", "&&")],
                        name="tenure_office_held_once_at_a_time",
                        violation_error_message="This person already holds this office in that time.",
                    ),
                    models.UniqueConstraint(
                        fields=("person", "office", "began"), name="tenure_is_recorded_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActorName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "uuid",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        editable=False,
                        unique=True,
                        verbose_name="UUID",
                    ),
                ),
                (
                    "language",
                    models.CharField(help_text="BCP 47 tag: ar, ru, ru-Latn …", max_length=35),
                ),
                ("name", config.db.text.LineField(max_length=300)),
                (
                    "sort_name",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(models.F("name"), function="sort_key"),
                        output_field=models.TextField(),
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="names",
                        to="actors.actor",
                    ),
                ),
            ],
            options={
                "ordering": ["language", "sort_name"],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass(
                            models.F("sort_name"), "gin_trgm_ops"
                        ),
                        name="actorname_by_part_of_name",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("actor", "language", "name"), name="actorname_is_given_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "language__regex",
                                "^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?(-[a-z0-9]{5,8})*$",
                            )
                        ),
                        name="actorname_language_is_a_tag",
                        violation_error_message="A language is a BCP 47 tag such as ar, ru or ru-Latn.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="actorname_name_is_given",
                        violation_error_message="This is needed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("name__regex", "[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f]"),
                            _negated=True,
                        ),
                        name="actorname_text_is_control_free",
                        violation_error_message="A text holds an invisible character.",
                    ),
                ],
            },
        ),
        run("0003_triggers.sql"),
        run("0004_uuids.sql"),
    ]

from pathlib import Path
from typing import Any

import config.db.fields
import config.edtf.fields
import config.db.text
import django.contrib.postgres.fields
import django.contrib.postgres.functions
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models

from config.db.fixture_files import read_rows

SQL = Path(__file__).parent / "sql"
Rows = dict[str, Any]


def _add_missing(model: Any, rows: list[Rows], key: str) -> dict[str, Any]:
    """Those that were added, by their keys. What has a name or code that is taken is not."""
    there = set(model.objects.values_list(key, flat=True))
    missing = [row for row in rows if row[key] not in there]
    model.objects.bulk_create((model(**row) for row in missing), ignore_conflicts=True)
    added: dict[str, Any] = model.objects.in_bulk([row[key] for row in missing], field_name=key)
    return added


def add_countries(apps: Any, schema_editor: Any) -> None:
    """A country comes with its names and its citations."""
    country, name = (apps.get_model("actors", model) for model in ("Country", "CountryName"))
    added = _add_missing(country, read_rows("countries", country), "iso3")
    name.objects.bulk_create(
        name(**row | {"country": added[iso3]})
        for row in read_rows("countries", name)
        if (iso3 := row["country"][0]) in added
    )
    citation, source = (apps.get_model("events", model) for model in ("Citation", "Source"))
    rows = [row for row in read_rows("country_citations", citation) if row["country"][0] in added]
    cited = {row["source"][0] for row in rows}
    references = [row for row in read_rows("references", source) if row["slug"] in cited]
    _add_missing(source, references, "slug")
    sources = source.objects.in_bulk(list(cited), field_name="slug")
    citation.objects.bulk_create(
        citation(**row | {"source": sources[row["source"][0]], "country": added[row["country"][0]]})
        for row in rows
    )


def add_kinds(apps: Any, schema_editor: Any) -> None:
    """A kind of event comes with its score."""
    kind, scale, score = (
        apps.get_model("events", model) for model in ("EventType", "Scale", "ScaleScore")
    )
    added = _add_missing(kind, read_rows("kinds", kind), "slug")
    rows = [row for row in read_rows("kinds", score) if row["kind"][0] in added]
    if not rows:
        return
    scales = [scale(**row) for row in read_rows("kinds", scale)]
    scale.objects.bulk_create(scales, ignore_conflicts=True)
    found = {(row.name, row.version): row for row in scale.objects.all()}
    score.objects.bulk_create(
        score(**row | {"kind": added[row["kind"][0]], "scale": found[tuple(row["scale"])]})
        for row in rows
    )


def mark_what_is_in_use(apps: Any, schema_editor: Any) -> None:
    """A database with any record or account gets nothing from the fixtures any more."""
    user = apps.get_model(settings.AUTH_USER_MODEL)
    records = [m for m in apps.get_models() if m._meta.app_label in ("actors", "events")]
    if any(model.objects.exists() for model in (user, *records)):
        apps.get_model("events", "LoadingMark").objects.create(reason="upgrade")


def run(name: str) -> migrations.RunSQL:
    return migrations.RunSQL((SQL / name).read_text(encoding="utf-8"))


class Migration(migrations.Migration):
    """All migrations of the app up to 0029 in one, for a new database.

    Left out are the tables derived for counts and search, which 0031 drops, and what filled them.
    """

    initial = True
    replaces = [
        ("events", "0001_chronology"),
        ("events", "0002_triggers"),
        ("events", "0003_indexes_of_pages"),
        ("events", "0004_citations_of_names_and_countries"),
        ("events", "0005_summaries"),
        ("events", "0006_search"),
        ("events", "0007_root_places"),
        ("events", "0008_facts_in_order"),
        ("events", "0009_second_hand"),
        ("events", "0010_places_of_countries"),
        ("events", "0011_ties"),
        ("events", "0012_months"),
        ("events", "0013_documents"),
        ("events", "0014_profile_words"),
        ("events", "0015_month_tallies"),
        ("events", "0016_unpublished_places"),
        ("events", "0017_time_of_change"),
        ("events", "0018_words_alike"),
        ("events", "0019_deep_places"),
        ("events", "0020_loading"),
        ("events", "0021_countries_and_kinds"),
        ("events", "0022_uuids"),
        ("events", "0023_former_slugs"),
        ("events", "0024_published_sources"),
        ("events", "0025_nothing_of_what_is_hidden"),
        ("events", "0026_trees_deleted_whole"),
        ("events", "0027_first_published"),
        ("events", "0028_search_paths"),
        ("events", "0029_times_of_loaded_rows"),
    ]
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("actors", "0001_squashed_0005_trees_deleted_whole"),
    ]
    operations = [
        run("0001_squashed_functions.sql"),
        migrations.CreateModel(
            name="StatementEvent",
            fields=[
                ("id", models.TextField(primary_key=True, serialize=False)),
            ],
            options={
                "db_table": "events_statementevent",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="EventType",
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
                ("slug", models.SlugField(unique=True)),
                ("name", config.db.text.LineField(max_length=100, unique=True)),
                (
                    "plover",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="Empty: not of PLOVER.",
                        max_length=20,
                        verbose_name="PLOVER type",
                    ),
                ),
                (
                    "quad",
                    models.CharField(
                        choices=[
                            ("neutral", "Neither cooperation nor conflict"),
                            ("verbal-cooperation", "Verbal cooperation"),
                            ("material-cooperation", "Material cooperation"),
                            ("verbal-conflict", "Verbal conflict"),
                            ("material-conflict", "Material conflict"),
                        ],
                        max_length=20,
                        verbose_name="quad class",
                    ),
                ),
                ("description", config.db.text.LineField(blank=True, default="", max_length=300)),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("slug__regex", "^[a-z0-9]+(-[a-z0-9]+)*$")),
                        name="eventtype_slug_is_plain",
                        violation_error_message="A slug takes lower-case letters, digits and single hyphens.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "quad__in",
                                [
                                    "neutral",
                                    "verbal-cooperation",
                                    "material-cooperation",
                                    "verbal-conflict",
                                    "material-conflict",
                                ],
                            )
                        ),
                        name="eventtype_quad_is_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("plover", ""), _negated=True),
                        fields=("plover",),
                        name="eventtype_plover_is_unique",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Location",
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
                            ("country", "Country"),
                            ("province", "Province"),
                            ("district", "District"),
                            ("town", "Town or village"),
                            ("site", "Site"),
                            ("region", "Region across borders"),
                            ("water", "Sea, lake or river"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="children",
                        to="events.location",
                    ),
                ),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="locations",
                        to="actors.country",
                    ),
                ),
                (
                    "latitude",
                    models.FloatField(blank=True, help_text="Degrees north, WGS 84.", null=True),
                ),
                (
                    "longitude",
                    models.FloatField(blank=True, help_text="Degrees east, WGS 84.", null=True),
                ),
                (
                    "precision",
                    models.CharField(
                        choices=[
                            ("exact", "the site itself"),
                            ("town", "somewhere in the town"),
                            ("near", "within 25 km"),
                            ("province", "somewhere in the province"),
                            ("country", "somewhere in the country"),
                            ("unknown", "not known"),
                        ],
                        default="unknown",
                        max_length=8,
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
                        name="location_published_by_name",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["lineage"], name="location_by_lineage"
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass(
                            models.F("sort_name"), "gin_trgm_ops"
                        ),
                        name="location_by_part_of_name",
                    ),
                    models.Index(
                        condition=models.Q(("state", "published")),
                        fields=["country", "sort_name", "id"],
                        name="location_by_country_and_name",
                    ),
                    models.Index(
                        condition=models.Q(("state", "published"), _negated=True),
                        fields=["id"],
                        name="location_unpublished",
                    ),
                    models.Index(
                        condition=models.Q(
                            django.db.models.lookups.GreaterThan(
                                models.Func(
                                    models.F("lineage"),
                                    function="cardinality",
                                    output_field=models.IntegerField(),
                                ),
                                2,
                            )
                        ),
                        fields=["id"],
                        include=("lineage",),
                        name="location_deep",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("slug__regex", "^[a-z0-9]+(-[a-z0-9]+)*$")),
                        name="location_slug_is_plain",
                        violation_error_message="A slug takes lower-case letters, digits and single hyphens.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "published", "withdrawn"])),
                        name="location_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "country",
                                    "province",
                                    "district",
                                    "town",
                                    "site",
                                    "region",
                                    "water",
                                ],
                            )
                        ),
                        name="location_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "precision__in",
                                ["exact", "town", "near", "province", "country", "unknown"],
                            )
                        ),
                        name="location_precision_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="location_name_is_given",
                        violation_error_message="This is needed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("name__regex", "[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f]"),
                                _negated=True,
                            ),
                            models.Q(
                                ("note__regex", "[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f]"),
                                _negated=True,
                            ),
                        ),
                        name="location_text_is_control_free",
                        violation_error_message="A text holds an invisible character.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent__isnull", True),
                            models.Q(("parent", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="location_is_not_inside_itself",
                        violation_error_message="No place lies inside itself.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("latitude__isnull", True), ("longitude__isnull", True)),
                            models.Q(
                                ("latitude__isnull", False),
                                ("latitude__range", (-90, 90)),
                                ("longitude__isnull", False),
                                ("longitude__range", (-180, 180)),
                            ),
                            _connector="OR",
                        ),
                        name="location_coordinates_are_on_earth",
                        violation_error_message="Give both a latitude from -90 to 90 and a longitude from -180 to 180, or neither.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("latitude__isnull", True), ("precision", "unknown")),
                            models.Q(
                                ("latitude__isnull", False),
                                models.Q(("precision", "unknown"), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="location_precision_goes_with_coordinates",
                        violation_error_message="Coordinates need a precision, and a precision needs coordinates.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Event",
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
                ("date", config.edtf.fields.EdtfField(blank=True, default="", max_length=100)),
                (
                    "earliest_on",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(models.F("date"), function="edtf_earliest_on"),
                        output_field=models.DateField(null=True),
                    ),
                ),
                (
                    "latest_on",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(models.F("date"), function="edtf_latest_on"),
                        output_field=models.DateField(null=True),
                    ),
                ),
                (
                    "first_day",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(models.F("date"), function="edtf_first_day"),
                        output_field=models.BigIntegerField(),
                    ),
                ),
                (
                    "last_day",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(models.F("date"), function="edtf_last_day"),
                        output_field=models.BigIntegerField(),
                    ),
                ),
                (
                    "sort_day",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(models.F("date"), function="edtf_sort_day"),
                        output_field=models.BigIntegerField(),
                    ),
                ),
                (
                    "is_date_qualified",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(models.F("date"), function="edtf_is_qualified"),
                        output_field=models.BooleanField(),
                    ),
                ),
                ("slug", models.SlugField(max_length=100, unique=True)),
                ("title", config.db.text.LineField(max_length=300)),
                (
                    "location",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="events",
                        to="events.location",
                    ),
                ),
                (
                    "kind",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="events",
                        to="events.eventtype",
                    ),
                ),
                (
                    "standing",
                    models.CharField(
                        choices=[
                            ("occurred", "Occurred"),
                            ("reported", "Reported"),
                            ("alleged", "Alleged"),
                            ("disputed", "Disputed"),
                            ("called-for", "Called for"),
                            ("refuted", "Refuted"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "standing_reason",
                    config.db.text.ProseField(
                        blank=True, default="", help_text="Why the editors give it this standing."
                    ),
                ),
                (
                    "standing_since",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("published_at", models.DateTimeField(editable=False, null=True)),
                ("summary", config.db.text.ProseField(blank=True, default="")),
                (
                    "note",
                    config.db.text.ProseField(
                        blank=True, default="", help_text="Curators' note, shown to readers."
                    ),
                ),
            ],
            options={
                "ordering": ["-sort_day", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "published")),
                        fields=["sort_day", "id"],
                        name="event_published_by_day",
                    ),
                    models.Index(
                        condition=models.Q(("state", "published")),
                        fields=["updated_at", "id"],
                        name="event_published_by_change",
                    ),
                    models.Index(
                        condition=models.Q(("state", "published")),
                        fields=["last_day", "first_day"],
                        name="event_published_by_span",
                    ),
                    models.Index(
                        condition=models.Q(("state", "published")),
                        fields=["standing", "sort_day", "id"],
                        name="event_published_by_standing",
                    ),
                    models.Index(
                        condition=models.Q(("state", "published"), _negated=True),
                        fields=["id"],
                        name="event_not_published",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("slug__regex", "^[a-z0-9]+(-[a-z0-9]+)*$")),
                        name="event_slug_is_plain",
                        violation_error_message="A slug takes lower-case letters, digits and single hyphens.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "published", "withdrawn"])),
                        name="event_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "standing__in",
                                [
                                    "occurred",
                                    "reported",
                                    "alleged",
                                    "disputed",
                                    "called-for",
                                    "refuted",
                                ],
                            )
                        ),
                        name="event_standing_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True),
                        name="event_title_is_given",
                        violation_error_message="This is needed.",
                    ),
                    models.CheckConstraint(
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
                        name="event_text_is_control_free",
                        violation_error_message="A text holds an invisible character.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Claim",
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
                ("slug", models.SlugField(max_length=100, unique=True)),
                (
                    "event",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="claims",
                        to="events.event",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("proposition", "Proposition"), ("number", "Number")],
                        default="proposition",
                        max_length=11,
                    ),
                ),
                (
                    "text",
                    config.db.text.LineField(
                        help_text="The claim as a neutral sentence.", max_length=500
                    ),
                ),
                (
                    "low",
                    models.DecimalField(blank=True, decimal_places=3, max_digits=18, null=True),
                ),
                (
                    "high",
                    models.DecimalField(blank=True, decimal_places=3, max_digits=18, null=True),
                ),
                (
                    "unit",
                    config.db.text.LineField(
                        blank=True, default="", help_text="people killed, km …", max_length=100
                    ),
                ),
                (
                    "is_approximate",
                    models.BooleanField(default=False, help_text="“About”, in the source."),
                ),
                (
                    "note",
                    config.db.text.ProseField(
                        blank=True, default="", help_text="Curators' note, shown to readers."
                    ),
                ),
            ],
            options={
                "ordering": ["event", "kind", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("slug__regex", "^[a-z0-9]+(-[a-z0-9]+)*$")),
                        name="claim_slug_is_plain",
                        violation_error_message="A slug takes lower-case letters, digits and single hyphens.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "published", "withdrawn"])),
                        name="claim_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["proposition", "number"])),
                        name="claim_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="claim_text_is_given",
                        violation_error_message="This is needed.",
                    ),
                    models.CheckConstraint(
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
                        ),
                        name="claim_text_is_control_free",
                        violation_error_message="A text holds an invisible character.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("high__isnull", True),
                                ("kind", "proposition"),
                                ("low__isnull", True),
                                ("unit", ""),
                            ),
                            models.Q(
                                ("high__isnull", False),
                                ("kind", "number"),
                                ("low__isnull", False),
                                ("low__lte", models.F("high")),
                                models.Q(("unit", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="claim_number_has_range_and_unit",
                        violation_error_message="A number needs a low and a high end (low first) and a unit; a proposition none.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EventLink",
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
                    "from_event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="events.event",
                    ),
                ),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("about", "is about"),
                            ("responds-to", "responds to"),
                            ("aggravates", "aggravates"),
                            ("part-of", "is part of"),
                            ("follows", "follows"),
                        ],
                        max_length=11,
                    ),
                ),
                (
                    "to_event",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links_here",
                        to="events.event",
                    ),
                ),
                (
                    "to_claim",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links_here",
                        to="events.claim",
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("stated", "stated by the source"),
                            ("inferred", "inferred by the editors"),
                        ],
                        default="stated",
                        max_length=8,
                    ),
                ),
                ("note", config.db.text.LineField(blank=True, default="", max_length=500)),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("to_claim__isnull", True), ("to_event__isnull", False)),
                            models.Q(("to_claim__isnull", False), ("to_event__isnull", True)),
                            _connector="OR",
                        ),
                        name="eventlink_has_one_target",
                        violation_error_message="Choose exactly one of these.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "relation__in",
                                ["about", "responds-to", "aggravates", "part-of", "follows"],
                            )
                        ),
                        name="eventlink_relation_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("basis__in", ["stated", "inferred"])),
                        name="eventlink_basis_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("note__regex", "[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f]"),
                            _negated=True,
                        ),
                        name="eventlink_text_is_control_free",
                        violation_error_message="A text holds an invisible character.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_event__isnull", True),
                            models.Q(("to_event", models.F("from_event")), _negated=True),
                            _connector="OR",
                        ),
                        name="eventlink_leads_elsewhere",
                        violation_error_message="A link leads to another event.",
                    ),
                    models.UniqueConstraint(
                        fields=("from_event", "relation", "to_event", "to_claim"),
                        name="eventlink_is_recorded_once",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LocationName",
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
                    "location",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="names",
                        to="events.location",
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
                        name="locationname_by_part_of_name",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("location", "language", "name"), name="locationname_is_given_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "language__regex",
                                "^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?(-[a-z0-9]{5,8})*$",
                            )
                        ),
                        name="locationname_language_is_a_tag",
                        violation_error_message="A language is a BCP 47 tag such as ar, ru or ru-Latn.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="locationname_name_is_given",
                        violation_error_message="This is needed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("name__regex", "[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f]"),
                            _negated=True,
                        ),
                        name="locationname_text_is_control_free",
                        violation_error_message="A text holds an invisible character.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Participation",
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
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="participations",
                        to="events.event",
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="participations",
                        to="actors.actor",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("initiator", "Initiator"),
                            ("decider", "Decided"),
                            ("perpetrator", "Perpetrator"),
                            ("intervener", "Intervener"),
                            ("author", "Author"),
                            ("speaker", "Speaker"),
                            ("visitor", "Visitor"),
                            ("host", "Host"),
                            ("participant", "Participant"),
                            ("mediator", "Mediator"),
                            ("witness", "Witness"),
                            ("audience", "Audience"),
                            ("called-upon", "Called upon"),
                            ("target", "Target"),
                            ("victim", "Victim"),
                        ],
                        max_length=11,
                    ),
                ),
                (
                    "is_alleged",
                    models.BooleanField(
                        default=False,
                        help_text="The role is alleged, not established.",
                        verbose_name="only alleged",
                    ),
                ),
                ("note", config.db.text.LineField(blank=True, default="", max_length=300)),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [
                    models.Index(
                        fields=["actor", "event"],
                        include=("role", "is_alleged"),
                        name="participation_by_actor",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("event", "actor", "role"), name="participation_is_recorded_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                [
                                    "initiator",
                                    "decider",
                                    "perpetrator",
                                    "intervener",
                                    "author",
                                    "speaker",
                                    "visitor",
                                    "host",
                                    "participant",
                                    "mediator",
                                    "witness",
                                    "audience",
                                    "called-upon",
                                    "target",
                                    "victim",
                                ],
                            )
                        ),
                        name="participation_role_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("note__regex", "[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f]"),
                            _negated=True,
                        ),
                        name="participation_text_is_control_free",
                        violation_error_message="A text holds an invisible character.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PastStanding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="past_standings",
                        to="events.event",
                    ),
                ),
                (
                    "standing",
                    models.CharField(
                        choices=[
                            ("occurred", "Occurred"),
                            ("reported", "Reported"),
                            ("alleged", "Alleged"),
                            ("disputed", "Disputed"),
                            ("called-for", "Called for"),
                            ("refuted", "Refuted"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField()),
            ],
            options={
                "ordering": ["-until", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "standing__in",
                                [
                                    "occurred",
                                    "reported",
                                    "alleged",
                                    "disputed",
                                    "called-for",
                                    "refuted",
                                ],
                            )
                        ),
                        name="paststanding_standing_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Scale",
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
                ("name", config.db.text.LineField(max_length=100)),
                ("version", config.db.text.LineField(max_length=50)),
                ("low", models.FloatField(help_text="Most conflictual score of the scale.")),
                ("high", models.FloatField(help_text="Most cooperative score of the scale.")),
                (
                    "reference",
                    config.db.text.LineField(
                        help_text="The publication that defines it.", max_length=500
                    ),
                ),
            ],
            options={
                "ordering": ["name", "version"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("name", "version"), name="scale_version_is_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("high__lte", 1000), ("low__gte", -1000), ("low__lt", models.F("high"))
                        ),
                        name="scale_runs_upwards",
                        violation_error_message="The low end is below the high end, both within 1000.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ScaleScore",
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
                    "scale",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="scores",
                        to="events.scale",
                    ),
                ),
                (
                    "kind",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="scores",
                        to="events.eventtype",
                    ),
                ),
                ("score", models.FloatField()),
            ],
            options={
                "ordering": ["scale", "kind"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("scale", "kind"), name="scalescore_one_per_kind"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("score__gte", -1000), ("score__lte", 1000)),
                        name="scalescore_is_a_number",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Source",
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
                ("slug", models.SlugField(max_length=100, unique=True)),
                ("title", config.db.text.LineField(max_length=500)),
                (
                    "sort_title",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(models.F("title"), function="sort_key"),
                        output_field=models.TextField(),
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("article", "Article"),
                            ("report", "Report"),
                            ("book", "Book"),
                            ("dataset", "Data set"),
                            ("gazetteer", "Gazetteer"),
                            ("document", "Document"),
                            ("recording", "Recording"),
                            ("other", "Other"),
                        ],
                        max_length=9,
                    ),
                ),
                (
                    "author",
                    config.db.text.LineField(
                        blank=True,
                        default="",
                        help_text="A person as “Family, Given”; several are joined by “;”. What has no comma, such as the name of an institution, is cited as it stands.",
                        max_length=300,
                    ),
                ),
                (
                    "publisher",
                    config.db.text.LineField(
                        blank=True,
                        default="",
                        help_text="Who published it; of an article, the newspaper or journal that it stood in.",
                        max_length=300,
                    ),
                ),
                (
                    "date",
                    config.edtf.fields.EdtfField(
                        blank=True,
                        default="",
                        help_text="When the source itself was published.",
                        max_length=100,
                        verbose_name="published",
                    ),
                ),
                (
                    "date_first_day",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(models.F("date"), function="edtf_first_day"),
                        output_field=models.BigIntegerField(),
                    ),
                ),
                (
                    "url",
                    models.URLField(
                        blank=True, default="", max_length=2000, verbose_name="address"
                    ),
                ),
                ("licence", config.db.text.LineField(blank=True, default="", max_length=200)),
                (
                    "note",
                    config.db.text.ProseField(
                        blank=True, default="", help_text="Curators' note, shown to readers."
                    ),
                ),
            ],
            options={
                "ordering": ["sort_title", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "published")),
                        fields=["sort_title", "id"],
                        name="source_published_by_title",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("slug__regex", "^[a-z0-9]+(-[a-z0-9]+)*$")),
                        name="source_slug_is_plain",
                        violation_error_message="A slug takes lower-case letters, digits and single hyphens.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "published", "withdrawn"])),
                        name="source_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "article",
                                    "report",
                                    "book",
                                    "dataset",
                                    "gazetteer",
                                    "document",
                                    "recording",
                                    "other",
                                ],
                            )
                        ),
                        name="source_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True),
                        name="source_title_is_given",
                        violation_error_message="This is needed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("title__regex", "[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f]"),
                                _negated=True,
                            ),
                            models.Q(
                                (
                                    "author__regex",
                                    "[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f]",
                                ),
                                _negated=True,
                            ),
                            models.Q(
                                (
                                    "publisher__regex",
                                    "[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f]",
                                ),
                                _negated=True,
                            ),
                            models.Q(
                                (
                                    "licence__regex",
                                    "[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f]",
                                ),
                                _negated=True,
                            ),
                            models.Q(
                                ("note__regex", "[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f]"),
                                _negated=True,
                            ),
                        ),
                        name="source_text_is_control_free",
                        violation_error_message="A text holds an invisible character.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("url", ""),
                            ("url__iregex", "^https?://[^[:space:][:cntrl:]]+$"),
                            _connector="OR",
                        ),
                        name="source_url_is_http",
                        violation_error_message="An address begins with https:// or http:// and has no blanks.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Statement",
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
                ("date", config.edtf.fields.EdtfField(blank=True, default="", max_length=100)),
                (
                    "earliest_on",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(models.F("date"), function="edtf_earliest_on"),
                        output_field=models.DateField(null=True),
                    ),
                ),
                (
                    "latest_on",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(models.F("date"), function="edtf_latest_on"),
                        output_field=models.DateField(null=True),
                    ),
                ),
                (
                    "first_day",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(models.F("date"), function="edtf_first_day"),
                        output_field=models.BigIntegerField(),
                    ),
                ),
                (
                    "last_day",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(models.F("date"), function="edtf_last_day"),
                        output_field=models.BigIntegerField(),
                    ),
                ),
                (
                    "sort_day",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(models.F("date"), function="edtf_sort_day"),
                        output_field=models.BigIntegerField(),
                    ),
                ),
                (
                    "is_date_qualified",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(models.F("date"), function="edtf_is_qualified"),
                        output_field=models.BooleanField(),
                    ),
                ),
                (
                    "key",
                    models.SlugField(
                        blank=True,
                        help_text="A lasting name for fixtures and imports; the address uses the number.",
                        max_length=100,
                        null=True,
                        unique=True,
                    ),
                ),
                (
                    "speaker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="statements",
                        to="actors.actor",
                    ),
                ),
                (
                    "location",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="statements",
                        to="events.location",
                    ),
                ),
                (
                    "occasion",
                    models.ForeignKey(
                        blank=True,
                        help_text="The event at which it was said, not the one it is about.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="statements_made",
                        to="events.event",
                    ),
                ),
                (
                    "paraphrase",
                    config.db.text.ProseField(help_text="What was said, in our own words."),
                ),
                (
                    "quote",
                    config.db.text.LineField(
                        blank=True,
                        default="",
                        help_text="The speaker's own words, short.",
                        max_length=300,
                    ),
                ),
                (
                    "note",
                    config.db.text.ProseField(
                        blank=True, default="", help_text="Curators' note, shown to readers."
                    ),
                ),
                (
                    "audience",
                    models.ManyToManyField(
                        blank=True, related_name="statements_heard", to="actors.actor"
                    ),
                ),
            ],
            options={
                "ordering": ["-sort_day", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "published")),
                        fields=["sort_day", "id"],
                        name="statement_published_by_day",
                    ),
                    models.Index(fields=["speaker", "sort_day", "id"], name="statement_by_speaker"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "published", "withdrawn"])),
                        name="statement_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("paraphrase", ""), _negated=True),
                        name="statement_paraphrase_is_given",
                        violation_error_message="This is needed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "paraphrase__regex",
                                    "[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f]",
                                ),
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
                        ),
                        name="statement_text_is_control_free",
                        violation_error_message="A text holds an invisible character.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Position",
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
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="positions",
                        to="events.statement",
                    ),
                ),
                (
                    "stance",
                    models.CharField(
                        choices=[
                            ("asserts", "asserts"),
                            ("denies", "denies"),
                            ("questions", "questions"),
                            ("rejects", "rejects"),
                            ("condemns", "condemns"),
                            ("supports", "supports"),
                            ("calls-for", "calls for"),
                            ("laments", "laments"),
                        ],
                        max_length=9,
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="positions",
                        to="events.claim",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="positions",
                        to="events.event",
                    ),
                ),
                (
                    "answered",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="events.statement",
                        verbose_name="statement answered",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answered__isnull", True),
                                ("claim__isnull", False),
                                ("event__isnull", True),
                            ),
                            models.Q(
                                ("answered__isnull", True),
                                ("claim__isnull", True),
                                ("event__isnull", False),
                            ),
                            models.Q(
                                ("answered__isnull", False),
                                ("claim__isnull", True),
                                ("event__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="position_has_one_target",
                        violation_error_message="Choose exactly one of these.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "stance__in",
                                [
                                    "asserts",
                                    "denies",
                                    "questions",
                                    "rejects",
                                    "condemns",
                                    "supports",
                                    "calls-for",
                                    "laments",
                                ],
                            )
                        ),
                        name="position_stance_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answered__isnull", True),
                            models.Q(("answered", models.F("statement")), _negated=True),
                            _connector="OR",
                        ),
                        name="position_is_not_on_itself",
                        violation_error_message="No statement answers itself.",
                    ),
                    models.UniqueConstraint(
                        fields=("statement", "stance", "claim", "event", "answered"),
                        name="position_is_recorded_once",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Citation",
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
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="citations",
                        to="events.source",
                    ),
                ),
                (
                    "locator",
                    config.db.text.LineField(
                        blank=True,
                        default="",
                        help_text="Where in the source: ¶2.1 (paragraph 2, sentence 1), p. 14, 00:12:30 …",
                        max_length=200,
                    ),
                ),
                (
                    "sort_locator",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(models.F("locator"), function="natural_key"),
                        output_field=models.TextField(),
                    ),
                ),
                (
                    "aspect",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "the record as a whole"),
                            ("title", "what happened"),
                            ("date", "date"),
                            ("place", "place"),
                            ("kind", "kind"),
                            ("standing", "standing"),
                            ("number", "number"),
                            ("coordinates", "coordinates"),
                            ("name", "name"),
                            ("note", "curators’ note"),
                            ("iso", "ISO 3166 codes"),
                            ("gw", "Gleditsch–Ward number"),
                            ("cow", "Correlates of War code"),
                            ("fips", "FIPS 10-4 code"),
                            ("existence", "years of independence"),
                        ],
                        default="",
                        help_text="Which fact of the record.",
                        max_length=11,
                    ),
                ),
                (
                    "access",
                    models.CharField(
                        choices=[("direct", "read directly"), ("second-hand", "second-hand")],
                        default="direct",
                        max_length=11,
                    ),
                ),
                (
                    "via",
                    models.ForeignKey(
                        blank=True,
                        help_text="Second-hand: the source in which this one was found cited.",
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="relayed_citations",
                        to="events.source",
                    ),
                ),
                ("note", config.db.text.ProseField(blank=True, default="")),
                (
                    "event",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="events.event",
                    ),
                ),
                (
                    "participation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="events.participation",
                    ),
                ),
                (
                    "link",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="events.eventlink",
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="events.claim",
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="events.statement",
                    ),
                ),
                (
                    "position",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="events.position",
                    ),
                ),
                (
                    "tenure",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="actors.tenure",
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="actors.actor",
                    ),
                ),
                (
                    "location",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="events.location",
                    ),
                ),
                (
                    "actor_name",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="actors.actorname",
                    ),
                ),
                (
                    "location_name",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="events.locationname",
                    ),
                ),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="actors.country",
                    ),
                ),
            ],
            options={
                "ordering": ["source", "sort_locator", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("actor_name__isnull", False)),
                        fields=["actor_name"],
                        name="citation_by_actor_name",
                    ),
                    models.Index(
                        condition=models.Q(("location_name__isnull", False)),
                        fields=["location_name"],
                        name="citation_by_location_name",
                    ),
                    models.Index(
                        condition=models.Q(("country__isnull", False)),
                        fields=["country"],
                        name="citation_by_country",
                    ),
                    models.Index(fields=["source", "sort_locator", "id"], name="citation_by_place"),
                    models.Index(
                        condition=models.Q(("access", "second-hand")),
                        fields=["source", "sort_locator", "id"],
                        name="citation_by_place_relayed",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("access__in", ["direct", "second-hand"])),
                        name="citation_access_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "locator__regex",
                                    "[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f]",
                                ),
                                _negated=True,
                            ),
                            models.Q(
                                ("note__regex", "[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f]"),
                                _negated=True,
                            ),
                        ),
                        name="citation_text_is_control_free",
                        violation_error_message="A text holds an invisible character.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("via__isnull", True), ("access", "second-hand"), _connector="OR"
                        ),
                        name="citation_relayed_is_second_hand",
                        violation_error_message="A citation found through another source is second-hand.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("via__isnull", True),
                            models.Q(("via", models.F("source")), _negated=True),
                            _connector="OR",
                        ),
                        name="citation_is_not_via_itself",
                        violation_error_message="Found in another source than itself.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("actor__isnull", True),
                                ("actor_name__isnull", True),
                                ("claim__isnull", True),
                                ("country__isnull", True),
                                ("event__isnull", False),
                                ("link__isnull", True),
                                ("location__isnull", True),
                                ("location_name__isnull", True),
                                ("participation__isnull", True),
                                ("position__isnull", True),
                                ("statement__isnull", True),
                                ("tenure__isnull", True),
                            ),
                            models.Q(
                                ("actor__isnull", True),
                                ("actor_name__isnull", True),
                                ("claim__isnull", True),
                                ("country__isnull", True),
                                ("event__isnull", True),
                                ("link__isnull", True),
                                ("location__isnull", True),
                                ("location_name__isnull", True),
                                ("participation__isnull", False),
                                ("position__isnull", True),
                                ("statement__isnull", True),
                                ("tenure__isnull", True),
                            ),
                            models.Q(
                                ("actor__isnull", True),
                                ("actor_name__isnull", True),
                                ("claim__isnull", True),
                                ("country__isnull", True),
                                ("event__isnull", True),
                                ("link__isnull", False),
                                ("location__isnull", True),
                                ("location_name__isnull", True),
                                ("participation__isnull", True),
                                ("position__isnull", True),
                                ("statement__isnull", True),
                                ("tenure__isnull", True),
                            ),
                            models.Q(
                                ("actor__isnull", True),
                                ("actor_name__isnull", True),
                                ("claim__isnull", False),
                                ("country__isnull", True),
                                ("event__isnull", True),
                                ("link__isnull", True),
                                ("location__isnull", True),
                                ("location_name__isnull", True),
                                ("participation__isnull", True),
                                ("position__isnull", True),
                                ("statement__isnull", True),
                                ("tenure__isnull", True),
                            ),
                            models.Q(
                                ("actor__isnull", True),
                                ("actor_name__isnull", True),
                                ("claim__isnull", True),
                                ("country__isnull", True),
                                ("event__isnull", True),
                                ("link__isnull", True),
                                ("location__isnull", True),
                                ("location_name__isnull", True),
                                ("participation__isnull", True),
                                ("position__isnull", True),
                                ("statement__isnull", False),
                                ("tenure__isnull", True),
                            ),
                            models.Q(
                                ("actor__isnull", True),
                                ("actor_name__isnull", True),
                                ("claim__isnull", True),
                                ("country__isnull", True),
                                ("event__isnull", True),
                                ("link__isnull", True),
                                ("location__isnull", True),
                                ("location_name__isnull", True),
                                ("participation__isnull", True),
                                ("position__isnull", False),
                                ("statement__isnull", True),
                                ("tenure__isnull", True),
                            ),
                            models.Q(
                                ("actor__isnull", True),
                                ("actor_name__isnull", True),
                                ("claim__isnull", True),
                                ("country__isnull", True),
                                ("event__isnull", True),
                                ("link__isnull", True),
                                ("location__isnull", True),
                                ("location_name__isnull", True),
                                ("participation__isnull", True),
                                ("position__isnull", True),
                                ("statement__isnull", True),
                                ("tenure__isnull", False),
                            ),
                            models.Q(
                                ("actor__isnull", False),
                                ("actor_name__isnull", True),
                                ("claim__isnull", True),
                                ("country__isnull", True),
                                ("event__isnull", True),
                                ("link__isnull", True),
                                ("location__isnull", True),
                                ("location_name__isnull", True),
                                ("participation__isnull", True),
                                ("position__isnull", True),
                                ("statement__isnull", True),
                                ("tenure__isnull", True),
                            ),
                            models.Q(
                                ("actor__isnull", True),
                                ("actor_name__isnull", True),
                                ("claim__isnull", True),
                                ("country__isnull", True),
                                ("event__isnull", True),
                                ("link__isnull", True),
                                ("location__isnull", False),
                                ("location_name__isnull", True),
                                ("participation__isnull", True),
                                ("position__isnull", True),
                                ("statement__isnull", True),
                                ("tenure__isnull", True),
                            ),
                            models.Q(
                                ("actor__isnull", True),
                                ("actor_name__isnull", False),
                                ("claim__isnull", True),
                                ("country__isnull", True),
                                ("event__isnull", True),
                                ("link__isnull", True),
                                ("location__isnull", True),
                                ("location_name__isnull", True),
                                ("participation__isnull", True),
                                ("position__isnull", True),
                                ("statement__isnull", True),
                                ("tenure__isnull", True),
                            ),
                            models.Q(
                                ("actor__isnull", True),
                                ("actor_name__isnull", True),
                                ("claim__isnull", True),
                                ("country__isnull", True),
                                ("event__isnull", True),
                                ("link__isnull", True),
                                ("location__isnull", True),
                                ("location_name__isnull", False),
                                ("participation__isnull", True),
                                ("position__isnull", True),
                                ("statement__isnull", True),
                                ("tenure__isnull", True),
                            ),
                            models.Q(
                                ("actor__isnull", True),
                                ("actor_name__isnull", True),
                                ("claim__isnull", True),
                                ("country__isnull", False),
                                ("event__isnull", True),
                                ("link__isnull", True),
                                ("location__isnull", True),
                                ("location_name__isnull", True),
                                ("participation__isnull", True),
                                ("position__isnull", True),
                                ("statement__isnull", True),
                                ("tenure__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="citation_has_one_target",
                        violation_error_message="Choose exactly one of these.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "aspect__in",
                                [
                                    "",
                                    "title",
                                    "date",
                                    "place",
                                    "kind",
                                    "standing",
                                    "number",
                                    "coordinates",
                                    "name",
                                    "note",
                                    "iso",
                                    "gw",
                                    "cow",
                                    "fips",
                                    "existence",
                                ],
                            )
                        ),
                        name="citation_aspect_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("country__isnull", False),
                            models.Q(
                                ("aspect__in", ["iso", "gw", "cow", "fips", "existence"]),
                                _negated=True,
                            ),
                            _connector="OR",
                        ),
                        name="citation_aspect_suits_its_record",
                        violation_error_message="Only a country has such codes and years.",
                    ),
                    models.UniqueConstraint(
                        fields=(
                            "source",
                            "locator",
                            "aspect",
                            "event",
                            "participation",
                            "link",
                            "claim",
                            "statement",
                            "position",
                            "tenure",
                            "actor",
                            "location",
                            "actor_name",
                            "location_name",
                            "country",
                        ),
                        name="citation_is_recorded_once",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("word", models.TextField()),
                ("spelling", models.TextField()),
                ("is_name", models.BooleanField()),
                (
                    "sound",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(models.F("word"), function="sound_key"),
                        output_field=models.TextField(),
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["word", "is_name"], name="searchword_by_word"),
                    django.contrib.postgres.indexes.GistIndex(
                        django.contrib.postgres.indexes.OpClass(
                            django.db.models.functions.text.Lower("word"),
                            "gist_trgm_ops(siglen=32)",
                        ),
                        name="searchword_by_letters",
                    ),
                    models.Index(fields=["sound"], name="searchword_by_sound"),
                ],
            },
        ),
        migrations.CreateModel(
            name="StatementSearch",
            fields=[
                (
                    "statement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search",
                        serialize=False,
                        to="events.statement",
                    ),
                ),
                ("document", django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["document"], name="statementsearch_by_word"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LoadingMark",
            fields=[
                (
                    "id",
                    models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("article", "the article was loaded"),
                            ("empty", "begun without the article"),
                            ("upgrade", "an upgrade found records or accounts"),
                        ],
                        max_length=7,
                    ),
                ),
                (
                    "begun_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("id", 1)), name="loadingmark_is_one_row"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason__in", ["article", "empty", "upgrade"])),
                        name="loadingmark_reason_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Chronology",
            fields=[
                (
                    "uuid",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        editable=False,
                        unique=True,
                        verbose_name="UUID",
                    ),
                ),
                ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="chronology_is_one")
                ],
            },
        ),
        migrations.CreateModel(
            name="FormerSlug",
            fields=[
                ("name", models.CharField(max_length=120, primary_key=True, serialize=False)),
                ("record", models.UUIDField(db_index=True)),
                (
                    "replaced_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "name__regex",
                                "^(actor|claim|country|event|eventtype|location|source):.",
                            )
                        ),
                        name="formerslug_kind_is_known",
                    )
                ],
            },
        ),
        run("0001_squashed_rules.sql"),
        migrations.RunPython(mark_what_is_in_use, migrations.RunPython.noop),
        migrations.RunPython(add_countries, migrations.RunPython.noop),
        migrations.RunPython(add_kinds, migrations.RunPython.noop),
        migrations.RunSQL("INSERT INTO events_chronology (id) VALUES (1)"),
    ]

from typing import Any

from django.db import migrations

from config.db.fixture_files import read_rows

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


class Migration(migrations.Migration):
    """Countries and kinds of event; those that are there stay as they are."""

    dependencies = [("actors", "0003_triggers"), ("events", "0020_loading")]
    operations = [
        migrations.RunPython(add_countries, migrations.RunPython.noop),
        migrations.RunPython(add_kinds, migrations.RunPython.noop),
    ]

"""Loading the chronology that Chancery comes with, beside whatever the database already holds.

It happens once in the life of a database (`LoadingMark`). A row that is there is never written
over: rows are found by their natural keys, and what is found stays as it is.
"""

from typing import Any

from django.conf import settings
from django.core import serializers
from django.db import connection, transaction

from config.db import fixture_files
from events.models import Chronology, Citation, LoadingMark, Source

# Any number will do, as long as it is that of loading alone.
LOCK = 5_140_417
# By what the first part of a record's natural key finds it.
_FOUND_BY = {
    "event": "slug",
    "location": "slug",
    "country": "iso3",
    "actor_name": "actor__slug",
    "location_name": "location__slug",
}
Fields = dict[str, Any]


def begin(*, with_article: bool) -> bool:
    """Load the article, or nothing, unless loading has begun before; whether it had not."""
    with transaction.atomic():
        # Of two that begin at once, one waits as long as it takes, and then finds the mark.
        _wait_for_others()
        if LoadingMark.objects.exists():
            return False
        reasons = LoadingMark.Reason
        LoadingMark.objects.create(reason=reasons.ARTICLE if with_article else reasons.EMPTY)
        if with_article:
            load_article()
    return True


def _wait_for_others() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = 0; SET LOCAL statement_timeout = 0")
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def load_example() -> None:
    """Load the article where a curator of an empty chronology wants to look at it first."""
    with transaction.atomic():
        _wait_for_others()
        load_article()


def load_article() -> None:
    """Add what is missing of the article's records and citations, and a title if there is none."""
    with transaction.atomic():
        Chronology.objects.filter(title="", description="").update(**article_title())
        load_records("article")
        load_citations("article_citations")


def article_title() -> Fields:
    """The title and the description that the chronology has while it is the article's."""
    [fields] = fixture_files.read_rows("article_title", Chronology)
    return fields


def load_records(name: str) -> None:
    """Add the records of the fixture `name` that are not there under their natural keys."""
    incomplete = []
    path = settings.BASE_DIR / "fixtures" / f"{name}.json"
    with path.open(encoding="utf-8") as file:
        for row in serializers.deserialize("json", file, handle_forward_references=True):
            # The fixtures have no primary keys: the deserializer gives one to what it finds.
            if row.object.pk is not None:
                continue
            row.save()
            if row.deferred_fields:
                incomplete.append(row)
    for row in incomplete:
        row.save_deferred_fields()


def load_citations(name: str) -> int:
    """Add the citations of the fixture `name`, and such sources as they need; say how many.

    One that is there already stays as it is, and a record that curators have renamed or removed
    is passed over. Unlike `load_records` this takes a few queries for any number of rows.
    """
    rows = [_Row(item["fields"]) for item in fixture_files.read(name)]
    found = {target: _find(target, rows) for target in {row.target for row in rows}}
    rows = [row for row in rows if row.key in found[row.target]]
    sources = _sources({row.source for row in rows})
    before = Citation.objects.count()
    Citation.objects.bulk_create(
        (row.citation(sources, found[row.target]) for row in rows if row.source in sources),
        ignore_conflicts=True,
    )
    return Citation.objects.count() - before


class _Row:
    def __init__(self, fields: Fields) -> None:
        (self.target,) = fields.keys() & _FOUND_BY.keys()
        self.key = tuple(fields[self.target])
        (self.source,) = fields["source"]
        self._rest = {
            field: value for field, value in fields.items() if field not in (self.target, "source")
        }

    def citation(self, sources: dict[str, Source], keys: dict[tuple[str, ...], int]) -> Citation:
        record = {f"{self.target}_id": keys[self.key]}
        return Citation(source=sources[self.source], **record, **self._rest)


def _find(target: str, rows: list[_Row]) -> dict[tuple[str, ...], int]:
    """The primary keys of the records of one kind, by their natural keys, with one query."""
    model: Any = Citation._meta.get_field(target).related_model
    path = _FOUND_BY[target]
    wanted = {row.key[0] for row in rows if row.target == target}
    records = model.objects.filter(**{f"{path}__in": wanted})
    if "__" in path:
        records = records.select_related(path.partition("__")[0])
    return {record.natural_key(): record.pk for record in records}


def _sources(slugs: set[str]) -> dict[str, Source]:
    """Those of the database; what is missing is taken from the fixtures' list of references."""
    there = set(Source.objects.filter(slug__in=slugs).values_list("slug", flat=True))
    missing = [
        row for row in fixture_files.read_rows("references", Source) if row["slug"] in slugs - there
    ]
    Source.objects.bulk_create(Source(**fields) for fields in missing)
    return Source.objects.in_bulk(list(slugs), field_name="slug")

"""Citations that come with the fixtures, loaded beside whatever the database already holds.

Not by `loaddata`: it asks seven queries a row, and fails at the first record that curators have
renamed or removed. Here such a record is passed over.
"""

import json
from typing import Any

from django.conf import settings

from events.models import Citation, Source

FIXTURES = settings.BASE_DIR / "fixtures"
# By what the first part of a record's natural key finds it.
_FOUND_BY = {
    "event": "slug",
    "location": "slug",
    "country": "iso3",
    "actor_name": "actor__slug",
    "location_name": "location__slug",
}
Fields = dict[str, Any]


def load_citations(name: str) -> int:
    """Add the citations of the fixture `name`, and such sources as they need; say how many.

    One that is there already stays as it is.
    """
    rows = [_Row(fields) for fields in _read(name)]
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


def _read(name: str) -> list[Fields]:
    text = (FIXTURES / f"{name}.json").read_text(encoding="utf-8")
    return [item["fields"] for item in json.loads(text)]


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
    missing = [f for f in _read("references") if f["slug"] in slugs - there]
    Source.objects.bulk_create(Source(**fields) for fields in missing)
    return Source.objects.in_bulk(list(slugs), field_name="slug")

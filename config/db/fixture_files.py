"""What the files in `fixtures/` hold, for migrations and for loading."""

import json
from typing import Any

from django.conf import settings


def read(name: str) -> list[dict[str, Any]]:
    """The objects of one file, as `dumpdata` writes them."""
    text = (settings.BASE_DIR / "fixtures" / f"{name}.json").read_text(encoding="utf-8")
    objects: list[dict[str, Any]] = json.loads(text)
    return objects


def read_rows(name: str, model: Any) -> list[dict[str, Any]]:
    """The rows of `model` in one file, by the fields that it has.

    A migration gives the model as it was at that time: fields that came later are left out.
    """
    known = {field.name for field in model._meta.get_fields()}
    return [
        {field: value for field, value in row["fields"].items() if field in known}
        for row in read(name)
        if row["model"] == model._meta.label_lower
    ]


def give_uuids(rows: Any, name: str, *key: str) -> None:
    """Give rows of a database that is upgraded the UUIDs that they have in one file.

    They are the same if their natural keys are: `key` are the lookups that it is made of.
    """
    model = rows.model
    known = {
        _key(row["fields"], key): row["fields"]["uuid"]
        for row in read(name)
        if row["model"] == model._meta.label_lower
    }
    found = [
        model(pk=pk, uuid=known[values])
        for pk, *given in rows.values_list("pk", *key)
        if (values := tuple(given)) in known
    ]
    model._default_manager.bulk_update(found, ["uuid"], batch_size=500)


def _key(fields: dict[str, Any], lookups: tuple[str, ...]) -> tuple[Any, ...]:
    """The parts of a natural key: of a foreign key a list; a text left out is empty."""
    parts: list[Any] = []
    for field in dict.fromkeys(lookup.partition("__")[0] for lookup in lookups):
        value = fields.get(field, "")
        parts += value if isinstance(value, list) else [value]
    return tuple(parts)

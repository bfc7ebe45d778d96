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

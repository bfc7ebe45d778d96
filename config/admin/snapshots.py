"""What a form was opened with: signed, and sent along with it in a hidden field."""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django import forms
from django.core import signing
from django.db.models import Max, Model, Value
from django.utils import timezone

from config.admin.values import Values, stored_values

FIELD = "snapshot"


@dataclass
class Snapshot:
    """Values of a record's own fields, and of its rows by inline and key."""

    record: Values = field(default_factory=dict)
    rows: dict[str, dict[str, Values]] = field(default_factory=dict)
    # The greatest key of each inline: rows with a greater one were added since.
    last: dict[str, int] = field(default_factory=dict)


@dataclass
class Opened:
    """What the form showed first, and, on the page of a conflict, what was stored by then."""

    found: Snapshot | None
    at: datetime
    shown: Snapshot | None = None

    def sign(self, record: Model) -> str:
        content = asdict(self) | {"at": self.at.isoformat()}
        return signing.dumps(content, salt=_salt(record), compress=True)


def _salt(record: Model) -> str:
    return f"config.admin.snapshots:{record._meta.label_lower}:{record.pk}"


def read(text: str, record: Model) -> Opened:
    """Nothing is known of the form where the text is missing, changed or of another record."""
    try:
        content = signing.loads(text, salt=_salt(record))
    except signing.BadSignature:
        return Opened(None, timezone.now())
    found, shown = content["found"], content["shown"]
    return Opened(
        Snapshot(**found) if found else None,
        datetime.fromisoformat(content["at"]),
        Snapshot(**shown) if shown else None,
    )


def last_keys(formsets: dict[str, Any], record: Model) -> dict[str, int]:
    """By prefix, the greatest key among the rows of each inline."""
    if not formsets:
        return {}
    first, *others = (
        formset.rows_of(record).order_by().values(inline=Value(prefix)).annotate(last=Max("pk"))
        for prefix, formset in formsets.items()
    )
    found = dict(first.union(*others, all=True).values_list("inline", "last"))
    return {prefix: found.get(prefix) or 0 for prefix in formsets}


def take(form: Any, formsets: list[Any]) -> Snapshot:
    """Of unbound forms, as they are about to be shown."""
    snapshot = Snapshot(stored_values(form))
    for formset in formsets:
        rows = {str(row.instance.pk): stored_values(row) for row in formset.initial_forms}
        snapshot.rows[formset.prefix] = rows
    snapshot.last = last_keys({one.prefix: one for one in formsets}, form.instance)
    return snapshot


class SnapshotField(forms.CharField):
    """Of no record: never a change."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False

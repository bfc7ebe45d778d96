"""Rows of the history in words: what they are called, and what their columns hold."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import BooleanField, DateTimeField
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from events.history.kinds import KINDS, columns_of, references_of
from events.history.states import Data, Key, fitted, state_at
from events.models import HistoryChange

# By what a row of this kind is called.
_NAMED_BY = {"event": "title", "claim": "text", "statement": "paraphrase", "source": "title"}
# Called by the names of what they lead to.
_NAMED_BY_OTHERS = {
    *("participation", "citation", "position", "eventlink", "statement_audience", "scalescore"),
}
_LONGEST = 120


def part_name(kind: str) -> str:
    """What a curator calls a row of this kind on a form."""
    names = {
        "participation": _("Took part"),
        "eventlink": _("Link"),
        "citation": _("Cited"),
        "position": _("Position"),
        "actorname": _("Other name"),
        "locationname": _("Other name"),
        "countryname": _("Name"),
        "tenure": _("Office"),
        "statement_audience": _("Said to"),
        "paststanding": _("Earlier status"),
        "scalescore": _("Score"),
    }
    return names.get(kind) or capfirst(str(KINDS[kind]._meta.verbose_name))


class Names:
    """The names of rows and of what they lead to, read with a few queries for all of them."""

    def __init__(self, rows: Mapping[Key, Data]) -> None:
        self._rows = dict(rows)
        self._by_slug: dict[str, dict[str, str]] = {}
        named = ((key, data) for key, data in rows.items() if key.kind in _NAMED_BY_OTHERS)
        self.load_targets_of(named)

    def load_targets_of(self, rows: Iterable[tuple[Key, Data]]) -> None:
        """Read what these rows lead to, so that it can be named."""
        targets = {
            Key(kind, data[column])
            for key, data in rows
            for column, (kind, found_by) in references_of(key.kind).items()
            if found_by == "id" and data.get(column) is not None
        }
        self.load(targets)

    def load(self, keys: Iterable[Key]) -> None:
        self._rows |= known_rows(set(keys) - self._rows.keys())

    def name(self, key: Key) -> str:
        data = self._rows.get(key)
        if data is None:
            return _("%(kind)s %(number)d, which is gone") % {
                "kind": part_name(key.kind),
                "number": key.row,
            }
        return self.name_of(key.kind, data)

    def name_of(self, kind: str, data: Data) -> str:
        text = " ".join(part for part in self._parts(kind, data) if part)
        return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"

    def _parts(self, kind: str, data: Data) -> list[str]:
        def of(column: str) -> str:
            return self.value(kind, column, data.get(column))

        if kind == "participation":
            return [_("%(actor)s, as %(role)s") % {"actor": of("actor_id"), "role": of("role")}]
        if kind == "citation":
            return [", ".join(part for part in (of("source_id"), data["locator"]) if part)]
        if kind == "position":
            return [of("stance"), *(of(f"{name}_id") for name in ("claim", "event", "answered"))]
        if kind == "eventlink":
            return [of("relation"), of("to_event_id"), of("to_claim_id")]
        if kind == "statement_audience":
            return [of("actor_id")]
        if kind == "paststanding":
            return [of("standing")]
        if kind == "scalescore":
            return [of("scale_id"), of("kind_id"), of("score")]
        return [str(data.get(_NAMED_BY.get(kind, "office" if kind == "tenure" else "name"), ""))]

    def value(self, kind: str, column: str, value: Any) -> str:
        """What a column holds, as a form shows it; "" where it holds nothing."""
        field = columns_of(kind).get(column)
        if value is None or value == "" or field is None:
            return "" if value is None else str(value)
        if column in (references := references_of(kind)):
            target, found_by = references[column]
            return self.name(Key(target, value)) if found_by == "id" else self._slug(target, value)
        if field.choices:
            return str(dict(field.flatchoices).get(value, value))
        if isinstance(field, BooleanField):
            return _("yes") if value else _("no")
        if isinstance(field, DateTimeField) and (time := parse_datetime(value)):
            return date_format(time, _("j F Y, H:i"))
        return str(value)

    def _slug(self, kind: str, slug: str) -> str:
        if kind not in self._by_slug:
            rows: Any = KINDS[kind]._default_manager.order_by("pk")
            self._by_slug[kind] = dict(rows.values_list("slug", "name"))
        return self._by_slug[kind].get(slug, slug)


def known_rows(keys: Iterable[Key]) -> dict[Key, Data]:
    """Rows as they are, and those that are gone as they were at last; two queries."""
    wanted = set(keys)
    if not wanted:
        return {}
    found = {key: data for key, data in state_at(wanted).items() if data is not None}
    if missing := wanted - found.keys():
        found |= _last_known(missing)
    return found


def _last_known(keys: set[Key]) -> dict[Key, Data]:
    gone = HistoryChange.objects.filter(
        operation=HistoryChange.Operation.DELETE, keys__overlap=[str(key) for key in keys]
    )
    found = {}
    for kind, row, old in gone.order_by("pk").values_list("kind", "row_key", "old"):
        if old and (key := Key(kind, row)) in keys:
            found[key] = fitted(kind, old)[0]
    return found

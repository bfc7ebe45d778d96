"""The rows of a grid: what was typed, put together with what others stored since it was opened."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.text import capfirst

from config.admin.choices import RowChoiceField
from config.admin.conflicts import Piece, in_words, pieces
from config.admin.dates import EdtfFormField
from config.admin.grid.filling import fill_rows
from config.admin.grid.forms import row_form
from config.admin.merging import Merge, Place, merge_fields
from config.admin.snapshots import FIELD, Opened, Snapshot, read
from config.admin.values import Plain, plain, stored_values, typed_value
from config.edtf.dates import DateError, parse

_ALIKE = 0.5


def prefix_of(key: int) -> str:
    return f"row-{key}"


@dataclass
class Change:
    """Of one field, word by word."""

    label: str
    old: list[Piece]
    new: list[Piece]


@dataclass
class Row:
    number: int
    record: Any
    # Bound to what was typed, put together with what is stored; unbound where nothing was sent.
    form: Any
    merge: Merge | None = None
    refusals: list[str] = field(default_factory=list)
    before: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        self.before = _columns(self.record)
        self.name = str(self.record)

    @property
    def fields(self) -> list[Any]:
        return [self.form[name] for name in self.form.fields]

    @cached_property
    def is_changed(self) -> bool:
        return bool(self.form.is_bound and self.form.has_changed())

    @property
    def is_to_ask(self) -> bool:
        return self.merge is not None and self.merge.is_to_ask

    @cached_property
    def is_right(self) -> bool:
        """A row that is as it was is not checked again."""
        return not self.is_changed or bool(self.form.is_valid())

    @property
    def columns(self) -> list[str]:
        """Whose values the form has changed."""
        return [name for name, value in _columns(self.record).items() if value != self.before[name]]

    @property
    def changes(self) -> list[Change]:
        return [_change(self.form, name) for name in self.form.changed_data]

    def sign(self) -> str:
        """What the page that is drawn of this row shows of the record."""
        stored = self.merge.stored if self.merge else Snapshot(stored_values(self.form))
        is_open = self.merge is not None and self.merge.is_to_ask
        opened = self.merge.opened if self.merge and is_open else Opened(stored, timezone.now())
        return opened.sign(self.record)

    def sign_as_sent(self) -> str:
        """For a page that carries on what was typed, and has shown what is stored by now."""
        if self.merge is None:
            return self.sign()
        opened = self.merge.opened
        return Opened(opened.found, opened.at, self.merge.stored).sign(self.record)


class Grid:
    """Of the records with these keys, in their order, as far as the account may change them."""

    def __init__(
        self, model_admin: Any, request: HttpRequest, keys: list[int], *, is_locked: bool = False
    ) -> None:
        self.admin, self.request, self.keys = model_admin, request, keys
        self.names = list(model_admin.grid_fields)
        self.form_class = row_form(model_admin, request, self.names)
        records = self._read(is_locked)
        prefixes = [prefix_of(record.pk) for record in records]
        is_sent = request.method == "POST"
        self.sent = fill_rows(request.POST, self.names, prefixes) if is_sent else QueryDict()
        self.load(records, self.sent)
        self.data = self.sent.copy()
        self.rows = [self._row(place, record) for place, record in enumerate(records, start=1)]

    @property
    def missing(self) -> int:
        """How many records are gone, or may not be changed by this account."""
        return len(self.keys) - len(self.rows)

    @property
    def changed(self) -> list[Row]:
        return [row for row in self.rows if row.is_changed]

    @property
    def wrong(self) -> list[Row]:
        return [row for row in self.rows if row.refusals or not row.is_right]

    @property
    def to_ask(self) -> list[Row]:
        return [row for row in self.rows if row.is_to_ask]

    def _read(self, is_locked: bool) -> list[Any]:
        keys = self.keys
        if is_locked:
            rows = self.admin.model._default_manager.filter(pk__in=keys).order_by("pk")
            keys = list(rows.select_for_update(no_key=True).values_list("pk", flat=True))
        found = {row.pk: row for row in self.admin.get_queryset(self.request).filter(pk__in=keys)}
        records = [found[key] for key in self.keys if key in found]
        return [row for row in records if self.admin.has_change_permission(self.request, row)]

    def load(self, records: Iterable[Model], data: QueryDict) -> None:
        """Reads what the rows refer to, each kind of record in one query."""
        for name, chosen in self.form_class.base_fields.items():
            if isinstance(chosen, RowChoiceField):
                keys = [record.serializable_value(name) for record in records]
                keys += [data.get(f"{prefix_of(record.pk)}-{name}") for record in records]
                chosen.loaded = chosen.load(keys)

    def _row(self, number: int, record: Any) -> Row:
        prefix = prefix_of(record.pk)
        if not any(name.startswith(f"{prefix}-") for name in self.sent):
            return Row(number, record, self.form_class(instance=record, prefix=prefix))
        merge = self._merge(record, prefix)
        row = Row(number, record, None, merge)
        row.form = self.form_class(self.data, instance=record, prefix=prefix)
        return row

    def _merge(self, record: Any, prefix: str) -> Merge:
        form = self.form_class(instance=record, prefix=prefix)
        opened = read(self._snapshots.get(str(record.pk), ""), record)
        merge = Merge(record, opened, Snapshot(stored_values(form)), self.data)
        found = opened.found.record if opened.found else None
        merge_fields(merge, form, found, Place(f"{prefix}-"))
        return merge

    @cached_property
    def _snapshots(self) -> dict[str, str]:
        """By key, what each row was opened with, as it was signed."""
        texts = str(self.sent.get(FIELD, "")).split()
        return dict(text.split("=", 1) for text in texts if "=" in text)


def _columns(record: Any) -> dict[str, Any]:
    return {
        column.attname: getattr(record, column.attname)
        for column in record._meta.concrete_fields
        if not column.generated
    }


def _change(form: Any, name: str) -> Change:
    old = _in_words(form, name, plain(form.initial.get(name)))
    new = _in_words(form, name, typed_value(form, name, form.data))
    label = capfirst(str(form.fields[name].label or name))
    if not _are_alike(old, new):
        return Change(label, pieces("", old) if old else [], pieces("", new) if new else [])
    return Change(label, pieces(new, old), pieces(old, new))


def _are_alike(old: str, new: str) -> bool:
    """Whether most words are the same: only then it helps to mark the others."""
    return SequenceMatcher(None, old.split(), new.split(), autojunk=False).ratio() > _ALIKE


def _in_words(form: Any, name: str, value: Plain) -> str:
    if isinstance(form.fields[name], EdtfFormField):
        return _date_in_words(value)
    return in_words(form, name, value)


def _date_in_words(text: str) -> str:
    if not text:
        return ""
    try:
        words = parse(text).words
    except DateError:
        return text
    return words if words == text else f"{words} ({text})"

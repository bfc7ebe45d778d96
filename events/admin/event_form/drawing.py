"""What the template of the form of an event shows: groups of rows, each with its citations."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from config.admin.conflicts import in_words
from config.admin.values import plain
from events.admin.event_form.belonging import EVENT, TARGETS, Counts, Facts


def _is_filled(form: Any) -> bool:
    """Whether something was typed into the form of a new row."""
    return bool(form.is_bound and form.has_changed())


@dataclass(frozen=True)
class Row:
    """A filled or a blank row of a group."""

    form: Any
    number: int
    names: tuple[str, ...]
    citations: "Citations"
    positions: "tuple[Row, ...]" = ()
    original: Any = None

    @property
    def name(self) -> str:
        return str(self.form.prefix)

    @property
    def fields(self) -> list[Any]:
        return [self.form[name] for name in self.names if name in self.form.fields]

    @property
    def in_words(self) -> list[tuple[str, str]]:
        """Label and text of each field that says something."""
        said = [
            (str(bound.label), in_words(self.form, bound.name, plain(bound.initial)))
            for bound in self.fields
            if bound.name != "keep"
        ]
        return [(label, words) for label, words in said if words]

    @property
    def key(self) -> Any:
        return self.form["id"]

    @property
    def removal(self) -> Any:
        return self.form["DELETE"] if "DELETE" in self.form.fields else None

    @property
    def is_stored(self) -> bool:
        return bool(self.form.instance.pk) and self.form.prefix[-1:] != "_"

    @property
    def is_blank(self) -> bool:
        return not self.is_stored and not _is_filled(self.form)

    @property
    def is_wrong(self) -> bool:
        parts = [self.form, *(row.form for row in self.positions), *self.citations]
        return self.form.is_bound and any(form.errors for form in parts)

    @property
    def state(self) -> str:
        if self.is_wrong:
            return "wrong"
        if self.is_blank:
            return "blank"
        is_cited = self.citations.is_cited and all(
            row.is_blank or row.citations.is_cited for row in self.positions
        )
        return "cited" if is_cited else "uncited"

    @property
    def edit_url(self) -> str:
        meta = self.form.instance._meta
        return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[self.original.pk])


@dataclass(frozen=True)
class Citations:
    """Of one row: the forms of what is cited, and a blank one."""

    name: str
    forms: tuple[Any, ...]
    # Whether a stored citation of it stands in another part of the page.
    is_cited_elsewhere: bool = False

    def __iter__(self) -> Iterator[Any]:
        return iter(self.forms)

    @property
    def is_cited(self) -> bool:
        return self.is_cited_elsewhere or any(
            not form.is_new or _is_filled(form) for form in self.forms
        )

    @property
    def filled(self) -> list[Any]:
        return [form for form in self.forms if not form.is_new or _is_filled(form)]

    @property
    def blank(self) -> Any | None:
        blanks = [form for form in self.forms if form.is_new and not _is_filled(form)]
        return next((form for form in blanks if form.fact == self.name), None)

    @property
    def apart(self) -> list[Any]:
        """Blank ones for one aspect each."""
        return [
            form
            for form in self.forms
            if form.is_new and not _is_filled(form) and form.fact != self.name
        ]


@dataclass(frozen=True)
class Group:
    prefix: str
    title: str
    formset: Any
    rows: list[Row]
    empty: Row
    facts: Facts
    add: str
    # Else its rows are shown as text.
    is_editable: bool


# By group: its fields in their order. Titles are words, so a function gives them.
_FIELDS = {
    "participations": ("actor", "role", "is_alleged", "note"),
    "claims": ("text", "number", "unit", "keep"),
    "statements": ("speaker", "date", "paraphrase", "quote", "keep"),
    "links": ("relation", "to_event", "to_claim", "basis", "note"),
}


def _titles() -> dict[str, tuple[str, str]]:
    return {
        "participations": (_("Who took part"), _("Add another who took part")),
        "claims": (_("Claims and numbers"), _("Add another claim or number")),
        "statements": (_("Who says what"), _("Add another statement")),
        "links": (_("Links to other events and claims"), _("Add another link")),
    }


class Page:
    """Of one request, when its forms are made and, where they were sent, checked."""

    def __init__(
        self, form: Any, formsets: dict[str, Any], counts: Counts, editable: frozenset[str]
    ) -> None:
        self.form, self.formsets, self.counts, self.editable = form, formsets, counts, editable

    @cached_property
    def citing(self) -> Any | None:
        return self.formsets.get("citations")

    @cached_property
    def _forms_by_row(self) -> dict[str, list[Any]]:
        return self.citing.by_row() if self.citing else {}

    @cached_property
    def _cited_records(self) -> set[tuple[str, int]]:
        """All of the event that a stored citation supports, on whichever part it stands."""
        if self.citing is None or self.is_all_held:
            return set()
        return {row.record_key for row in self.citing.rows_elsewhere()}

    @property
    def is_all_held(self) -> bool:
        """Of an event whose rows have no other parts, the page has all citations."""
        return all(formset.holds_all for formset in self.formsets.values())

    def citations(self, name: str, record: tuple[str, int | None] | None = None) -> Citations:
        forms = tuple(self._forms_by_row.get(name, ()))
        return Citations(name, forms, record in self._cited_records)

    @cached_property
    def of_event(self) -> Citations:
        return self.citations(EVENT, (EVENT, self.form.instance.pk))

    @cached_property
    def groups(self) -> list[Group]:
        return [self._group(prefix) for prefix in _FIELDS if prefix in self.formsets]

    def _group(self, prefix: str) -> Group:
        formset = self.formsets[prefix]
        title, add = _titles()[prefix]
        rows = [self._row(prefix, form, place) for place, form in enumerate(formset.forms, start=1)]
        empty = self._empty(prefix, formset.empty_form)
        facts = self.counts[TARGETS[prefix]]
        if prefix == "statements":
            taken = self.counts["position"]
            facts = Facts(facts.total + taken.total, facts.uncited + taken.uncited)
        return Group(prefix, title, formset, rows, empty, facts, add, prefix in self.editable)

    def _row(self, prefix: str, form: Any, number: int) -> Row:
        record = form.instance if form.instance.pk else None
        return Row(
            form,
            number,
            _FIELDS.get(prefix, ("stance", "on")),
            self.citations(form.prefix, (TARGETS[prefix], form.instance.pk)),
            self._positions(form) if prefix == "statements" else (),
            record,
        )

    def _positions(self, statement: Any) -> tuple[Row, ...]:
        formset = self.formsets.get("positions")
        forms = formset.by_statement().get(statement.prefix, []) if formset else []
        return tuple(self._row("positions", form, place) for place, form in enumerate(forms, 1))

    def _empty(self, prefix: str, form: Any) -> Row:
        """What script makes another row of, with a blank citation and a blank position."""
        positions: tuple[Row, ...] = ()
        if prefix == "statements" and "positions" in self.formsets:
            position = self.formsets["positions"].empty_form
            position.initial["of"] = form.prefix
            positions = (self._empty("positions", position),)
        names = _FIELDS.get(prefix, ("stance", "on"))
        return Row(form, 0, names, self._empty_citations(form.prefix), positions)

    def _empty_citations(self, name: str) -> Citations:
        if self.citing is None:
            return Citations(name, ())
        blank = self.citing.empty_form
        blank.initial["on"] = name
        blank.cited_from = self.citing.cited_from
        return Citations(name, (blank,))

    @property
    def strays(self) -> list[Any]:
        """Citations that were sent for rows that are not on the page."""
        shown = {EVENT, *(form.prefix for one in self.formsets.values() for form in one.forms)}
        return [
            form
            for name, forms in self._forms_by_row.items()
            for form in forms
            if name not in shown
        ]

    @property
    def flat(self) -> list[Any]:
        """The formsets whose rows stand beneath those of others."""
        return [self.formsets[one] for one in ("positions", "citations") if one in self.formsets]

    # Totals, with all that stands in other parts of the page.

    @property
    def total(self) -> int:
        return sum(facts.total for facts in self.counts.values())

    @property
    def uncited(self) -> int:
        return sum(facts.uncited for facts in self.counts.values())

    @property
    def cited(self) -> int:
        return self.total - self.uncited

    @property
    def is_whole(self) -> bool:
        """Whether all rows of all groups are shown."""
        return all(one.part.total <= len(one.initial_forms) for one in self.formsets.values())

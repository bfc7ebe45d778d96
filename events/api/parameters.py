"""The parameters of the API, described from the same declarations that the pages filter by."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import django_filters
from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actors.models import Actor, ActorKind, Country
from config.db.constraints import SLUG
from config.lists.date_filters import YEAR, SinceFilter, UntilFilter, YearsFilter
from config.lists.filtering import (
    StrictFilterSet,
    TextFilter,
    WordFilter,
    WordsFilter,
)
from config.lists.slugs import SlugFilter
from config.lists.times import TimeFilter
from events.api.resources import Resource, Schema
from events.models import Claim, Event, EventType, Location, Source

LIMIT = 50
LARGEST_LIMIT = 200
# Parameters of a list that are no filters.
OTHERS = frozenset({"limit", "after", "fields"})

_NO_BLANKS = r"\S"
_DATES = "2017, 2017-04, 2017-04-04, [2017-04-03..2017-04-09] …"
# How records are named in a query, with one of them.
_NAMES: dict[type[Model], tuple[str | Promise, str]] = {
    Actor: (gettext_lazy("the slug of an actor"), "russia"),
    ActorKind: (gettext_lazy("the slug of a kind of actor"), "person"),
    Claim: (gettext_lazy("the slug of a claim"), "syrian-government-carried-out-the-attack"),
    Country: (gettext_lazy("an ISO 3166-1 alpha-3 code"), "SYR"),
    Event: (gettext_lazy("the slug of an event"), "khan-sheikhoun-chemical-attack"),
    EventType: (gettext_lazy("the slug of a kind of event"), "assault"),
    Location: (gettext_lazy("the slug of a place"), "syria"),
    Source: (gettext_lazy("the slug of a source"), "us-russian-relations-deteriorate-over-syria"),
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """`name` takes what `schema` says; several values where `is_many`: any of them."""

    name: str
    label: str
    meaning: str
    takes: str
    schema: Schema
    example: Any
    is_many: bool = False
    # One value that holds several, joined by commas.
    is_list: bool = False

    @property
    def description(self) -> str:
        return " ".join(part for part in (f"{self.label}.", self.meaning, self.takes) if part)

    @property
    def example_in_query(self) -> str:
        """As it stands in an address; "" where there is none to give."""
        if self.example is None:
            return ""
        values = self.example if isinstance(self.example, list) else [self.example]
        return f"{self.name}={','.join(map(str, values))}"


def filter_parameters(filters: type[StrictFilterSet]) -> Iterator[Parameter]:
    """One for each filter, in their order."""
    for name, declared in filters.base_filters.items():
        yield _of_filter(name, declared, str(filters.MEANINGS.get(name, "")))


def list_parameters(resource: Resource) -> list[Parameter]:
    return [*paged_parameters(resource.filters), fields_parameter(resource)]


def paged_parameters(filters: type[StrictFilterSet]) -> list[Parameter]:
    """Those of a list under filters, which comes in parts."""
    return [
        *filter_parameters(filters),
        Parameter(
            "limit",
            _("Number of records"),
            "",
            _("Takes a whole number from 1 to %(largest)s.") % {"largest": LARGEST_LIMIT},
            {"type": "integer", "minimum": 1, "maximum": LARGEST_LIMIT, "default": LIMIT},
            20,
        ),
        Parameter(
            "after",
            _("Cursor"),
            _("Where the records begin: take it from “next” of the answer before, as it is."),
            _("Takes a cursor."),
            {"type": "string", "pattern": "^[A-Za-z0-9_-]+$"},
            None,
        ),
    ]


def fields_parameter(resource: Resource) -> Parameter:
    names = list(resource.fields)
    return Parameter(
        "fields",
        _("Fields"),
        _("What is told of each record, in the order asked for; all of it unless given."),
        _("Takes names of fields, joined by commas."),
        {"type": "array", "items": {"type": "string", "enum": names}, "minItems": 1},
        [resource.key, names[1]],
        is_list=True,
    )


def _of_filter(name: str, declared: django_filters.Filter, meaning: str) -> Parameter:
    label = str(declared.label)
    if isinstance(declared, SlugFilter):
        return _of_records(name, declared, label, meaning)
    if isinstance(declared, (WordsFilter, WordFilter)):
        return _of_words(name, declared, label, meaning)
    if isinstance(declared, YearsFilter):
        year: Schema = {"type": "string", "pattern": f"^({YEAR})$"}
        takes = _("Takes a year of four digits, -0044 for 45 BC; repeat it for any of several.")
        return Parameter(name, label, meaning, takes, _many(year), ["2017"], is_many=True)
    if isinstance(declared, TimeFilter):
        time: Schema = {"type": "string", "format": "date-time"}
        takes = _("Takes a time as RFC 3339 has it; give “as_of” of the answer before.")
        return Parameter(name, label, meaning, takes, time, "2017-04-04T00:00:00Z")
    schema: Schema = {"type": "string", "pattern": _NO_BLANKS}
    if isinstance(declared, (SinceFilter, UntilFilter)):
        schema["maxLength"] = 100
        takes = _("Takes a date as EDTF: %(dates)s.") % {"dates": _DATES}
        return Parameter(name, label, meaning, takes, schema, "2017-04")
    if isinstance(declared, TextFilter):
        schema["maxLength"] = 200
        return Parameter(name, label, meaning, _("Takes words."), schema, "sarin")
    raise TypeError(f"the API cannot describe the filter {name}, a {type(declared).__name__}")


def _of_records(name: str, declared: SlugFilter, label: str, meaning: str) -> Parameter:
    rows: QuerySet[Any] = declared.queryset() if callable(declared.queryset) else declared.queryset
    what, example = _NAMES[rows.model]
    pattern = "^[A-Z]{3}$" if rows.model is Country else SLUG
    schema = _many({"type": "string", "pattern": pattern})
    takes = _("Takes %(what)s; repeat it for any of several.") % {"what": what}
    return Parameter(name, label, meaning, takes, schema, [example], is_many=True)


def _of_words(name: str, declared: WordsFilter | WordFilter, label: str, meaning: str) -> Parameter:
    choices: list[tuple[str, str | Promise]] = list(declared.extra["choices"])
    schema: Schema = {"type": "string", "enum": [str(value) for value, _label in choices]}
    words = ", ".join(_with_label(str(value), str(text)) for value, text in choices)
    if isinstance(declared, WordsFilter):
        takes = _("Takes one of: %(words)s; repeat it for any of several.") % {"words": words}
        example = [str(choices[0][0])]
        return Parameter(name, label, meaning, takes, _many(schema), example, is_many=True)
    takes = _("Takes %(words)s.") % {"words": words}
    return Parameter(name, label, meaning, takes, schema, str(choices[0][0]))


def _with_label(value: str, label: str) -> str:
    """A word of a query, explained where it does not explain itself."""
    is_plain = label.lower().replace(" ", "-") == value
    return value if is_plain else f"{value} ({label})"


def _many(schema: Schema) -> Schema:
    return {"type": "array", "items": schema, "minItems": 1}

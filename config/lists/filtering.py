"""The part of filtering that every list shares: strictness, chips, and the address of a view."""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.db.text import visible
from config.lists.count_words import CountWords
from config.lists.slugs import SlugsField, resolve_slugs

_NOT_A_VALUE = gettext_lazy("“%(value)s” is not one of the values that it takes.")


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a query is refused: the parameter and a sentence."""

    parameter: str
    message: str


@dataclass(frozen=True, slots=True)
class Chip:
    """One value in force, in words and as it stands in the query, and the query without it."""

    name: str
    label: str
    value: str
    query_value: str
    query: str


class WordsFilter(django_filters.MultipleChoiceFilter):
    """Repeatable: values from a fixed list of words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, error_messages={"invalid_choice": _NOT_A_VALUE}, **kwargs)

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        return qs.filter(**{f"{self.field_name}__in": value})


class WordFilter(django_filters.ChoiceFilter):
    """One value from a fixed list of words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, error_messages={"invalid_choice": _NOT_A_VALUE}, **kwargs)


class OptionFilter(WordFilter):
    """One word that changes what other parameters mean, and is no condition of its own."""

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        return qs


class TextFilter(django_filters.CharFilter):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, max_length=200, **kwargs)


def without_blanks(data: QueryDict) -> QueryDict:
    """The query as the browser meant it: an untouched input of a form is no filter."""
    meant = QueryDict(mutable=True)
    for name, values in data.lists():
        if given := list(dict.fromkeys(value for value in values if value.strip())):
            meant.setlist(name, given)
    return meant


def only(data: QueryDict, names: Container[str]) -> QueryDict:
    """The query without parameters of other names."""
    some = QueryDict(mutable=True)
    for name, values in data.lists():
        if name in names:
            some.setlist(name, values)
    return some


class StrictFilterSet(django_filters.FilterSet):
    """A filter that answers what it does not understand with a message and no rows.

    `narrow` is the only way to rows: django-filter's own `qs` gives every row when invalid.
    """

    # Parameters of the page that are no filters.
    OTHER_PARAMETERS = frozenset({"page", "after"})
    # Parameters that say how rows are shown, and change none: they are no filters in force.
    APPEARANCE: frozenset[str] = frozenset()
    # Filters that the page's form has an input for, facets aside.
    INPUTS: frozenset[str] = frozenset({"q"})
    # What each filter means, where its label does not say it all.
    MEANINGS: Mapping[str, str | Promise] = {}
    # What the page of the list says about how many rows there are.
    COUNT_WORDS: CountWords
    data: QueryDict

    def __init__(
        self,
        data: QueryDict,
        *,
        queryset: QuerySet[Any],
        other_parameters: frozenset[str] | None = None,
    ) -> None:
        super().__init__(without_blanks(self._visible(data)), queryset=queryset)
        resolve_slugs(self.filters, self.data)
        if other_parameters is not None:
            self.OTHER_PARAMETERS = other_parameters

    @classmethod
    def _visible(cls, data: QueryDict) -> QueryDict:
        """The query without what nobody sees, such as a mark of direction that was copied with a
        date. Texts stay as they are: in some scripts such a character parts words."""
        seen = data.copy()
        for name, values in data.lists():
            if not isinstance(cls.base_filters.get(name), TextFilter):
                seen.setlist(name, map(visible, values))
        return seen

    def get_form_class(self) -> type[forms.Form]:
        """Fields for what is asked, and for what the page has an input for: to make one for each
        facet took longer than all else that is read of a query."""
        wanted = self.INPUTS | set(self.data)
        fields = {name: kind.field for name, kind in self.filters.items() if name in wanted}
        return type(f"{type(self).__name__}Form", (self._meta.form,), fields)

    @cached_property
    def problems(self) -> list[Problem]:
        # Where nothing is asked for, no form need be made to find nothing wrong with it.
        if not self.data:
            return []
        problems = [*self._unknown(), *self._repeated()]
        for name, errors in self.form.errors.items():
            problems += [Problem("" if name == "__all__" else name, text) for text in errors]
        return problems

    def _unknown(self) -> Iterator[Problem]:
        known = ", ".join(self.filters)
        for name in self.data:
            if name not in self.filters and name not in self.OTHER_PARAMETERS:
                yield Problem(
                    name,
                    _("There is no filter of this name. There are: %(known)s.") % {"known": known},
                )

    def _repeated(self) -> Iterator[Problem]:
        for name in self.data:
            field = self.form.fields.get(name)
            if len(self.data.getlist(name)) > 1 and not isinstance(
                field, forms.MultipleChoiceField
            ):
                yield Problem(name, _("This takes one value, and several were given."))

    def narrow(self, *, excluding: str = "") -> QuerySet[Any]:
        """The rows under every filter, or under every filter but one; none for a bad query."""
        rows: QuerySet[Any] = self.queryset.all()
        if self.problems:
            return rows.none()
        for name in self.filters:
            if name != excluding and (value := self.chosen(name)) is not None:
                rows = self.filters[name].filter(rows, value)
        return rows

    def chosen(self, name: str) -> Any:
        """The cleaned value of one parameter, or None where the query is bad or silent."""
        # What nobody asked for need not be cleaned: a list of no rows would be fetched.
        is_silent = name not in self.data or bool(self.problems)
        return None if is_silent else self.form.cleaned_data.get(name)

    def _cleaned(self, name: str) -> Any:
        """The same whatever is wrong with other parameters; a form is made only to read it."""
        return self._cleaned_data.get(name) if name in self.data else None

    @cached_property
    def _cleaned_data(self) -> dict[str, Any]:
        """Of what is valid; asked for, it is cleaned."""
        self.form.is_valid()
        return getattr(self.form, "cleaned_data", {})

    @cached_property
    def chips(self) -> list[Chip]:
        """Every value in force, bad ones too, so that each can be taken away."""
        return [chip for chip in self._values if chip.name not in self.APPEARANCE]

    @cached_property
    def _values(self) -> list[Chip]:
        labels = self._labels()
        return [
            Chip(
                name=name,
                label=str(self.filters[name].label) if name in self.filters else name,
                value=labels.get((name, value), value),
                query_value=value,
                query=self.query_without(name, value),
            )
            for name, values in self.data.lists()
            if name not in self.OTHER_PARAMETERS
            for value in values
        ]

    def hidden_values(self, shown: Iterable[str]) -> list[Chip]:
        """Values in force of filters that the form has no input for: it must carry them on."""
        return [
            chip for chip in self._values if chip.name not in shown and chip.name in self.filters
        ]

    def _labels(self) -> dict[tuple[str, str], str]:
        labels: dict[tuple[str, str], str] = {}
        for name in self.data:
            field = self.form.fields.get(name)
            chosen = getattr(self.form, "cleaned_data", {}).get(name)
            if isinstance(field, SlugsField):
                labels |= {(name, str(getattr(row, field.slug))): str(row) for row in chosen or []}
            elif isinstance(field, forms.ChoiceField):
                # The fixed lists of words are pairs.
                pairs = cast("Iterable[tuple[str, object]]", field.choices)
                labels |= {(name, str(value)): str(label) for value, label in pairs}
        return labels

    def query_without(self, name: str, value: str) -> str:
        """The query string without one value, and at page one."""
        rest = self.data.copy()
        rest.setlist(name, [other for other in self.data.getlist(name) if other != value])
        for other in self.OTHER_PARAMETERS:
            rest.pop(other, None)
        return rest.urlencode()

    @cached_property
    def query(self) -> str:
        """The query string in force, without the page: what links carry on."""
        return self._query_without(self.OTHER_PARAMETERS)

    @cached_property
    def results_query(self) -> str:
        """The same without what changes no results: what exports carry on."""
        return self._query_without(self.OTHER_PARAMETERS | self.APPEARANCE)

    def _query_without(self, names: Iterable[str]) -> str:
        rest = self.data.copy()
        for name in names:
            rest.pop(name, None)
        return rest.urlencode()

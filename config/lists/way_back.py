"""The way from the page of a record back to the list in which it was opened.

Links in a filtered list carry the list's query. The page of the record reads it as the list would,
and drops what the list would refuse: the record is shown whatever stands in its address.
"""

from collections.abc import Callable, Container
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict

from config.http.addresses import address_of, with_query
from config.lists.filtering import Chip, StrictFilterSet, only, without_blanks
from config.lists.paging import NUMBERED


@dataclass(frozen=True, slots=True)
class WayBack:
    """The address of a list under its filters, which `chips` name; none for the plain list."""

    label: str
    path: str
    query: str = ""
    chips: list[Chip] = field(default_factory=list)

    @property
    def address(self) -> str:
        return with_query(self.path, self.query)


def way_back(
    request: HttpRequest,
    view: str,
    label: str,
    filters: type[StrictFilterSet],
    rows: QuerySet[Any],
    own: Container[str] = (),
) -> WayBack:
    """The way back to the list `view`; `own` are parameters of the record's page itself."""
    names = {*filters.base_filters, "page"}
    asked = only(request.GET, {name for name in names if name not in own})
    return lead_back(asked, address_of(view), label, lambda data: filters(data, queryset=rows))


def lead_back(
    asked: QueryDict, path: str, label: str, read: Callable[[QueryDict], StrictFilterSet]
) -> WayBack:
    """The way back to the list at `path`, of what it understands of the query, as `read` reads."""
    asked = without_blanks(asked)
    _drop_bad_page(asked)
    understood = _understood(asked, read)
    if not understood.query:
        return WayBack(label, path)
    return WayBack(label, path, understood.data.urlencode(), understood.chips)


def _understood(asked: QueryDict, read: Callable[[QueryDict], StrictFilterSet]) -> StrictFilterSet:
    """The filters without the values that the list would refuse."""
    while True:
        found = read(asked)
        if not found.problems:
            return found
        # With the present slugs of records that were named by former ones.
        asked = found.data.copy()
        for name in {problem.parameter for problem in found.problems}:
            values = asked.getlist(name)
            taken = [value for value in values if _takes(found.form.fields.get(name), value)]
            # Where each value is good, it is the whole that is refused.
            if taken and len(taken) < len(values):
                asked.setlist(name, taken)
            elif name in asked:
                del asked[name]
            else:
                asked.clear()


def _takes(form_field: forms.Field | None, value: str) -> bool:
    """Whether it is a good value of a parameter that may be repeated."""
    if not isinstance(form_field, forms.MultipleChoiceField):
        return False
    try:
        form_field.clean([value])
    except forms.ValidationError:
        return False
    return True


def _drop_bad_page(asked: QueryDict) -> None:
    pages = asked.getlist("page")
    if pages and not (len(pages) == 1 and pages[0] in map(str, range(2, NUMBERED + 1))):
        del asked["page"]

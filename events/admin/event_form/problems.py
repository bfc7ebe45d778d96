"""All that stands in the way of saving, in the order of the page, each linked to its field."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from events.admin.event_form.drawing import Citations, Group, Page, Row


@dataclass(frozen=True)
class Problem:
    # The id of what it is about; empty for the page as a whole.
    anchor: str
    place: str
    message: str


def problems(page: Page) -> list[Problem]:
    return list(_found(page))


def _found(page: Page) -> Iterator[Problem]:
    yield from _of_form(page.form, "")
    yield from _of_citations(page.of_event, _("Written in"))
    for group in page.groups:
        for message in group.formset.non_form_errors():
            yield Problem(f"{group.prefix}-group", group.title, str(message))
        for row in group.rows:
            yield from _of_row(group, row)
    for prefix in ("positions", "citations"):
        formset = page.formsets.get(prefix)
        for message in formset.non_form_errors() if formset else ():
            yield Problem("", "", str(message))
    yield from _of_citations(
        Citations("", tuple(page.strays)), _("Citations of rows that are gone")
    )


def _of_row(group: Group, row: Row) -> Iterator[Problem]:
    named = {"group": group.title, "number": row.number, "name": row_name(row)}
    place = _("%(group)s, row %(number)d") % named
    if named["name"]:
        place = _("%(group)s, row %(number)d (%(name)s)") % named
    yield from _of_form(row.form, place)
    yield from _of_citations(row.citations, place)
    for position in row.positions:
        yield from _of_form(position.form, place)
        yield from _of_citations(position.citations, place)


def _of_citations(citations: Citations, place: str) -> Iterator[Problem]:
    for form in citations:
        yield from _of_form(form, place, is_citation=True)


def _of_form(form: Any, place: str, *, is_citation: bool = False) -> Iterator[Problem]:
    for name, messages in form.errors.items():
        if name not in form.fields:
            for message in messages:
                yield Problem(str(form.prefix or ""), place, str(message))
            continue
        bound = form[name]
        label = "" if is_citation else capfirst(str(bound.label))
        where = ": ".join(part for part in (place, label) if part)
        for message in messages:
            yield Problem(bound.auto_id, where, str(message))


def row_name(row: Row) -> str:
    """What a reader would call the row: who took part, what is claimed, who says it."""
    for name in ("actor", "speaker", "text", "to_event"):
        if name not in row.form.fields:
            continue
        value = row.form[name].value()
        if not value:
            return ""
        loaded = getattr(row.form.fields[name], "loaded", {})
        return str(loaded.get(str(value), "" if loaded else value))[:60]
    return ""

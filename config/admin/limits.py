"""How many rows one save of a form may hold. What was typed stays, whatever was sent."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.forms.formsets import ManagementForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from config.admin.rows import rename_rows

if TYPE_CHECKING:
    _ModelAdmin = admin.ModelAdmin[Any]
else:
    _ModelAdmin = admin.ModelAdmin

MAX_ROWS = 1000  # of all inlines of a form together
_ROW_FIELD = re.compile(r"(?P<prefix>[a-z_]+)-(?P<number>[0-9]{1,9})-(?P<name>\w+)")
_COUNT_FIELD = re.compile(r"(?P<prefix>[a-z_]+)-(?P<name>TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS")


@dataclass
class SentRows:
    """The rows of one inline, as a form has sent them."""

    prefix: str
    rows: dict[int, dict[str, list[str]]] = field(default_factory=lambda: defaultdict(dict))
    counts: QueryDict = field(default_factory=lambda: QueryDict(mutable=True))

    @property
    def total(self) -> int | None:
        """As the form itself counts them; None if that is no count of these rows."""
        form = ManagementForm(self.counts, prefix=self.prefix)
        if not form.is_valid():
            return None
        total: int = form.cleaned_data["TOTAL_FORMS"] or 0
        opened: int = form.cleaned_data["INITIAL_FORMS"] or 0
        is_count = 0 <= opened <= total and max(self.rows, default=-1) < total
        return total if is_count else None

    @property
    def in_order(self) -> list[int]:
        """Numbers of stored rows before those of new ones, as formsets expect them."""
        return sorted(self.rows, key=lambda number: (not _is_stored(self.rows[number]), number))


def _is_stored(row: dict[str, list[str]]) -> bool:
    return any(row.get("id", []))


def _rows_of(data: QueryDict) -> dict[str, SentRows]:
    sent: dict[str, SentRows] = {}
    for name, values in data.lists():
        if match := _ROW_FIELD.fullmatch(name) or _COUNT_FIELD.fullmatch(name):
            prefix = match["prefix"]
            inline = sent.setdefault(prefix, SentRows(prefix))
            if "number" in match.groupdict():
                inline.rows[int(match["number"])][match["name"]] = values
            else:
                inline.counts.setlist(name, values)
    return sent


def _problem(sent: dict[str, SentRows]) -> str:
    unclear = [inline.prefix for inline in sent.values() if inline.total is None]
    if unclear:
        return _(
            "How many rows this form holds cannot be read (%(names)s). Nothing was saved; what "
            "you typed is below. Look through the rows, then save again."
        ) % {"names": ", ".join(unclear)}
    total = sum(inline.total or 0 for inline in sent.values())
    if total <= MAX_ROWS:
        return ""
    return _(
        "One save takes at most %(most)d rows, and this form holds %(total)d. Nothing was saved; "
        "what you typed is below. Save it in several steps."
    ) % {"most": MAX_ROWS, "total": total}


def _in_words(prefix: str, row: dict[str, list[str]]) -> str:
    sent = {name: values for name, values in row.items() if not name.endswith("_shown")}
    fields = [f"{name}: {', '.join(values)}" for name, values in sent.items() if any(values)]
    return _("Not shown below, a row of %(name)s with %(fields)s") % {
        "name": prefix,
        "fields": "; ".join(fields),
    }


def _counted_anew(data: QueryDict, sent: dict[str, SentRows]) -> tuple[QueryDict, list[str]]:
    """The same data with right counts and at most the rows of one save; the others in words."""
    counted = QueryDict(mutable=True)
    for name, values in data.lists():
        if not (_ROW_FIELD.fullmatch(name) or _COUNT_FIELD.fullmatch(name)):
            counted.setlist(name, values)
    room, others = MAX_ROWS, list[str]()
    orders: dict[str, dict[int, int]] = {}
    for prefix, inline in sent.items():
        order = {old: place for place, old in enumerate(inline.in_order[:room])}
        room -= len(order)
        others += [_in_words(prefix, inline.rows[old]) for old in inline.in_order[len(order) :]]
        for old, place in order.items():
            for name, values in inline.rows[old].items():
                counted.setlist(f"{prefix}-{place}-{name}", values)
        orders[prefix] = order
        counted[f"{prefix}-TOTAL_FORMS"] = str(len(order))
        stored = [old for old in order if _is_stored(inline.rows[old])]
        counted[f"{prefix}-INITIAL_FORMS"] = str(len(stored))
    for prefix, order in orders.items():
        rename_rows(counted, prefix, order)
    return counted, others


class LimitedRows(_ModelAdmin):
    """Refuses a form of too many rows before any of them is made, and gives it back."""

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST":
            sent = _rows_of(request.POST)
            if problem := _problem(sent):
                counted: Any
                counted, others = _counted_anew(request.POST, sent)
                request.POST = counted
                request.refusal = [problem, *others]  # type: ignore[attr-defined]
        return super().changeform_view(request, *args, **kwargs)

"""One search over all records of the admin, each kind as its own list is searched."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.admin import AdminSite
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse

from actors.models import Actor
from config.admin.bounds import SEARCH_LENGTH
from config.http.addresses import with_query
from events.desk.rows import may_see
from events.models import Claim, Event, Location, Source, Statement

KINDS: tuple[type[Model], ...] = (Event, Actor, Location, Source, Statement, Claim)
_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Record:
    """`address` is that of its form."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Found:
    """The first records of one kind; `more` is the address of the list of all, or ""."""

    label: str
    records: list[Record]
    more: str


def find_everywhere(site: AdminSite, request: HttpRequest, words: str) -> list[Found]:
    """Kinds of which nothing is found are left out."""
    if not words.strip() or len(words) > SEARCH_LENGTH:
        return []
    kinds = [model for model in KINDS if may_see(site, model, request)]
    found = [_find(site, request, model, words) for model in kinds]
    return [each for each in found if each.records]


def _find(site: AdminSite, request: HttpRequest, model: type[Model], words: str) -> Found:
    admin: Any = site._registry[model]
    rows, _has_doubles = admin.find(request, admin.get_queryset(request), words)
    options = model._meta
    name = f"admin:{options.app_label}_{options.model_name}"
    records = [
        Record(str(row), reverse(f"{name}_change", args=[row.pk]))
        for row in rows.order_by(*admin.ordering)[: _SHOWN + 1]
    ]
    is_cut = len(records) > _SHOWN
    more = with_query(reverse(f"{name}_changelist"), urlencode({"q": words})) if is_cut else ""
    return Found(str(options.verbose_name_plural), records[:_SHOWN], more)

"""The bar over the form: which source is cited from, and where it is chosen."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from config import rights
from config.admin.choices import RowChoiceField
from config.admin.keys import is_key
from config.admin.picking.posted import Typed
from config.admin.picking.widgets import PickInput
from events.admin.current_source import choose_source, recent_sources
from events.models import Citation, Source

CHOSEN, OTHER = "cited_from", "cited_from_other"


def _field(request: HttpRequest) -> Any:
    relation: Any = Citation._meta.get_field("source")
    picker = PickInput(relation, admin.site, request)
    field = relation.formfield(form_class=RowChoiceField, widget=picker, required=False)
    field.queryset = _seen(request)
    return field


def _typed(request: HttpRequest) -> Any:
    """The key of another source than the recent ones, or what was typed in its box."""
    field = _field(request)
    return field.widget.value_from_datadict(request.POST, {}, OTHER)


def refusal(request: HttpRequest) -> str:
    """Why another source cannot be cited from; empty if it can, or none is asked for."""
    typed = _typed(request)
    return " ".join(_field(request).refusal(typed).messages) if isinstance(typed, Typed) else ""


def sent_source(request: HttpRequest) -> Source | None:
    """The one that was chosen in the form: another than the recent ones comes first."""
    for key in (_typed(request), request.POST.get(CHOSEN, "")):
        if is_key(key) and (source := _seen(request).filter(pk=key).first()):
            return source
    return None


def _seen(request: HttpRequest) -> QuerySet[Source]:
    return rights.seen(Source.objects.all(), request.user)


def keep_choice(request: HttpRequest) -> None:
    """For the session, what the form was sent with."""
    if source := sent_source(request):
        choose_source(request, source)


def offered_sources(request: HttpRequest) -> list[Source]:
    """The recent ones, the chosen one first, which is cited from."""
    chosen = sent_source(request)
    recent = [source for source in recent_sources(request) if source != chosen]
    return [chosen, *recent][:3] if chosen else recent


def other_source(request: HttpRequest) -> Any:
    """A picker of any source, which makes drafts of new ones."""
    typed = _typed(request)
    value = typed if isinstance(typed, Typed) else None
    return _field(request).widget.render(OTHER, value, {"id": f"id_{OTHER}"})

"""The bar over the form: which source is cited from, and where it is chosen."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.http import HttpRequest

from config.admin.choices import KeySelect
from config.admin.keys import is_key
from events.admin.current_source import choose_source, recent_sources
from events.models import Citation, Source

CHOSEN, OTHER = "cited_from", "cited_from_other"


def sent_source(request: HttpRequest) -> Source | None:
    """The one that was chosen in the form: another than the recent ones comes first."""
    for name in (OTHER, CHOSEN):
        key = request.POST.get(name, "")
        if is_key(key) and (source := Source.objects.filter(pk=key).first()):
            return source
    return None


def source_to_cite(request: HttpRequest) -> Source | None:
    return sent_source(request) or next(iter(recent_sources(request)), None)


def keep_choice(request: HttpRequest) -> None:
    """For the session, what the form was sent with."""
    if source := sent_source(request):
        choose_source(request, source)


def offered_sources(request: HttpRequest) -> list[Source]:
    """The recent ones, the chosen one first."""
    chosen = sent_source(request)
    recent = [source for source in recent_sources(request) if source != chosen]
    return [chosen, *recent][:3] if chosen else recent


def other_source(request: HttpRequest, site: admin.AdminSite) -> Any:
    """A picker of any source, with a link to the form of a new one."""
    relation: Any = Citation._meta.get_field("source")
    may_add = request.user.has_perm("events.add_source")
    select = KeySelect(relation, site)
    select.is_required = False
    select.choices = [("", "")]
    wrapper = RelatedFieldWidgetWrapper(
        select, relation.remote_field, site, can_add_related=may_add, can_view_related=False
    )
    wrapper.can_change_related = False
    field = relation.formfield(widget=wrapper, required=False)
    return field.widget.render(OTHER, None, {"id": f"id_{OTHER}"})

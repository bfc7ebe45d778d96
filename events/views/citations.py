"""Citations of records as files: `form` is "bib" or "json"."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control

from actors.models import Actor
from config.http.addresses import absolute
from config.http.former_slugs import redirect_former_slugs
from config.http.preview import visible
from config.http.requests import PREVIEW
from events.exports.tools import cite_event, cite_record
from events.models import Citation, Event, Statement
from events.pages.citation_forms import StatementCitation
from events.pages.citation_page import PageCitation
from events.site import chronology_of
from events.views.withdrawn import tell_withdrawn

FORMS = {"bib": "application/x-bibtex", "json": "application/vnd.citationstyles.csl+json"}


@tell_withdrawn
@redirect_former_slugs(Event)
def event_citation(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    event = get_object_or_404(visible(request, Event.objects.all()), slug=slug)
    return _file(request, cite_event(request, event), form)


@redirect_former_slugs(Actor)
def actor_citation(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    actor = get_object_or_404(visible(request, Actor.objects.all()), slug=slug)
    return _file(request, cite_record(request, actor), form)


def statement_citation(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """With the sources that the statement was taken from."""
    statement = get_object_or_404(visible(request, Statement.objects.for_list()), pk=pk)
    found = Citation.objects.published().filter(statement=statement).for_list()
    return _file(request, cite_statement(request, statement, list(found)), form)


def cite_statement(
    request: HttpRequest, statement: Statement, citations: list[Citation]
) -> StatementCitation:
    address = absolute(request, statement.get_absolute_url())
    return StatementCitation(statement, citations, address, chronology_of(request).name)


def _file(
    request: HttpRequest, citation: PageCitation | StatementCitation, form: str
) -> HttpResponse:
    text = citation.bibtex if form == "bib" else citation.csl_json
    response = HttpResponse(text, content_type=f"{FORMS[form]}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{citation.key}.{form}"'
    if PREVIEW in request.GET:
        patch_cache_control(response, private=True, no_store=True)
    return response

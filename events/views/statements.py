"""Statements: the list, the page of one, and its citation to be taken along."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from actors.offices import Offices
from config.http.addresses import absolute
from config.http.preview import PARAMETER, visible
from config.lists.cursors import Keyset
from config.lists.facets import count_facets
from config.lists.listing import render_list, render_page
from config.lists.paging import Queried, paginate
from events.exports.links import Following
from events.filters.facets import STATEMENT_FACETS
from events.filters.statements import StatementFilterSet
from events.models import Citation, Position, Statement
from events.pages.citation_forms import StatementCitation
from events.pages.references import References
from events.search.elsewhere import look_elsewhere
from events.views.ways_back import way_back_of_statement

FORMS = {"bib": "application/x-bibtex", "json": "application/vnd.citationstyles.csl+json"}


def statement_list(request: HttpRequest) -> HttpResponse:
    rows = Statement.objects.published().for_list().with_positions().with_citations()
    filters = StatementFilterSet(request.GET, queryset=rows)
    page = paginate(filters, Queried(filters.narrow(), Keyset(("-sort_day", "-pk"))))
    facets = count_facets(filters, STATEMENT_FACETS)
    return render_list(
        request,
        "statements/statement_list",
        filters,
        page,
        facets,
        heading=_("Statements"),
        following=Following(request, filters, "statements"),
        elsewhere=look_elsewhere(filters, page),
    )


def statement_detail(request: HttpRequest, pk: int) -> HttpResponse:
    rows = visible(request, Statement.objects.for_list().with_positions())
    statement = get_object_or_404(rows, pk=pk)
    answers = list(Position.objects.published().filter(answered=statement).for_list())
    offices = Offices({statement.speaker, *(answer.statement.speaker for answer in answers)})
    citations = Citation.objects.published().filter(
        Q(statement=statement)
        | Q(position__statement=statement)
        | Q(position__in=[answer.pk for answer in answers])
        | Q(tenure__in=offices.tenure_ids)
    )
    found = list(citations.for_list())
    return render_page(
        request,
        "statements/statement_detail.html",
        statement=statement,
        answers=answers,
        offices=offices,
        way_back=way_back_of_statement(request),
        references=References(found),
        citation=_cited(request, statement, [c for c in found if c.statement_id == statement.pk]),
    )


def statement_citation(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The citation of a statement as a file: `form` is "bib" or "json"."""
    rows = visible(request, Statement.objects.for_list())
    statement = get_object_or_404(rows, pk=pk)
    found = Citation.objects.published().filter(statement=statement).for_list()
    citation = _cited(request, statement, list(found))
    text = citation.bibtex if form == "bib" else citation.csl_json
    response = HttpResponse(text, content_type=f"{FORMS[form]}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{citation.key}.{form}"'
    if PARAMETER in request.GET:
        patch_cache_control(response, private=True, no_store=True)
    return response


def _cited(
    request: HttpRequest, statement: Statement, citations: list[Citation]
) -> StatementCitation:
    return StatementCitation(statement, citations, absolute(request, statement.get_absolute_url()))

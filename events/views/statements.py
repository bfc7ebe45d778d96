"""Statements: the list, and the page of one."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from actors.offices import Offices
from config.http.preview import visible
from config.lists.cursors import Keyset
from config.lists.facets import count_facets
from config.lists.listing import render_list, render_page
from config.lists.paging import Queried, paginate
from events.exports.heads import head_of_statement
from events.exports.links import Following
from events.exports.tools import Tools, tools_of_list
from events.filters.facets import STATEMENT_FACETS
from events.filters.statements import StatementFilterSet
from events.models import Citation, Position, Statement
from events.pages.references import References
from events.search.elsewhere import look_elsewhere
from events.views.citations import cite_statement
from events.views.ways_back import way_back_of_statement


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
        tools=tools_of_list(request, filters, _("Statements")),
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
    own = [citation for citation in found if citation.statement_id == statement.pk]
    cited = cite_statement(request, statement, own)
    tools = Tools(
        cited.url, str(statement), cited if own else None, f"{statement.get_absolute_url()}citation"
    )
    return render_page(
        request,
        "statements/statement_detail.html",
        statement=statement,
        answers=answers,
        offices=offices,
        way_back=way_back_of_statement(request),
        references=References(found),
        head=head_of_statement(request, statement),
        tools=tools,
    )

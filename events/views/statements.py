"""Statements: the list, and the page of one."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from config.facets import count_facets
from config.listing import render_list, render_page
from config.paging import paginate
from config.preview import visible
from events.facets import STATEMENT_FACETS
from events.filters import StatementFilterSet
from events.models import Citation, Position, Statement
from events.references import References


def statement_list(request: HttpRequest) -> HttpResponse:
    rows = Statement.objects.published().for_list().with_positions()
    filters = StatementFilterSet(request.GET, queryset=rows)
    page = paginate(filters, filters.narrow())
    facets = count_facets(filters, STATEMENT_FACETS)
    return render_list(request, "statements/statement_list", filters, page, facets)


def statement_detail(request: HttpRequest, pk: int) -> HttpResponse:
    rows = visible(request, Statement.objects.for_list().with_positions())
    statement = get_object_or_404(rows, pk=pk)
    answers = Position.objects.published().filter(answered=statement).for_list()
    citations = Citation.objects.published().filter(
        Q(statement=statement) | Q(position__statement=statement)
    )
    return render_page(
        request,
        "statements/statement_detail.html",
        statement=statement,
        answers=list(answers),
        references=References(citations.for_list()),
    )

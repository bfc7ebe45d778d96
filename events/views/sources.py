"""Sources: the list, and everything that one of them supports."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from config.facets import count_facets
from config.listing import render_list
from config.paging import paginate
from config.preview import visible
from events.facets import SOURCE_FACETS
from events.filters import CitationFilterSet, SourceFilterSet
from events.models import Citation, Source


def source_list(request: HttpRequest) -> HttpResponse:
    filters = SourceFilterSet(request.GET, queryset=Source.objects.published().for_list())
    page = paginate(filters, filters.narrow())
    facets = count_facets(filters, SOURCE_FACETS)
    return render_list(request, "sources/source_list", filters, page, facets)


def source_detail(request: HttpRequest, slug: str) -> HttpResponse:
    source = get_object_or_404(visible(request, Source.objects.all()), slug=slug)
    rows = Citation.objects.filter(source=source).of_public_records().with_records().for_list()
    filters = CitationFilterSet(request.GET, queryset=rows)
    page = paginate(filters, filters.narrow())
    return render_list(request, "sources/source_detail", filters, page, [], source=source)

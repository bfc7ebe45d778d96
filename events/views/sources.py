"""Sources: the list, and everything that one of them supports."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from config.http.former_slugs import redirect_former_slugs
from config.http.preview import visible
from config.lists.cursors import Keyset
from config.lists.facets import count_facets
from config.lists.filtering import only
from config.lists.listing import render_list, render_page
from config.lists.paging import Queried, paginate
from config.lists.way_back import way_back
from events.exports.heads import head_of_source
from events.exports.tools import tools_of_list, tools_of_record
from events.filters.facets import SOURCE_FACETS
from events.filters.sources import CitationFilterSet, SourceFilterSet
from events.models import Citation, Source
from events.pages.source import SourceRecord
from events.search.elsewhere import look_elsewhere


def source_list(request: HttpRequest) -> HttpResponse:
    filters = SourceFilterSet(request.GET, queryset=Source.objects.published().for_list())
    page = paginate(filters, Queried(filters.narrow(), Keyset(("sort_title", "pk"))))
    facets = count_facets(filters, SOURCE_FACETS)
    return render_list(
        request,
        "sources/source_list",
        filters,
        page,
        facets,
        heading=_("Sources"),
        tools=tools_of_list(request, filters, _("Sources")),
        elsewhere=look_elsewhere(filters, page),
    )


@redirect_former_slugs(Source)
def source_detail(request: HttpRequest, slug: str) -> HttpResponse:
    source = get_object_or_404(visible(request, Source.objects.all()), slug=slug)
    asked = only(request.GET, CitationFilterSet.PARAMETERS)
    filters = CitationFilterSet(asked, queryset=Citation.objects.filter(source=source))
    record = SourceRecord(source, filters)
    return render_page(
        request,
        "sources/source_detail.html",
        source=source,
        head=head_of_source(request, source),
        tools=tools_of_record(request, source),
        filters=filters,
        record=record,
        problems=record.problems,
        way_back=way_back(
            request,
            "sources:source_list",
            _("Back to the sources"),
            SourceFilterSet,
            Source.objects.all(),
            own=CitationFilterSet.PARAMETERS,
        ),
    )

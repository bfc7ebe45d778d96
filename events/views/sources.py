"""Sources: the list, and everything that one of them supports."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from config.cursors import Keyset
from config.facets import count_facets
from config.filtering import only
from config.former_slugs import redirect_former_slugs
from config.listing import render_list, render_page
from config.paging import Queried, paginate
from config.preview import visible
from config.way_back import way_back
from events.facets import SOURCE_FACETS
from events.models import Citation, Source
from events.source_filters import CitationFilterSet, SourceFilterSet
from events.source_record import SourceRecord


def source_list(request: HttpRequest) -> HttpResponse:
    filters = SourceFilterSet(request.GET, queryset=Source.objects.published().for_list())
    page = paginate(filters, Queried(filters.narrow(), Keyset(("sort_title", "pk"))))
    facets = count_facets(filters, SOURCE_FACETS)
    return render_list(request, "sources/source_list", filters, page, facets, heading=_("Sources"))


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

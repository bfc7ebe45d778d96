"""The list of actors. Pages that show events too stand in `events.views`."""

from django.http import HttpRequest, HttpResponse

from actors.facets import ACTOR_FACETS
from actors.filters import ActorFilterSet
from actors.models import Actor
from config.cursors import Keyset
from config.facets import count_facets
from config.listing import render_list
from config.paging import paginate


def actor_list(request: HttpRequest) -> HttpResponse:
    filters = ActorFilterSet(request.GET, queryset=Actor.objects.published().for_list())
    page = paginate(filters, filters.narrow(), Keyset(("sort_name", "pk")))
    facets = count_facets(filters, ACTOR_FACETS)
    return render_list(request, "actors/actor_list", filters, page, facets)

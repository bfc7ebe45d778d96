"""Actors: the list, and the page of one with all that it held, did and said."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from actors.facets import ACTOR_FACETS
from actors.filters import ActorFilterSet
from actors.models import Actor
from config.http.former_slugs import redirect_former_slugs
from config.http.preview import visible
from config.lists.cursors import Keyset
from config.lists.facets import count_facets
from config.lists.listing import render_list, render_page
from config.lists.paging import Queried, paginate
from config.lists.way_back import way_back
from events.exports.heads import head_of_actor
from events.exports.tools import tools_of_list, tools_of_record
from events.pages.actor import ActorRecord
from events.pages.references import load_first_citations
from events.search.elsewhere import look_elsewhere


def actor_list(request: HttpRequest) -> HttpResponse:
    filters = ActorFilterSet(request.GET, queryset=Actor.objects.published().for_list())
    page = paginate(filters, Queried(filters.narrow(), Keyset(("sort_name", "pk"))))
    facets = count_facets(filters, ACTOR_FACETS)
    load_first_citations(page.rows)
    return render_list(
        request,
        "actors/actor_list",
        filters,
        page,
        facets,
        heading=_("Actors"),
        tools=tools_of_list(request, filters, _("Actors")),
        elsewhere=look_elsewhere(filters, page),
    )


@redirect_former_slugs(Actor)
def actor_detail(request: HttpRequest, slug: str) -> HttpResponse:
    actor = get_object_or_404(visible(request, Actor.objects.for_detail()), slug=slug)
    return render_page(
        request,
        "actors/actor_detail.html",
        actor=actor,
        record=ActorRecord(actor),
        head=head_of_actor(request, actor),
        tools=tools_of_record(request, actor, has_citation_file=True),
        way_back=way_back(
            request,
            "actors:actor_list",
            _("Back to the actors"),
            ActorFilterSet,
            Actor.objects.all(),
        ),
    )

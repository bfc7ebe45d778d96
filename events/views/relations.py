"""Pairs of actors, and everything that stands between two of them."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from actors.models import Actor, Country
from config.http.addresses import address_of, with_query
from config.http.former_slugs import redirect_former_slugs
from config.lists.listing import render_list
from config.lists.paging import Page, page_of
from events.exports.tools import tools_of_list
from events.index.current import current_state
from events.relations.charts import count_relation, draw_relation, neutral_number
from events.relations.filters import PairFilterSet, RelationFilterSet
from events.relations.lanes import draw_rows
from events.relations.pairs import Pair, count_pairs
from events.relations.record import find_relation
from events.views.ways_back import name_relation


def relation_list(request: HttpRequest) -> HttpResponse:
    filters = PairFilterSet(request.GET, queryset=Actor.objects.published())
    page = _page_of_pairs(filters)
    countries = Country.objects.filter(actors__in=Actor.objects.published()).distinct().for_list()
    return render_list(
        request,
        "relations/relation_list",
        filters,
        page,
        [],
        heading=_("Relations"),
        tools=tools_of_list(request, filters, _("Relations")),
        countries=list(countries),
    )


@redirect_former_slugs(Actor, "first", "second")
def relation_detail(request: HttpRequest, first: str, second: str) -> HttpResponse:
    relation = find_relation(first, second)
    if relation is None:
        raise Http404
    filters = RelationFilterSet(request.GET, first=relation.first, second=relation.second)
    relation.load(filters)
    page = relation.page(filters)
    facets = count_relation(relation, filters)
    charts = draw_relation(relation, filters)
    names = {"first": relation.first.name, "second": relation.second.name}
    heading = _("%(first)s and %(second)s") % names
    return render_list(
        request,
        "relations/relation_detail",
        filters,
        page,
        facets,
        heading=heading,
        tools=tools_of_list(request, filters, heading, timeline=_timeline_of(first, second)),
        carried_name=name_relation(relation.first, relation.second),
        relation=relation,
        charts=charts,
        lanes=draw_rows(relation.first, relation.second, page.rows),
        neutral=neutral_number(relation, filters),
    )


def _timeline_of(first: str, second: str) -> str:
    """The drawn timeline of the events in which both take part."""
    query = urlencode([("actor", first), ("actor", second), ("match", "all")])
    return with_query(address_of("timeline"), query)


def _page_of_pairs(filters: PairFilterSet) -> Page[Pair]:
    if filters.problems:
        return Page([], 1, 0, filters.query)
    pairs = count_pairs(current_state())
    if filters.chips:
        pairs = pairs.with_any(filters.narrow())
    return page_of(filters, len(pairs.numbers), pairs.between)

"""The page of one actor: who it is, its offices, what it did and what it said."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from actors.models import Actor, Tenure
from config.listing import render_page
from config.preview import visible
from events.models import Citation, Event, Statement
from events.references import References

SHOWN = 20


def actor_detail(request: HttpRequest, slug: str) -> HttpResponse:
    actor = get_object_or_404(visible(request, Actor.objects.for_detail()), slug=slug)
    events = Event.objects.published().involving([actor])
    statements = Statement.objects.published().filter(speaker=actor)
    shown = list(events.for_list().in_order("-date")[:SHOWN])
    said = list(statements.for_list().with_positions()[:SHOWN])
    tenures = list(Tenure.objects.published().of(actor).for_list())
    citations = Citation.objects.published().filter(
        Q(actor=actor)
        | Q(tenure__in=[tenure.pk for tenure in tenures])
        | Q(statement__in=[statement.pk for statement in said])
    )
    return render_page(
        request,
        "actors/actor_detail.html",
        actor=actor,
        names=list(actor.names.all()),
        parts=list(actor.parts.published().for_list()),
        tenures=tenures,
        events=shown,
        event_count=events.count() if len(shown) == SHOWN else len(shown),
        statements=said,
        statement_count=statements.count() if len(said) == SHOWN else len(said),
        references=References(citations.for_list()),
    )

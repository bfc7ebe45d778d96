"""The page of one actor: who it is, its offices, what it did, what it said and was said of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from actors.models import Actor
from config.listing import render_page
from config.preview import visible
from events.actor_record import ActorRecord


def actor_detail(request: HttpRequest, slug: str) -> HttpResponse:
    actor = get_object_or_404(visible(request, Actor.objects.for_detail()), slug=slug)
    return render_page(request, "actors/actor_detail.html", actor=actor, record=ActorRecord(actor))

"""An event as outputs need it, from what its page has loaded: no query of its own."""

from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext as _

from actors.models import Actor, Country
from events.exports.claims import Said, SpeakerRecord, TakenRecord, claim_record
from events.exports.reading import date_record
from events.exports.records import (
    ActorRecord,
    CountryRecord,
    EventRecord,
    PlaceRecord,
    SourceRecord,
    countries_of,
)
from events.models import Citation, Claim, Location, Participation, Position
from events.pages import event as pages


def read_page(page: pages.EventRecord) -> EventRecord:
    """What `records.read` gives of the event, which is published, with who says what."""
    event = page.event
    place = _place(event.place) if event.place else None
    actors = _actors(page.participations)
    return EventRecord(
        pk=event.pk,
        uuid=event.uuid,
        slug=event.slug,
        title=event.title,
        date=date_record(event.date),
        date_basis=event.date_basis,
        date_reason=event.date_reason,
        kind=event.kind.slug,
        kind_name=event.kind.name,
        standing=event.standing,
        standing_in_words=str(event.get_standing_display()),
        standing_reason=event.standing_reason,
        summary=event.summary,
        note=event.note,
        place=place,
        countries=countries_of(place, actors),
        actors=actors,
        sources=_sources(cited for cited in page.cited if cited.event_id == event.pk),
        said=_said(page.claims, page.positions, event.pk),
        published_at=event.published_at or event.updated_at,
        updated_at=page.updated_at,
    )


def _country(country: Country | None) -> CountryRecord | None:
    return CountryRecord(country.iso3, country.iso2, country.name) if country else None


def _place(place: Location) -> PlaceRecord:
    return PlaceRecord(
        place.uuid,
        place.slug,
        place.name,
        place.latitude,
        place.longitude,
        place.precision,
        _country(place.country),
    )


def _actors(participations: Iterable[Participation]) -> list[ActorRecord]:
    found: dict[int, ActorRecord] = {}
    for part in participations:
        actor = part.actor
        if actor.pk not in found:
            country = _country(actor.country)
            kind = actor.kind
            found[actor.pk] = ActorRecord(
                actor.uuid, actor.slug, actor.name, kind.slug, kind.nature, country, []
            )
        words = part.role.name
        if part.is_alleged:
            words = _("alleged %(role)s") % {"role": words}
        found[actor.pk].roles.append(words)
    return list(found.values())


def _sources(citations: Iterable[Citation]) -> list[SourceRecord]:
    found: dict[int, SourceRecord] = {}
    for cited in citations:
        source = cited.source
        if source.pk not in found:
            found[source.pk] = SourceRecord(
                source.uuid, source.slug, source.title, source.kind, source.url, []
            )
        if cited.locator and cited.locator not in found[source.pk].locators:
            found[source.pk].locators.append(cited.locator)
    return list(found.values())


def _said(claims: Iterable[Claim], positions: Iterable[Position], event: int) -> Said:
    """Claims in the order of the outputs: propositions, then numbers."""
    on_claims: dict[int | None, list[TakenRecord]] = defaultdict(list)
    on_event: list[TakenRecord] = []
    for position in positions:
        if position.claim_id:
            on_claims[position.claim_id].append(_taken(position))
        elif position.event_id == event:
            on_event.append(_taken(position))
    in_order = sorted(claims, key=lambda claim: claim.kind, reverse=True)
    return Said([claim_record(claim, on_claims[claim.pk]) for claim in in_order], on_event)


def _taken(position: Position) -> TakenRecord:
    said = position.statement
    return TakenRecord(
        uuid=position.uuid,
        stance=position.stance,
        statement=said.pk,
        statement_uuid=said.uuid,
        paraphrase=said.paraphrase,
        quote=said.quote,
        date=date_record(said.date),
        speaker=_speaker(said.speaker),
    )


def _speaker(actor: Actor) -> SpeakerRecord:
    return SpeakerRecord(actor.uuid, actor.slug, actor.name, actor.kind.nature)

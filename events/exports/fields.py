"""The fields of an event in flat outputs, in the order of the table's columns; each explained."""

from datetime import UTC, datetime

from django.utils.translation import gettext_lazy as _

from events.exports.addresses import Addresses
from events.exports.collection import Flat
from events.exports.records import EventRecord, PlaceRecord

FIELDS = {
    "slug": _("The event’s name in addresses."),
    "title": _("What happened, is said to have happened or was called for."),
    "date": _("The date as EDTF; empty where nothing is known."),
    "date_in_words": _("The date, no more exactly than it is known."),
    "not_before": _("The first day that the date can mean; none where that end is open."),
    "not_after": _("The last day that the date can mean; none where that end is open."),
    "kind": _("The type of event, as the filter kind takes it."),
    "standing": _("The editors’ word on the event, as the filter standing takes it."),
    "countries": _("ISO 3166-1 alpha-3: that of the place, then those of the actors."),
    "location": _("The name of the place; none where it is not given."),
    "latitude": _("Degrees north, WGS 84, of the place; none where not known."),
    "longitude": _("Degrees east."),
    "location_precision": _(
        "What the coordinates stand for: exact, town, near (within 25 km), province, country; "
        "none without coordinates."
    ),
    "actors": _("The names of those who take part."),
    "summary": _("What is recorded of it, in a few sentences."),
    "sources": _("The titles of the sources that are cited for the event."),
    "url": _("The page of the event."),
    "updated": _(
        "When anything public of the event, or of the actors, places, sources, kind and countries "
        "that it names, last changed, in UTC."
    ),
    "kind_name": _("The type of event in words."),
    "standing_in_words": _("The standing in words."),
    "standing_reason": _("Why the editors give it this standing."),
    "note": _("The curators’ note, such as a doubt about the date."),
    "location_slug": _("The name of the place in addresses, as the filter location takes it."),
    "actor_slugs": _("One for each actor, in the same order."),
    "actor_roles": _("One for each actor: its roles; “alleged” where a role is not established."),
    "source_slugs": _("One for each source, in the same order."),
    "source_locators": _("One for each source: where in it; empty where the source as a whole."),
    "uuid": _("The event’s identity, which stays when its name in addresses is changed."),
    "date_basis": _("How the date is known, as the filter basis takes it."),
    "date_reason": _("From what an inferred date is inferred."),
}


def flat(event: EventRecord, addresses: Addresses) -> Flat:
    """The fields of `FIELDS`, in their order."""
    date, actors, sources = event.date, event.actors, event.sources
    return {
        "slug": event.slug,
        "title": event.title,
        "date": date.when.text,
        "date_in_words": date.words,
        "not_before": date.not_before,
        "not_after": date.not_after,
        "kind": event.kind,
        "standing": event.standing,
        "countries": [country.iso3 for country in event.countries],
        **_place(event.place),
        "actors": [actor.name for actor in actors],
        "summary": event.summary,
        "sources": [source.title for source in sources],
        "url": addresses.event(event.slug),
        "updated": timestamp(event.updated_at),
        "kind_name": event.kind_name,
        "standing_in_words": event.standing_in_words,
        "standing_reason": event.standing_reason,
        "note": event.note,
        "location_slug": event.place.slug if event.place else None,
        "actor_slugs": [actor.slug for actor in actors],
        "actor_roles": [", ".join(actor.roles) for actor in actors],
        "source_slugs": [source.slug for source in sources],
        "source_locators": [", ".join(source.locators) for source in sources],
        "uuid": str(event.uuid),
        "date_basis": event.date_basis,
        "date_reason": event.date_reason,
    }


def _place(place: PlaceRecord | None) -> Flat:
    if place is None:
        return dict.fromkeys(("location", "latitude", "longitude", "location_precision"))
    return {
        "location": place.name,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "location_precision": None if place.latitude is None else place.precision,
    }


def timestamp(moment: datetime) -> str:
    """As RFC 3339 has it, in UTC and whole seconds."""
    return f"{moment.astimezone(UTC).isoformat()[:19]}Z"

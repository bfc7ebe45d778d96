"""The fields of a statement in flat outputs, in the order of the table's columns."""

from django.utils.translation import gettext_lazy as _

from events.exports.addresses import Addresses
from events.exports.collection import Flat
from events.exports.fields import FIELDS, timestamp
from events.exports.reading import DateRecord
from events.exports.statement_records import StatementRecord

STATEMENT_FIELDS = {
    "id": _("The statement’s number in addresses."),
    "speaker": _("The name of whoever said it."),
    "paraphrase": _("What was said, in the editors’ words."),
    "quote": _("The speaker’s own words, short; none where none are kept."),
    **{name: FIELDS[name] for name in ("date", "date_in_words", "not_before", "not_after")},
    "positions": _("In words: each position that the statement takes, and on what."),
    "location": _("The name of the place where it was said; none where not given."),
    "audience": _("The names of those to whom it was said."),
    "sources": _("The titles of the sources that are cited for the statement and its positions."),
    "url": _("The page of the statement."),
    "updated": _(
        "When anything public of the statement and its positions last changed, in UTC. Actors, "
        "places, events, claims and sources that it names have times of their own."
    ),
    "stances": _("One for each position, as the filter stance takes it."),
    "target_kinds": _("One for each position: whether it is on a claim, an event or a statement."),
    "targets": _("One for each position: the slug of the claim or event, or the statement’s id."),
    "speaker_slug": _("The speaker’s name in addresses, as the filter speaker takes it."),
    "speaker_country": _("ISO 3166-1 alpha-3 of the speaker’s country; none where not given."),
    "location_slug": _("The name of the place in addresses."),
    "audience_slugs": _("One for each of the audience, in the same order."),
    "occasion": _("The title of the event at which it was said, not of the one it is about."),
    "occasion_slug": _("That event’s name in addresses."),
    "note": _("The curators’ note."),
    "source_slugs": _("One for each source, in the same order."),
    "source_locators": _("One for each source: where in it; empty where the source as a whole."),
    "uuid": _("The statement’s identity, which stays whatever else is changed."),
    "date_basis": _("How the date is known, as the filter basis takes it."),
    "date_reason": _("From what an inferred date is inferred."),
}


def flat(statement: StatementRecord, addresses: Addresses) -> Flat:
    """The fields of `STATEMENT_FIELDS`, in their order."""
    place, occasion, sources = statement.place, statement.occasion, statement.sources
    return {
        "id": statement.pk,
        "speaker": statement.speaker.name,
        "paraphrase": statement.paraphrase,
        "quote": statement.quote,
        **_date(statement.date),
        "positions": [position.in_words for position in statement.positions],
        "location": place.name if place else None,
        "audience": [actor.name for actor in statement.audience],
        "sources": [source.title for source in sources],
        "url": addresses.statement(statement.pk),
        "updated": timestamp(statement.updated_at),
        "stances": [position.stance for position in statement.positions],
        "target_kinds": [position.kind for position in statement.positions],
        "targets": [position.key for position in statement.positions],
        "speaker_slug": statement.speaker.slug,
        "speaker_country": statement.country or None,
        "location_slug": place.slug if place else None,
        "audience_slugs": [actor.slug for actor in statement.audience],
        "occasion": occasion.name if occasion else None,
        "occasion_slug": occasion.slug if occasion else None,
        "note": statement.note,
        "source_slugs": [source.slug for source in sources],
        "source_locators": [", ".join(source.locators) for source in sources],
        "uuid": str(statement.uuid),
        "date_basis": statement.date_basis,
        "date_reason": statement.date_reason,
    }


def _date(date: DateRecord) -> Flat:
    return {
        "date": date.when.text,
        "date_in_words": date.words,
        "not_before": date.not_before,
        "not_after": date.not_after,
    }

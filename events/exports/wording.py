"""An event in words, for outputs that show text: never without its standing and its date; and a
filter in words."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from config.edtf.dated import DateBasis
from config.lists.filtering import StrictFilterSet
from events.exports.records import ActorRecord, EventRecord, SourceRecord
from events.models.events import Standing

# What must not look like a fact where a reader sees nothing but the title.
DOUBTFUL = frozenset({Standing.ALLEGED, Standing.DISPUTED, Standing.CALLED_FOR, Standing.REFUTED})
_NO_FILTERS = frozenset({"order"})


def headline(event: EventRecord) -> str:
    """The title, after the standing where that is not a fact: "Alleged: …".

    A title that says the standing itself is left as it is.
    """
    return standing_before(event.title, event.standing, event.standing_in_words)


def standing_before(title: str, standing: str, words: str) -> str:
    if standing not in DOUBTFUL or says(title, words):
        return title
    return _("%(standing)s: %(title)s") % {"standing": words, "title": title}


def says(title: str, standing: str) -> bool:
    """Whether the title begins or ends with the standing: "The alleged attack", "Truce, called
    for". Elsewhere the word may be said of something else, as in "Talks on a disputed border"."""
    return bool(_saying(standing, get_language()).search(title))


@lru_cache
def _saying(standing: str, _language: str | None) -> re.Pattern[str]:
    # Translators: the articles that may stand before a word such as "alleged".
    articles = "|".join(map(re.escape, _("the a an").split()))
    word = rf"{re.escape(standing)}(?:ly)?\b"
    return re.compile(rf"^\W*(?:(?:{articles})\s+)?{word}|\b{word}\W*$", re.IGNORECASE)


def standing_and_date(event: EventRecord) -> str:
    return f"{event.standing_in_words}; {date_in_words(event.date.words, event.date_basis)}"


def date_in_words(words: str, basis: str) -> str:
    """No date that the editors inferred stands as if a source gave it."""
    return _("%(date)s (inferred)") % {"date": words} if basis == DateBasis.INFERRED else words


class Labels(NamedTuple):
    """The words before each paragraph, in one language."""

    standing: str
    date: str
    place: str
    countries: str
    actors: str
    sources: str
    note: str


@lru_cache
def labels_in(language: str | None) -> Labels:
    """Looked up once: an export says them hundreds of thousands of times."""
    with translation.override(language):
        return Labels(
            standing=_("Status"),
            date=_("Date"),
            place=_("Place"),
            countries=_("Countries"),
            actors=_("Actors"),
            sources=_("Sources"),
            note=_("Curators’ note"),
        )


def paragraphs(event: EventRecord) -> Iterator[str]:
    """All that is told of it, a paragraph a subject."""
    labels = labels_in(get_language())
    yield sentence(labels.standing, event.standing_in_words, event.standing_reason)
    words = date_in_words(event.date.words, event.date_basis)
    yield sentence(labels.date, words, event.date_reason)
    if event.summary:
        yield event.summary
    if event.place:
        yield sentence(labels.place, event.place.name)
    if event.countries:
        yield sentence(labels.countries, ", ".join(country.name for country in event.countries))
    if event.actors:
        yield sentence(labels.actors, "; ".join(map(actor_in_words, event.actors)))
    if event.sources:
        yield sentence(labels.sources, "; ".join(map(source_in_words, event.sources)))
    if event.note:
        yield sentence(labels.note, event.note)


def text_of(event: EventRecord) -> str:
    return "\n".join(paragraphs(event))


def actor_in_words(actor: ActorRecord) -> str:
    return f"{actor.name} ({', '.join(actor.roles)})"


def source_in_words(source: SourceRecord) -> str:
    return ", ".join([source.title, *source.locators])


def filter_in_words(filters: StrictFilterSet, heading: str | Promise) -> str:
    """ "Events: Actor Russia; Since April 2017"; the order of the rows is no filter."""
    chips = [chip for chip in filters.chips if chip.name not in _NO_FILTERS]
    said = "; ".join(f"{chip.label} {chip.value}" for chip in chips)
    return f"{heading}: {said}" if said else str(heading)


def sentence(label: str, *texts: str) -> str:
    """“Label: text.”, with a stop where the text has none."""
    return f"{label}: " + " ".join(
        text if text.rstrip("”").endswith((".", "!", "?", "…")) else f"{text}."
        for text in texts
        if text
    )

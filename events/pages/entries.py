"""Events as rows of a list show them; a page of them costs three queries, which read values."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from config.db.publication import State
from config.edtf.dates import UncertainDate, parse
from config.http.addresses import addresses_of
from events.charts.axis import Mark
from events.models import Citation, Event, Participation
from events.models.citations import place_in

# Of the actors of an event, so many stand in its row.
SHOWN = 8
# Words of a summary.
LENGTH = 45
# What is read of an event, of a part in it, and of a citation of either.
_EVENT = (
    *("pk", "slug", "title", "date", "date_basis", "standing", "summary"),
    "kind__name",
    *("location__state", "location__slug", "location__name"),
    *("location__country__iso3", "location__country__name"),
)
_PART = ("pk", "event_id", "role__name", "is_alleged", "actor__slug", "actor__name")
_CITATION = (
    *("pk", "event_id", "participation_id", "aspect", "locator"),
    *("source__slug", "source__title"),
)


@dataclass(slots=True)
class Named:
    """What a row leads to."""

    name: str
    url: str


@dataclass(slots=True)
class Part:
    """An actor of an event in one role: "alleged perpetrator"."""

    key: int
    name: str
    url: str
    role: str


@dataclass(slots=True)
class CitedIn:
    """A source, with each place in it that a row rests on; `url` leads to the first of them."""

    slug: str
    title: str
    url: str
    places: list[Named] = field(default_factory=list)


@dataclass(slots=True)
class Said:
    """A claim about an event or, with a speaker, a statement."""

    speaker: str
    text: str


@dataclass(slots=True)
class Entry:
    """One event. `country` is None where the place has its name; `more` counts the actors beyond
    those shown. `names` and `said` are what else a search found of it."""

    key: int
    slug: str
    url: str
    title: str
    when: UncertainDate
    standing: str
    standing_in_words: str
    kind: str
    summary: str
    place: Named | None
    country: Named | None
    parts: list[Part] = field(default_factory=list)
    more: int = 0
    sources: list[CitedIn] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    # Whether the editors have inferred the date.
    is_inferred: bool = False
    # On the axis of the list that it is shown in.
    mark: Mark | None = None

    @property
    def who(self) -> list[Part]:
        """The actors shown, each once."""
        return list({part.url: part for part in self.parts}.values())


def read_entries(
    keys: Sequence[int], *, are_whole: bool = False, with_sources: bool = True
) -> list[Entry]:
    """The published events with these keys, in this order, each with nothing but what is public.

    Of a long summary the beginning, unless they are wanted whole. Their sources are left out unless
    they are asked for.
    """
    if not keys:
        return []
    by_key = {entry.key: entry for entry in _entries(keys)}
    _add_parts(by_key)
    if with_sources:
        _add_sources(by_key)
    entries = [by_key[key] for key in keys if key in by_key]
    for entry in () if are_whole else entries:
        entry.summary = shortened(entry.summary)
    return entries


def _entries(keys: Sequence[int]) -> Iterator[Entry]:
    event_at = addresses_of("events:event_detail")
    location_at = addresses_of("locations:location_detail")
    country_at = addresses_of("countries:country_detail")
    standings = {str(value): str(label) for value, label in Event.Standing.choices}
    rows = Event.objects.published().filter(pk__in=keys).order_by()
    for row in rows.values_list(*_EVENT, named=True):
        place, country = _where(row, location_at, country_at)
        yield Entry(
            key=row.pk,
            slug=row.slug,
            url=event_at(row.slug),
            title=row.title,
            when=parse(row.date),
            is_inferred=row.date_basis == Event.DateBasis.INFERRED,
            standing=row.standing,
            standing_in_words=standings[row.standing],
            kind=row.kind__name,
            summary=row.summary,
            place=place,
            country=country,
        )


def _where(
    row: Any, location_at: Callable[[str], str], country_at: Callable[[str], str]
) -> tuple[Named | None, Named | None]:
    """The place, where the public may see it, and its country."""
    if row.location__state != State.PUBLISHED:
        return None, None
    place = Named(row.location__name, location_at(row.location__slug))
    iso3, name = row.location__country__iso3, row.location__country__name
    if iso3 is None or name == place.name:
        return place, None
    return place, Named(name, country_at(iso3))


def _add_parts(entries: dict[int, Entry]) -> None:
    actor_at = addresses_of("actors:actor_detail")
    rows = Participation.objects.filter(event__in=entries, actor__state=State.PUBLISHED)
    for row in rows.order_by("pk").values_list(*_PART, named=True):
        entry = entries[row.event_id]
        if len(entry.parts) == SHOWN:
            entry.more += 1
            continue
        words = row.role__name
        if row.is_alleged:
            words = _("alleged %(role)s") % {"role": words}
        entry.parts.append(Part(row.pk, row.actor__name, actor_at(row.actor__slug), words))


def _add_sources(entries: dict[int, Entry]) -> None:
    """What each event and the parts shown rest on. A place in a source stands once: as what the
    event has from there, if anything.
    """
    source_at = addresses_of("sources:source_detail")
    owners = {part.key: entry for entry in entries.values() for part in entry.parts}
    turns = {p.key: turn for e in entries.values() for turn, p in enumerate(e.parts, start=1)}
    found: dict[tuple[int, str, str, str], tuple[int, str]] = {}
    for row in _citations(entries, owners):
        part = row.participation_id
        entry = entries[row.event_id] if part is None else owners[part]
        target, name = ("event", entry.slug) if part is None else ("participation", part)
        turn = turns.get(part, 0)
        url = place_in(source_at(row.source__slug), target, name, row.pk, row.aspect)
        place = (entry.key, row.source__slug, row.source__title, row.locator)
        if place not in found or turn < found[place][0]:
            found[place] = (turn, url)
    for (event, slug, title, locator), (_turn, url) in found.items():
        sources = entries[event].sources
        if not sources or sources[-1].slug != slug:
            sources.append(CitedIn(slug, title, url))
        if locator:
            sources[-1].places.append(Named(locator, url))


def _citations(events: Iterable[int], parts: Iterable[int]) -> Iterable[Any]:
    """Of these events and parts, in the order of their sources.

    A row has no room for a curators' note, and so not for what the note rests on.
    """
    rows = Citation.objects.published().exclude(aspect=Citation.Aspect.NOTE)
    rows = rows.filter(Q(event__in=events) | Q(participation__in=parts))
    in_order = rows.order_by("source__sort_title", "source_id", "sort_locator", "aspect", "pk")
    return in_order.values_list(*_CITATION, named=True)


def shortened(text: str) -> str:
    """The beginning of a summary."""
    # What is so short has no more words.
    return text if len(text) < 2 * LENGTH else Truncator(text).words(LENGTH, truncate=" …")

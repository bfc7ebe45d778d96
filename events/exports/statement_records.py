"""A statement as outputs need it, read in chunks: flat, and nothing that is not public."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import lru_cache
from itertools import chain
from typing import NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _

from actors.models import Actor
from events.exports.reading import DateRecord, NamedRecord, date_record, one_of
from events.exports.records import CHUNK, SourceRecord
from events.models import Citation, Event, Location, Position, Statement
from events.models.changes import with_times


class PositionRecord(NamedTuple):
    """A stance, and on what: the kind, the slug (of a statement the number) and the words of it."""

    stance: str
    stance_in_words: str
    kind: str
    key: str
    text: str

    @property
    def in_words(self) -> str:
        """ "denies the claim “…”" """
        wording = {
            "claim": _("%(stance)s the claim “%(text)s”"),
            "event": _("%(stance)s the event “%(text)s”"),
            "statement": _("%(stance)s the statement of %(text)s"),
        }[self.kind]
        return wording % {"stance": self.stance_in_words, "text": self.text}


class StatementRecord(NamedTuple):
    pk: int
    uuid: UUID
    speaker: NamedRecord
    # ISO 3166-1 alpha-3 of the speaker's country; "" where none is given.
    country: str
    date: DateRecord
    date_basis: str
    date_reason: str
    paraphrase: str
    quote: str
    note: str
    place: NamedRecord | None
    occasion: NamedRecord | None
    audience: list[NamedRecord]
    positions: list[PositionRecord]
    sources: list[SourceRecord]
    # When what is public of it last changed.
    updated_at: datetime


def read(keys: list[int]) -> Iterator[StatementRecord]:
    """The published statements with these keys, in the order of the keys: as many queries for each
    chunk as for any other."""
    # Words are in the language of the request, so that they are kept no longer than it lasts.
    dates = lru_cache(maxsize=4096)(date_record)
    rows = with_times(Statement.objects.published().for_list().with_positions().with_citations())
    rows = rows.select_related("speaker__country", "location", "occasion").order_by()
    for start in range(0, len(keys), CHUNK):
        chunk = keys[start : start + CHUNK]
        found = {row.pk: row for row in rows.filter(pk__in=one_of(chunk))}
        yield from (_record(found[key], dates) for key in chunk if key in found)


def _record(row: Statement, dates: Callable[[str], DateRecord]) -> StatementRecord:
    return StatementRecord(
        pk=row.pk,
        uuid=row.uuid,
        speaker=NamedRecord(row.speaker.slug, row.speaker.name),
        country=row.speaker.country.iso3 if row.speaker.country else "",
        date=dates(row.date),
        date_basis=row.date_basis,
        date_reason=row.date_reason,
        paraphrase=row.paraphrase,
        quote=row.quote,
        note=row.note,
        place=_named(row.location),
        occasion=_named(row.occasion),
        audience=[NamedRecord(actor.slug, actor.name) for actor in row.audience.all()],
        positions=[_position(position) for position in row.positions.all()],
        sources=_sources(row),
        updated_at=row.changed_at,  # type: ignore[attr-defined]
    )


def _named(record: Location | Event | None) -> NamedRecord | None:
    """The record, where the public may see it."""
    if record is None or not record.is_published:
        return None
    return NamedRecord(record.slug, str(record))


def _position(position: Position) -> PositionRecord:
    words = str(position.get_stance_display())
    if position.claim:
        target = ("claim", position.claim.slug, position.claim.text)
    elif position.event:
        target = ("event", position.event.slug, position.event.title)
    else:
        speaker: Actor = position.answered.speaker  # type: ignore[union-attr]
        target = ("statement", str(position.answered_id), speaker.name)
    return PositionRecord(position.stance, words, *target)


def _sources(row: Statement) -> list[SourceRecord]:
    """What the statement and its positions rest on, by title, with each place once."""
    cited = chain(row.citations.all(), *(each.citations.all() for each in row.positions.all()))
    sources: dict[int, SourceRecord] = {}
    for citation in sorted(cited, key=_place):
        source = citation.source
        record = sources.get(source.pk)
        if record is None:
            record = SourceRecord(
                source.uuid, source.slug, source.title, source.kind, source.url, []
            )
            sources[source.pk] = record
        if citation.locator and citation.locator not in record.locators:
            record.locators.append(citation.locator)
    return list(sources.values())


def _place(citation: Citation) -> tuple[str, int, str, int]:
    source = citation.source
    return source.sort_title, citation.source_id, citation.sort_locator, citation.pk

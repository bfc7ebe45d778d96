"""Who says what of an event: its claims, and the positions that statements take on each and on the
event itself. A claim is nobody's fact: it goes out with every stance that is taken on it."""

from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from events.exports.addresses import Addresses
from events.exports.reading import DateRecord, one_of
from events.models import Claim, Position

_CLAIM = (
    *("pk", "event_id", "uuid", "slug", "kind", "text", "low", "high", "unit", "is_approximate"),
)
_POSITION = (
    *("uuid", "stance", "statement_id", "statement__uuid", "statement__paraphrase"),
    *("statement__quote", "statement__date", "statement__speaker__uuid"),
    *("statement__speaker__slug", "statement__speaker__name", "statement__speaker__kind__nature"),
)


class SpeakerRecord(NamedTuple):
    uuid: UUID
    slug: str
    name: str
    nature: str


class TakenRecord(NamedTuple):
    """A position, and the statement that takes it."""

    uuid: UUID
    stance: str
    statement: int
    statement_uuid: UUID
    paraphrase: str
    quote: str
    date: DateRecord
    speaker: SpeakerRecord


class ClaimRecord(NamedTuple):
    uuid: UUID
    slug: str
    kind: str
    text: str
    low: float | None
    high: float | None
    unit: str
    is_approximate: bool
    positions: list[TakenRecord]


class Said(NamedTuple):
    claims: list[ClaimRecord]
    # Those on the event itself.
    positions: list[TakenRecord]


def said_of(events: list[int], dates: Callable[[str], DateRecord]) -> dict[int, Said]:
    """What the public may see of it, by the keys of published events: claims in the order of the
    event's page, positions in the order of time. Three queries."""
    said: dict[int, Said] = defaultdict(lambda: Said([], []))
    rows = Claim.objects.published().filter(event__in=one_of(events)).order_by("-kind", "pk")
    claims = list(rows.values_list(*_CLAIM, named=True))
    on_claims = _taken("claim", [row.pk for row in claims], dates)
    for row in claims:
        said[row.event_id].claims.append(claim_record(row, on_claims[row.pk]))
    for event, positions in _taken("event", events, dates).items():
        said[event].positions.extend(positions)
    return said


def _taken(
    target: str, keys: list[int], dates: Callable[[str], DateRecord]
) -> dict[int, list[TakenRecord]]:
    """The positions on claims or on events, by the keys of these, which are public."""
    found: dict[int, list[TakenRecord]] = defaultdict(list)
    if not keys:
        return found
    rows = Position.objects.said_publicly().filter(**{f"{target}__in": one_of(keys)})
    rows = rows.order_by("statement__sort_day", "pk")
    for key, *position in rows.values_list(f"{target}_id", *_POSITION):
        found[key].append(_record(position, dates))
    return found


def _record(position: list[Any], dates: Callable[[str], DateRecord]) -> TakenRecord:
    uuid, stance, statement, statement_uuid, text, quote, date, *speaker = position
    return TakenRecord(
        uuid=uuid,
        stance=stance,
        statement=statement,
        statement_uuid=statement_uuid,
        paraphrase=text,
        quote=quote,
        date=dates(date),
        speaker=SpeakerRecord(*speaker),
    )


def claim_record(row: Any, positions: list[TakenRecord]) -> ClaimRecord:
    """Of a claim, or of a row that has its values."""
    return ClaimRecord(
        uuid=row.uuid,
        slug=row.slug,
        kind=row.kind,
        text=row.text,
        low=number_of(row.low),
        high=number_of(row.high),
        unit=row.unit,
        is_approximate=row.is_approximate,
        positions=positions,
    )


def number_of(value: Decimal | None) -> float | None:
    """A whole number without a fraction."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def in_full(said: Said, addresses: Addresses) -> dict[str, Any]:
    """As members of an event in JSON."""
    return {
        "claims": [
            {
                "slug": claim.slug,
                "kind": claim.kind,
                "text": claim.text,
                "low": claim.low,
                "high": claim.high,
                "unit": claim.unit,
                "is_approximate": claim.is_approximate,
                "positions": [_position(each, addresses) for each in claim.positions],
                "uuid": str(claim.uuid),
            }
            for claim in said.claims
        ],
        "positions": [_position(each, addresses) for each in said.positions],
    }


def _position(taken: TakenRecord, addresses: Addresses) -> dict[str, Any]:
    return {
        "stance": taken.stance,
        "speaker": taken.speaker.name,
        "speaker_slug": taken.speaker.slug,
        "statement": taken.statement,
        "paraphrase": taken.paraphrase,
        "quote": taken.quote,
        "date": taken.date.when.text,
        "date_in_words": taken.date.words,
        "url": addresses.statement(taken.statement),
        "uuid": str(taken.uuid),
    }

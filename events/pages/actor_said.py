"""What an actor said, and what was said about it: statements under what they are on."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q

from actors.models import Tenure
from config.edtf.dates import AFTER_ALL, BEFORE_ALL
from events.models import Claim, Event, Position, Statement
from events.models.statements import Stance, StatementQuerySet
from events.pages.said import Row, Rows, in_time
from events.pages.stances import AGAINST, stance_of_many

# What a position is on: the field, and the key of the record.
_Target = tuple[str, int]


@dataclass(frozen=True, slots=True)
class About:
    """What some statements are on; `target` is None where they take no position on record."""

    target: Claim | Event | Statement | None
    is_contested: bool
    rows: list[Row]

    @property
    def claim(self) -> Claim | None:
        return self.target if isinstance(self.target, Claim) else None

    @property
    def event(self) -> Event | None:
        return self.target if isinstance(self.target, Event) else None

    @property
    def statement(self) -> Statement | None:
        return self.target if isinstance(self.target, Statement) else None


@dataclass(frozen=True, slots=True)
class Spoken:
    """By somebody so many statements."""

    slug: str
    name: str
    number: int


@dataclass(frozen=True, slots=True)
class Repeated:
    """What several statements say: the same position on one claim or event."""

    number: int
    stance: str
    claim: str
    event: str

    @property
    def on(self) -> str:
        return self.claim or self.event

    @property
    def is_sentence(self) -> bool:
        """Whether it ends as one, and needs no full stop behind it."""
        return self.on.endswith((".", "!", "?", "…"))


def statements_of(members: Sequence[int], *, may_have_holders: bool) -> StatementQuerySet:
    """Published statements of an actor and what is part of it, and of whoever surely held an office
    of one of these on every day that the date of the statement can mean."""
    published = Statement.objects.published()
    if not may_have_holders:
        return published.filter(speaker__in=members)
    tenures = Tenure.objects.published().filter(body__in=members).order_by()
    holders = list(tenures.values_list("person", flat=True).distinct())
    if not holders:
        return published.filter(speaker__in=members)
    held_then = tenures.filter(
        person=OuterRef("speaker"), held__contains=OuterRef("first_day")
    ).filter(held__contains=OuterRef("last_day"))
    in_office = Q(Exists(held_then), first_day__gt=BEFORE_ALL, last_day__lt=AFTER_ALL)
    # Few speak for it: the index by speaker finds theirs.
    spoken = published.filter(speaker__in={*members, *holders})
    return spoken.filter(Q(speaker__in=members) | in_office)


def count_speakers(statements: StatementQuerySet) -> list[Spoken]:
    """Who made them, the most first."""
    counted = statements.order_by().values(slug=F("speaker__slug"), name=F("speaker__name"))
    rows = counted.annotate(number=Count("pk")).order_by("-number", "name", "slug")
    return [Spoken(**row) for row in rows]


def most_repeated(statements: StatementQuerySet) -> Repeated | None:
    """The position that most of them take, if more than one does."""
    on = Position.objects.on_public().filter(statement__in=statements.order_by().values("pk"))
    targets = ("stance", "claim", "claim__text", "event", "event__title")
    rows: Any = on.filter(answered__isnull=True).order_by().values_list(*targets)
    counted = rows.annotate(number=Count("statement", distinct=True)).filter(number__gt=1)
    first = counted.order_by("-number", "claim", "event", "stance").first()
    if first is None:
        return None
    stance, _claim, text, _event, title, number = first
    return Repeated(number, stance_of_many(Stance(stance)), text or "", title or "")


def contested_among(positions: Iterable[Position]) -> set[int]:
    """The claims that they are on, as keys, which somebody denies or rejects. All are public."""
    claims = {position.claim_id for position in positions if position.claim_id}
    against = Position.objects.said_publicly().filter(claim__in=claims, stance__in=AGAINST)
    return {key for key in against.order_by().values_list("claim", flat=True) if key}


def arrange_abouts(statements: Iterable[Statement], rows: Rows, contested: set[int]) -> list[About]:
    """Each statement once: under what most of them are on, contested claims first, or as an answer
    to another. What else it takes a position on stands in its row."""
    given = list(statements)
    sizes = Counter(key for said in given for key in {*map(_key, rows.positions_of(said.pk))})

    def rank(position: Position) -> tuple[bool, bool, int, int]:
        is_answer = position.answered_id is not None
        return position.claim_id not in contested, is_answer, -sizes[_key(position)], position.pk

    main = {said.pk: min(rows.positions_of(said.pk), key=rank, default=None) for said in given}
    order = sorted(given, key=lambda said: not rows.answers_nothing(said.pk))
    found: dict[_Target | None, list[Row]] = {}
    for said in order:
        if rows.is_placed(said.pk):
            continue
        position = main[said.pk]
        target = _key(position) if position else None
        taken = [p for p in rows.positions_of(said.pk) if _key(p) == target]
        found.setdefault(target, []).append(rows.row(said.pk, taken))
    abouts = [_about(main, contested, of) for of in found.values()]
    return sorted(abouts, key=lambda a: (not a.is_contested, a.target is None, -len(a.rows)))


def _about(main: dict[int, Position | None], contested: set[int], rows: list[Row]) -> About:
    position = main[rows[0].statement.pk]
    is_contested = position is not None and position.claim_id in contested
    return About(position.target if position else None, is_contested, sorted(rows, key=in_time))


def _key(position: Position) -> _Target:
    for name in ("claim", "event", "answered"):
        if key := getattr(position, f"{name}_id"):
            return name, key
    raise ValueError("a position is on a claim, an event or a statement")

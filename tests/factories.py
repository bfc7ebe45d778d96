"""Small records for tests. What is published is cited, as the database demands."""

from itertools import count
from typing import Any

from django.db import transaction
from django.db.models import Model

from actors.models import Actor, Country
from events.models import (
    Citation,
    Claim,
    Event,
    EventType,
    Location,
    Participation,
    Position,
    Source,
    Statement,
)
from events.models.support import target_of

_numbers = count(1)


def _slug(stem: str) -> str:
    return f"{stem}-{next(_numbers)}"


def _get_or_make(rows: Any, key: dict[str, str], values: dict[str, Any], **made: Any) -> Any:
    """The row of that key with these values; one that is to be made has those of `made`, too."""
    row, is_new = rows.get_or_create(**key, defaults=made | values)
    if values and not is_new:
        rows.filter(pk=row.pk).update(**values)
        row.refresh_from_db()
    return row


def make_country(iso3: str = "SYR", name: str = "Syria", **values: Any) -> Country:
    """A real one is there: a migration brings it."""
    country: Country = _get_or_make(Country.objects, {"iso3": iso3}, values, name=name)
    return country


def make_kind(slug: str = "assault", **values: Any) -> EventType:
    """One of PLOVER's or ours is there: a migration brings it."""
    made = {"name": slug.capitalize(), "quad": EventType.Quad.MATERIAL_CONFLICT}
    kind: EventType = _get_or_make(EventType.objects, {"slug": slug}, values, **made)
    return kind


def make_source(**values: Any) -> Source:
    defaults = {"slug": _slug("source"), "title": "A newspaper", "kind": "article"}
    return Source.objects.create(**defaults | {"state": "published"} | values)


def make_actor(**values: Any) -> Actor:
    slug = values.pop("slug", None) or _slug("actor")
    name = slug.replace("-", " ").capitalize()
    values["kind_id"] = values.pop("kind", "other")
    return Actor.objects.create(**{"slug": slug, "name": name, "state": "published"} | values)


def make_location(**values: Any) -> Location:
    slug = values.pop("slug", None) or _slug("location")
    name = slug.replace("-", " ").capitalize()
    defaults = {"slug": slug, "name": name, "kind": "town", "state": "published"}
    return Location.objects.create(**defaults | values)


def cite(
    record: Model, source: Source | None = None, locator: str = "¶1.1", **values: Any
) -> Citation:
    """A citation of the record as a whole, in `source` or in the first published source."""
    source = source or Source.objects.published().order_by("pk").first() or make_source()
    target = {target_of(record): record}
    return Citation.objects.create(source=source, locator=locator, **target, **values)


def make_event(*actors: Actor, **values: Any) -> Event:
    """An event in which the actors take part; published and cited unless told otherwise.

    With a `date_reason`, the date is inferred.
    """
    slug = values.pop("slug", None) or _slug("event")
    defaults = {
        "slug": slug,
        "title": slug.replace("-", " ").capitalize(),
        "date": "2017-04-04",
        "standing": "reported",
        "state": "published",
    }
    values.setdefault("kind", None)
    values["kind"] = values["kind"] or make_kind()
    values["date_basis"] = "inferred" if values.get("date_reason") else "stated"
    with transaction.atomic():
        event = Event.objects.create(**defaults | values)
        cite(event)
        for actor in actors:
            Participation.objects.create(event=event, actor=actor, role_id="participant")
    return event


def make_claim(event: Event | None = None, **values: Any) -> Claim:
    slug = values.pop("slug", None) or _slug("claim")
    defaults = {"slug": slug, "text": slug.replace("-", " ").capitalize(), "state": "published"}
    with transaction.atomic():
        claim = Claim.objects.create(event=event, **defaults | values)
        cite(claim)
    return claim


def make_statement(speaker: Actor | None = None, **values: Any) -> Statement:
    defaults = {"paraphrase": _slug("something was said"), "state": "published"}
    with transaction.atomic():
        statement = Statement.objects.create(speaker=speaker or make_actor(), **defaults | values)
        cite(statement)
    return statement


def take_position(statement: Statement, stance: str, **target: Model) -> Position:
    """`target` is claim=, event= or answered=."""
    return Position.objects.create(statement=statement, stance=stance, **target)

"""A full set of records that the public may not see, beside what is public, in every way.

Each text of theirs, and of what belongs to them, has the word `CANARY` in it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from actors.models import Actor, Country, Tenure
from events.models import (
    Citation,
    Claim,
    Event,
    EventLink,
    EventType,
    Location,
    PastStanding,
    Position,
    Source,
    Statement,
)
from events.models.support import TARGETS, target_of
from tests.factories import cite

CANARY = "Quillfeather"


@dataclass
class Public:
    """What hidden rows are attached to: all of it is there before."""

    event: Event
    placeless: Event
    actor: Actor
    whole: Actor
    person: Actor
    place: Location
    around: Location
    said: Statement
    answer: Statement
    claim: Claim
    source: Source
    relayed: Citation
    # One of each kind that a citation can support.
    cited: dict[str, Model] = field(default_factory=dict)


@dataclass
class Hidden:
    """By kind; `belonging` is public itself, and belongs to one of them."""

    event: Event
    actor: Actor
    body: Actor
    place: Location
    land: Location
    said: Statement
    claim: Claim
    source: Source
    claim_of_event: Claim
    said_by_actor: Statement

    @property
    def records(self) -> list[Any]:
        return [
            self.event,
            self.actor,
            self.body,
            self.place,
            self.land,
            self.said,
            self.claim,
            self.source,
        ]

    @property
    def belonging(self) -> list[Any]:
        return [self.claim_of_event, self.said_by_actor]


def make_public() -> Public:
    """Beside what there is already, records without place, occasion, audience or whole."""
    values = {"state": "published"}
    source = Source.objects.create(
        slug="plain-source", title="A plain source", kind="book", **values
    )
    whole = Actor.objects.create(slug="plain-whole", name="Plain whole", kind_id="state", **values)
    actor = Actor.objects.create(slug="plain-body", name="Plain body", kind_id="agency", **values)
    person = Actor.objects.create(
        slug="plain-person", name="Plain person", kind_id="person", **values
    )
    around = Location.objects.create(slug="plain-land", name="Plain land", kind="country", **values)
    # A public place may lie in one that is not: the tree beside the timeline has no root for it.
    land = Location.objects.create(
        slug="hidden-land", name=_text("land"), kind="country", note=_text("note")
    )
    place = Location.objects.create(
        slug="plain-town", name="Plain town", kind="town", parent=land, **values
    )
    kind = EventType.objects.order_by("pk").first()
    common = {"kind": kind, "standing": "reported", "date": "2017-04-05", **values}
    event = Event.objects.create(slug="plain-event", title="Plain event", location=place, **common)
    placeless = Event.objects.create(slug="placeless", title="Placeless event", **common)
    reply = Event.objects.create(slug="plain-reply", title="Plain reply", **common)
    claim = Claim.objects.create(slug="plain-claim", text="A plain claim", event=event, **values)
    said = Statement.objects.create(speaker=person, paraphrase="Plain words", **values)
    answer = Statement.objects.create(speaker=actor, paraphrase="A plain answer", **values)
    records = [event, placeless, reply, claim, said, answer, actor, person, place]
    cited: dict[str, Model] = {
        "participation": event.participations.create(actor=person, role_id="witness"),
        "link": EventLink.objects.create(from_event=placeless, relation="follows", to_event=event),
        "position": Position.objects.create(statement=said, stance="denies", claim=claim),
        "tenure": Tenure.objects.create(person=person, office="Plain office", body=actor),
        "actor_name": person.names.create(language="ru", name="Имя"),
        "location_name": place.names.create(language="ru", name="Город"),
    }
    EventLink.objects.create(from_event=reply, relation="responds-to", to_event=placeless)
    placeless.participations.create(actor=actor, role_id="host")
    placeless.participations.create(actor=person, role_id="visitor")
    Position.objects.create(statement=answer, stance="rejects", answered=said)
    for record in [*records, *cited.values()]:
        cite(record, source, locator=f"p. {record.pk}")
    relayed = cite(event, source, locator="p. 999", access="second-hand")
    # Of public records, too, nobody but curators reads this.
    for record in [*records, reply, claim, source, whole, around]:
        type(record).objects.filter(pk=record.pk).update(internal_note=_text("internal note"))
    cited |= {
        "country": Country.objects.get(iso3="SYR"),
        "event": event,
        "claim": claim,
        "statement": said,
        "actor": actor,
        "location": place,
    }
    return Public(
        event=event,
        placeless=placeless,
        actor=actor,
        whole=whole,
        person=person,
        place=place,
        around=around,
        said=said,
        answer=answer,
        claim=claim,
        source=source,
        relayed=relayed,
        cited=cited,
    )


def add_hidden(public: Public, state: str) -> Hidden:
    """`state` is draft, or withdrawn: then they were published before."""
    values = {"state": "published" if state == "withdrawn" else state}
    hidden = _make_records(public, values)
    _attach_event(public, hidden)
    _attach_actors(public, hidden)
    _attach_place(public, hidden)
    _attach_statements(public, hidden)
    _attach_claim(public, hidden)
    _attach_source(public, hidden)
    _cite_all_of(hidden, public.source)
    for record in hidden.records:
        type(record).objects.filter(pk=record.pk).update(state=state)
        record.refresh_from_db()
    return hidden


def _text(what: str) -> str:
    return f"{CANARY} {what}"


def _make_records(public: Public, values: dict[str, Any]) -> Hidden:
    source = Source.objects.create(
        slug="hidden-source",
        title=_text("source"),
        kind="report",
        author=_text("author"),
        publisher=_text("publisher"),
        licence=_text("licence"),
        note=_text("note"),
        url=f"https://{CANARY.lower()}.example/",
        **values,
    )
    texts = {"summary": _text("summary"), "note": _text("note")}
    actor = Actor.objects.create(
        slug="hidden-actor",
        name=_text("actor"),
        kind_id="person",
        part_of=public.whole,
        **texts,
        **values,
    )
    body = Actor.objects.create(
        slug="hidden-body", name=_text("body"), kind_id="government", **texts, **values
    )
    place = Location.objects.create(
        slug="hidden-place",
        name=_text("place"),
        kind="province",
        parent=public.around,
        note=_text("note"),
        latitude=35.0,
        longitude=36.0,
        precision="town",
        **values,
    )
    event = Event.objects.create(
        slug="hidden-event",
        title=_text("event"),
        kind=public.event.kind,
        standing="alleged",
        standing_reason=_text("reason"),
        location=public.place,
        date="2017-04-06",
        **texts,
        **values,
    )
    claim = Claim.objects.create(
        slug="hidden-claim",
        text=_text("claim"),
        event=public.event,
        kind="number",
        low=3,
        high=3,
        unit=_text("unit"),
        note=_text("note"),
        **values,
    )
    said = Statement.objects.create(
        speaker=public.person,
        paraphrase=_text("words"),
        quote=_text("quote"),
        note=_text("note"),
        location=public.place,
        occasion=public.event,
        date="2017-04-06",
        **values,
    )
    published = {"state": "published"}
    claim_of_event = Claim.objects.create(
        slug="claim-of-hidden",
        text=_text("claim of an event"),
        note=_text("note"),
        event=event,
        **published,
    )
    said_by_actor = Statement.objects.create(
        speaker=actor,
        paraphrase=_text("words of an actor"),
        quote=_text("quote"),
        note=_text("note"),
        date="2017-04-06",
        **published,
    )
    return Hidden(
        event=event,
        actor=actor,
        body=body,
        place=place,
        land=Location.objects.get(slug="hidden-land"),
        said=said,
        claim=claim,
        source=source,
        claim_of_event=claim_of_event,
        said_by_actor=said_by_actor,
    )


def _attach_event(public: Public, hidden: Hidden) -> None:
    event = hidden.event
    event.participations.create(actor=public.person, role_id="perpetrator", note=_text("note"))
    event.participations.create(actor=public.actor, role_id="target", note=_text("note"))
    link = {"relation": "responds-to", "note": _text("note")}
    EventLink.objects.create(from_event=event, to_event=public.event, **link)
    EventLink.objects.create(from_event=public.event, to_event=event, **link)
    # Between two that are public, it joins their chains of answers.
    EventLink.objects.create(from_event=public.placeless, to_event=event, **link)
    EventLink.objects.create(from_event=event, to_claim=public.claim, **link)
    EventLink.objects.create(from_event=public.event, to_claim=hidden.claim_of_event, **link)
    Position.objects.create(statement=public.said, stance="laments", event=event)
    Position.objects.create(statement=public.answer, stance="asserts", claim=hidden.claim_of_event)
    Statement.objects.filter(pk=public.said.pk).update(occasion=event)
    PastStanding.objects.create(
        event=event,
        standing="reported",
        reason=_text("reason"),
        since="2020-01-01T00:00Z",
        until="2021-01-01T00:00Z",
    )


def _attach_actors(public: Public, hidden: Hidden) -> None:
    actor, body = hidden.actor, hidden.body
    for each in (actor, body):
        each.names.create(language="fr", name=_text("nom"))
        public.event.participations.create(actor=each, role_id="target", note=_text("note"))
        public.said.audience.add(each)
        public.answer.audience.add(each)
    note = {"note": _text("note")}
    Tenure.objects.create(person=actor, office=_text("office"), body=public.actor, **note)
    Tenure.objects.create(person=public.person, office=_text("office"), body=body, **note)
    Tenure.objects.create(person=actor, office=_text("second office"), body=body, **note)
    Actor.objects.filter(pk=public.person.pk).update(part_of=body)
    said = hidden.said_by_actor
    said.audience.add(public.person)
    Position.objects.create(statement=said, stance="denies", event=public.placeless)
    Position.objects.create(statement=said, stance="condemns", claim=public.claim)
    Position.objects.create(statement=said, stance="rejects", answered=public.said)
    Position.objects.create(statement=public.answer, stance="questions", answered=said)


def _attach_place(public: Public, hidden: Hidden) -> None:
    place = hidden.place
    place.names.create(language="fr", name=_text("lieu"))
    Event.objects.filter(pk=public.placeless.pk).update(location=place)
    Statement.objects.filter(pk=public.said.pk).update(location=place)
    Location.objects.create(
        slug="inside-hidden", name=_text("inside"), kind="town", parent=place, state="draft"
    )


def _attach_statements(public: Public, hidden: Hidden) -> None:
    said = hidden.said
    said.audience.add(public.actor)
    Position.objects.create(statement=said, stance="denies", event=public.placeless)
    Position.objects.create(statement=said, stance="condemns", event=public.event)
    Position.objects.create(statement=said, stance="denies", claim=public.claim)
    Position.objects.create(statement=said, stance="rejects", answered=public.answer)
    Position.objects.create(statement=public.answer, stance="condemns", answered=said)


def _attach_claim(public: Public, hidden: Hidden) -> None:
    Position.objects.create(statement=public.answer, stance="denies", claim=hidden.claim)
    EventLink.objects.create(
        from_event=public.placeless, relation="about", to_claim=hidden.claim, note=_text("note")
    )
    names = f"{public.person.name} and {public.actor.name}"
    shared = Claim.objects.create(slug="hidden-shared", text=_text(names), state="draft")
    Position.objects.create(statement=public.said, stance="asserts", claim=shared)
    EventLink.objects.create(
        from_event=public.placeless, relation="about", to_claim=shared, note=_text("note")
    )


def _attach_source(public: Public, hidden: Hidden) -> None:
    for target in TARGETS:
        if record := public.cited.get(target):
            cite(record, hidden.source, locator=_text("p. 1"), note=_text("note"))
            cite(record, hidden.source, locator=_text("p. 2"), aspect="note")
    Citation.objects.filter(pk=public.relayed.pk).update(via=hidden.source)


def _cite_all_of(hidden: Hidden, source: Source) -> None:
    """What belongs to hidden records is cited in a public source."""
    event, actor, body, place = hidden.event, hidden.actor, hidden.body, hidden.place
    belonging: list[Any] = [
        *hidden.records[:-1],
        *hidden.belonging,
        *event.participations.all(),
        *event.links.all(),
        *event.links_here.all(),
        *hidden.claim_of_event.links_here.all(),
        *hidden.claim.links_here.all(),
        *hidden.claim.positions.all(),
        *hidden.claim_of_event.positions.all(),
        *hidden.said.positions.all(),
        *hidden.said.answers.all(),
        *hidden.said_by_actor.positions.all(),
        *hidden.said_by_actor.answers.all(),
        *event.positions.all(),
        *actor.names.all(),
        *body.names.all(),
        *place.names.all(),
        *actor.participations.all(),
        *body.participations.all(),
        *actor.tenures.all(),
        *body.offices.all(),
    ]
    for record in {(target_of(record), record.pk): record for record in belonging}.values():
        cite(record, source, locator=_text("p. 3"), note=_text("note"))


def edit_hidden(public: Public, hidden: Hidden) -> Iterator[str]:
    """Whatever curators do with what is not public, one after the other: each is named."""
    for record in hidden.records:
        rows = type(record).objects.filter(pk=record.pk)
        rows.update(note=_text("another note"))
        yield f"{record} edited"
        if hasattr(record, "slug"):
            rows.update(slug=f"{record.slug}-renamed")
            rows.update(slug=record.slug)
            yield f"{record} renamed and back"
    yield from _edit_belonging(public, hidden)
    for record in [hidden.event, hidden.actor, hidden.place, hidden.said, hidden.claim]:
        cite(record, hidden.source, locator=_text("p. 4"))
        cite(record, public.source, locator=_text("p. 5")).delete()
        yield f"{record} cited"
    for rows in (public.event.citations, public.said.citations, public.actor.citations):
        rows.filter(source=hidden.source).update(note=_text("another note"))
        yield "what a hidden source is cited for"
        rows.filter(source=hidden.source).first().delete()
        yield "a citation of a hidden source deleted"
    event = hidden.event
    for rows in (event.participations, event.links, event.positions, event.claims):
        rows.first().delete()
        yield "what belongs to a hidden event deleted"
    another = Event.objects.create(
        slug="another", title=_text("event"), kind=event.kind, standing="reported"
    )
    yield "a draft made"
    another.delete()
    yield "a draft deleted"


def _edit_belonging(public: Public, hidden: Hidden) -> Iterator[str]:
    """Rows between what is public and what is not."""
    parts = public.event.participations.filter(actor__in=[hidden.actor, hidden.body])
    parts.update(role="victim", is_alleged=True)
    yield "roles of hidden actors"
    parts.first().delete()
    yield "a hidden actor takes no part"
    public.event.participations.create(actor=hidden.actor, role_id="witness", note=_text("note"))
    yield "a hidden actor takes part"
    public.event.links.filter(to_event=hidden.event).update(note=_text("another note"))
    public.event.links.filter(to_event=hidden.event).delete()
    yield "a link to a hidden event"
    Position.objects.filter(statement=hidden.said).update(stance="supports")
    Position.objects.filter(statement=hidden.said).first().delete()
    yield "positions of a hidden statement"
    public.answer.positions.filter(claim=hidden.claim).update(stance="supports")
    yield "positions on a hidden claim"
    public.said.audience.remove(hidden.actor)
    hidden.said.audience.clear()
    yield "who heard a statement"
    hidden.actor.names.update(name=_text("autre nom"))
    hidden.place.names.all().delete()
    yield "names of hidden records"
    Tenure.objects.filter(body=hidden.body).update(note=_text("another note"))
    Tenure.objects.filter(person=hidden.actor).first().delete()
    yield "offices"
    Actor.objects.filter(pk=hidden.actor.pk).update(part_of=None)
    Location.objects.filter(pk=hidden.place.pk).update(parent=None)
    yield "hidden records moved in their trees"
    PastStanding.objects.filter(event=hidden.event).update(reason=_text("another reason"))
    yield "a past standing of a hidden event"

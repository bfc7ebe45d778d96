"""When what is public of a record last changed: what moves the time, and what leaves it alone."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from actors.models import Actor, ActorKind, Country, Tenure
from config.db.versions import data_version
from events.index.current import current_state
from events.index.facts import describe_what_was_written
from events.models import (
    Citation,
    Claim,
    DeletedEvent,
    Event,
    EventLink,
    EventType,
    FormerSlug,
    LastChange,
    Location,
    Participation,
    Position,
    Role,
    Source,
    Statement,
)
from tests.databases import open_session
from tests.factories import (
    cite,
    make_actor,
    make_claim,
    make_country,
    make_event,
    make_kind,
    make_location,
    make_source,
    make_statement,
    take_position,
)

World = dict[str, Any]
Write = Callable[[World], Any]


def make_world() -> World:
    """An event with one of everything that is served with it, and drafts of the same beside it."""
    country = make_country("SYR")
    around = make_location(slug="around")
    place = make_location(slug="place", parent=around, country=country)
    part_of = make_actor(slug="whole")
    actor = make_actor(slug="actor", part_of=part_of, country=make_country("RUS", "Russia"))
    source, other = make_source(slug="source"), make_source(slug="other")
    event = make_event(slug="event", location=place, kind=make_kind("assault"))
    world: World = {
        "country": country,
        "around": around,
        "place": place,
        "whole": part_of,
        "actor": actor,
        "source": source,
        "other": other,
        "event": event,
        "second": make_event(slug="second"),
        "speaker": make_actor(slug="speaker"),
        "third": make_actor(slug="third"),
        "part": event.participations.create(actor=actor, role_id="host"),
        "draft_actor": make_actor(slug="draft-actor", state="draft"),
        "draft_place": make_location(slug="draft-place", state="draft"),
        "draft_source": make_source(slug="draft-source", state="draft"),
        "draft_event": make_event(slug="draft-event", state="draft"),
    }
    world["citation"] = cite(event, source, "p. 1")
    world["part_citation"] = cite(world["part"], other)
    world["claim"] = make_claim(event, slug="claim")
    world["draft_claim"] = make_claim(event, slug="draft-claim", state="draft")
    world["said"] = make_statement(world["speaker"])
    world["position"] = take_position(world["said"], "denies", claim=world["claim"])
    world["draft_said"] = make_statement(make_actor(slug="nobody"), state="draft")
    world["draft_position"] = take_position(world["draft_said"], "denies", event=event)
    world["link"] = EventLink.objects.create(
        from_event=event, relation="follows", to_event=world["second"]
    )
    world["draft_part"] = event.participations.create(actor=world["draft_actor"], role_id="target")
    world["draft_citation"] = cite(event, world["draft_source"])
    return world


def change(record: str, /, **values: Any) -> Write:
    return lambda w: type(w[record]).objects.filter(pk=w[record].pk).update(**values)


def delete(name: str) -> Write:
    return lambda w: w[name].delete()


MOVES: dict[str, Write] = {
    "its title": change("event", title="Other"),
    "its slug": change("event", slug="other-event"),
    "its date": change("event", date="2018"),
    "its standing": change("event", standing="alleged"),
    "its reason": change("event", standing_reason="Because."),
    "its note": change("event", note="A note"),
    "its place": lambda w: Event.objects.filter(pk=w["event"].pk).update(location=w["around"]),
    "its kind": lambda w: Event.objects.filter(pk=w["event"].pk).update(kind=make_kind("fight")),
    "a new participant": lambda w: w["event"].participations.create(
        actor=w["third"], role_id="host"
    ),
    "another role": change("part", role="victim"),
    "an alleged role": change("part", is_alleged=True),
    "a note of a role": change("part", note="A note"),
    "a participant less": delete("part"),
    "a new citation": lambda w: cite(w["event"], w["other"]),
    "a citation's place": change("citation", locator="p. 2"),
    "a citation less": delete("citation"),
    "a citation of a participation": change("part_citation", note="A note"),
    "a new claim": lambda w: make_claim(w["event"]),
    "a claim's text": change("claim", text="Other words"),
    "a claim withdrawn": change("claim", state="withdrawn"),
    "a claim's citation": lambda w: cite(w["claim"], w["other"], "p. 9"),
    "a draft claim published": change("draft_claim", state="published"),
    "a new link": lambda w: EventLink.objects.create(
        from_event=w["second"], relation="about", to_event=w["event"]
    ),
    "a link's note": change("link", note="A note"),
    "a link's citation": lambda w: cite(w["link"], w["other"]),
    "the title of the event that a link leads to": change("second", title="Other"),
    "the event that a link leads to withdrawn": change("second", state="withdrawn"),
    "a statement about it": lambda w: take_position(
        make_statement(w["speaker"]), "asserts", event=w["event"]
    ),
    "a statement made at it": lambda w: make_statement(w["speaker"], occasion=w["event"]),
    "words of a statement": change("said", paraphrase="Other words"),
    "the day of a statement": change("said", date="2017-05"),
    "the place of a statement": lambda w: Statement.objects.filter(pk=w["said"].pk).update(
        location=w["around"]
    ),
    "who heard a statement": lambda w: w["said"].audience.add(w["third"]),
    "a statement withdrawn": change("said", state="withdrawn"),
    "a draft statement published": change("draft_said", state="published"),
    "a position": change("position", stance="asserts"),
    "a position less": delete("position"),
    "a citation of a position": lambda w: cite(w["position"], w["other"]),
    "a draft participant published": change("draft_actor", state="published"),
    "a draft source published": change("draft_source", state="published"),
    "a participant withdrawn": change("actor", state="withdrawn"),
    "a participant renamed": change("actor", name="Other"),
    "a participant's other name": lambda w: w["actor"].names.create(language="ru", name="Имя"),
    "a participant's summary": change("actor", summary="Other"),
    "a participant moved": change("actor", part_of=None),
    "a participant's country": lambda w: Actor.objects.filter(pk=w["actor"].pk).update(
        country=make_country("TUR", "Turkey")
    ),
    "a participant's office": lambda w: Tenure.objects.create(person=w["actor"], office="Chief"),
    "a citation of a participant": lambda w: cite(w["actor"], w["other"]),
    "what a participant is part of withdrawn": change("whole", state="withdrawn"),
    "the place renamed": change("place", name="Other"),
    "the place's other name": lambda w: w["place"].names.create(language="ru", name="Имя"),
    "a place around it renamed": change("around", name="Other"),
    "a place around it withdrawn": change("around", state="withdrawn"),
    "a source renamed": change("source", title="Other"),
    "a source of a participation renamed": change("other", title="Other"),
    "a speaker renamed": change("speaker", name="Other"),
    "its kind renamed": lambda w: EventType.objects.filter(slug="assault").update(name="Other"),
    "a role renamed": lambda w: Role.objects.filter(slug="host").update(name="Other"),
    "a role moved to the other side": lambda w: Role.objects.filter(slug="host").update(
        side="acting"
    ),
    "a participant's kind renamed": lambda w: ActorKind.objects.filter(
        slug=w["actor"].kind_id
    ).update(name="Other name"),
    "a participant's kind in general": lambda w: ActorKind.objects.filter(
        slug=w["actor"].kind_id
    ).update(nature="public-body"),
    "a country renamed": change("country", name="Other"),
    "a country's name in a language": lambda w: w["country"].names.update(name="Other"),
    "a citation of a country": lambda w: cite(w["country"], w["other"]),
    "an old address": lambda w: FormerSlug.objects.create(
        name="event:before", record=w["event"].uuid
    ),
}
LEAVES: dict[str, Write] = {
    "synonyms of its kind": lambda w: EventType.objects.update(synonyms="Other", order=7),
    "synonyms of a role": lambda w: Role.objects.update(synonyms="Other", order=7),
    "synonyms of a participant's kind": lambda w: ActorKind.objects.update(
        synonyms="Other", order=7
    ),
    "the same title": lambda w: w["event"].save(),
    "a draft participant": lambda w: w["event"].participations.create(
        actor=make_actor(state="draft"), role_id="host"
    ),
    "a draft participant's role": change("draft_part", role="victim", note="A note"),
    "a draft participant renamed": change("draft_actor", name="Other"),
    "a draft participant less": delete("draft_part"),
    "a draft claim": lambda w: make_claim(w["event"], state="draft"),
    "a draft claim's text": change("draft_claim", text="Other"),
    "a citation of a draft claim": lambda w: cite(w["draft_claim"], w["other"]),
    "a citation of a draft source": lambda w: cite(w["event"], w["draft_source"], "p. 7"),
    "a citation of a draft source less": delete("draft_citation"),
    "a draft source that is cited": change("draft_source", title="Other"),
    "a citation found in a draft source": lambda w: Citation.objects.filter(
        pk=w["draft_citation"].pk
    ).update(access="second-hand", via=w["other"]),
    "a link to a draft": lambda w: EventLink.objects.create(
        from_event=w["event"], relation="follows", to_event=w["draft_event"]
    ),
    "a link from a draft": lambda w: EventLink.objects.create(
        from_event=w["draft_event"], relation="follows", to_event=w["event"]
    ),
    "a draft statement": lambda w: take_position(
        make_statement(w["speaker"], state="draft"), "denies", event=w["event"]
    ),
    "words of a draft statement": change("draft_said", paraphrase="Other"),
    "a position of a draft statement": change("draft_position", stance="asserts"),
    "a draft who heard a statement": lambda w: w["said"].audience.add(w["draft_actor"]),
    "a draft place": change("draft_place", name="Other"),
    "a draft event": change("draft_event", title="Other"),
    "a draft event's slug": change("draft_event", slug="other-draft"),
    "a draft event less": delete("draft_event"),
    "a draft actor made part of a participant": lambda w: make_actor(
        part_of=w["actor"], state="draft"
    ),
    "an office in a draft body": lambda w: Tenure.objects.create(
        person=w["actor"], office="Chief", body=w["draft_actor"]
    ),
}
# Public, and not served with the event.
ELSEWHERE: dict[str, Write] = {
    "another event": change("second", note="A note"),
    "another actor": change("third", name="Other"),
    "another role renamed": lambda w: Role.objects.filter(slug="mediator").update(name="Other"),
    "another kind of actor renamed": lambda w: ActorKind.objects.filter(slug="media").update(
        name="Other name"
    ),
    "what a participant is part of renamed": change("whole", name="Other"),
    "a new actor": lambda w: make_actor(),
    "another country": lambda w: Country.objects.filter(iso3="FRA").update(name="Other"),
}


def updated(event: Event) -> datetime:
    return current_state().times_of([event.pk])[event.pk]


def watched(write: Write) -> tuple[datetime, datetime, str, str]:
    """The event's time and the data version, before and after."""
    world = make_world()
    describe_what_was_written()
    before, version = updated(world["event"]), data_version()
    write(world)
    describe_what_was_written()
    return before, updated(world["event"]), version, data_version()


@pytest.mark.django_db
@pytest.mark.parametrize("name", MOVES)
def test_whatever_is_served_with_an_event_moves_its_time(name: str) -> None:
    before, after, version, later = watched(MOVES[name])
    assert after > before
    assert later != version


@pytest.mark.django_db
@pytest.mark.parametrize("name", LEAVES)
def test_what_is_not_public_moves_no_time_and_no_version(name: str) -> None:
    before, after, version, later = watched(LEAVES[name])
    assert after == before
    assert later == version


@pytest.mark.django_db
@pytest.mark.parametrize("name", ELSEWHERE)
def test_what_is_public_elsewhere_moves_the_version_alone(name: str) -> None:
    before, after, version, later = watched(ELSEWHERE[name])
    assert after == before
    assert later != version


@pytest.mark.django_db
def test_a_rename_writes_no_event() -> None:
    world = make_world()
    describe_what_was_written()
    with connection.cursor() as cursor:
        cursor.execute("SELECT event_id, ctid::text FROM event_facts ORDER BY event_id")
        before = cursor.fetchall()
        world["actor"].names.create(language="ru", name="Имя")
        for name in ("actor", "place", "source", "speaker", "country"):
            column = "title" if name == "source" else "name"
            change(name, **{column: "Other"})(world)
        for kind in (ActorKind, EventType, Role):
            kind.objects.filter(slug__in=["other", "assault", "host"]).update(name="Other name")
        describe_what_was_written()
        cursor.execute("SELECT event_id, ctid::text FROM event_facts ORDER BY event_id")
        assert cursor.fetchall() == before


@pytest.mark.django_db
def test_a_time_never_falls_when_what_moved_it_is_gone() -> None:
    world = make_world()
    for name in ("other", "actor", "around", "speaker"):
        column = "title" if name == "other" else "name"
        change(name, **{column: "Other"})(world)
        describe_what_was_written()
        before = updated(world["event"])
        change(name, state="withdrawn")(world)
        assert updated(world["event"]) > before


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("actor", lambda w: w["actor"].names.create(language="ru", name="Имя")),
        ("place", change("place", note="A note")),
        ("source", change("source", author="A. N. Other")),
        ("claim", change("claim", note="A note")),
        ("claim", lambda w: take_position(make_statement(), "asserts", claim=w["claim"])),
        ("said", lambda w: cite(w["position"], w["other"])),
        ("said", lambda w: w["said"].audience.add(w["third"])),
    ],
)
def test_each_kind_of_record_has_a_time(name: str, write: Write) -> None:
    world = make_world()
    describe_what_was_written()

    def times() -> dict[Any, datetime | None]:
        return dict(LastChange.objects.values_list("record", "changed_at"))

    before = times()
    write(world)
    describe_what_was_written()
    after = times()
    assert after[world[name].uuid] > before[world[name].uuid]
    assert after[world["whole"].uuid] == before[world["whole"].uuid]


@pytest.mark.django_db
def test_only_what_is_public_has_a_time() -> None:
    world = make_world()
    change("third", state="withdrawn")(world)
    world["second"].links_here.all().delete()
    world["second"].delete()
    describe_what_was_written()
    noted = set(LastChange.objects.values_list("record", flat=True))
    models: list[Any] = [Actor, Claim, Event, Location, Source]
    public = {row.uuid for model in models for row in model.objects.published()}
    public |= {row.uuid for row in Statement.objects.published()}
    public |= {
        row.uuid for model in (ActorKind, Country, EventType, Role) for row in model.objects.all()
    }
    assert noted == public


@pytest.mark.django_db(transaction=True)
class TestWritersAtOneTime:
    def test_times_rise_in_the_order_of_commits(self) -> None:
        early, late = make_event(), make_event()
        with open_session() as session:
            session.execute("UPDATE events_event SET title = 'Early' WHERE id = %s", [early.pk])
            time.sleep(0.01)
            Event.objects.filter(pk=late.pk).update(title="Late")
            session.commit()
        assert updated(early) > updated(late)

    def test_writers_in_opposite_orders_do_not_wait_for_each_other(self) -> None:
        one, other, actor = make_event(), make_event(), make_actor()
        part = "INSERT INTO events_participation (event_id, actor_id, role, is_alleged, note)"
        add = f"{part} VALUES (%s, %s, 'host', false, '')"
        title = "UPDATE events_event SET title = 'Changed' WHERE id = %s"
        with open_session() as first, open_session() as second:
            first.execute(title, [one.pk])
            second.execute(title, [other.pk])
            first.execute(add, [other.pk, actor.pk])
            second.execute(add, [one.pk, actor.pk])
            first.execute("SET CONSTRAINTS ALL IMMEDIATE")
            first.commit()
            second.commit()
        assert updated(one) == updated(other)
        assert Participation.objects.filter(actor=actor).count() == 2

    def test_a_clock_that_is_put_back_puts_no_time_back(self) -> None:
        event = make_event()
        with open_session() as session:
            session.execute("UPDATE data_version SET written_at = '2100-01-01T00:00Z'")
            session.commit()
            Event.objects.filter(pk=event.pk).update(title="Later")
            assert updated(event) > datetime(2100, 1, 1, tzinfo=UTC)
            # Other tests go on with this row.
            session.execute("UPDATE data_version SET written_at = now()")
            session.commit()

    def test_a_truncated_table_is_another_version(self) -> None:
        make_event()
        version = data_version()
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE events_event CASCADE")
        assert data_version() != version

    def test_a_deletion_is_dated_by_its_commit_and_ends_with_a_return(self) -> None:
        event, other = make_event(), make_event()
        with transaction.atomic():
            Event.objects.filter(pk=event.pk).update(state="withdrawn")
            time.sleep(0.01)
            now = datetime.now(UTC)
        gone = DeletedEvent.objects.get()
        assert gone.deleted_at > now
        assert gone.deleted_at > updated(other)
        Event.objects.filter(pk=event.pk).update(state="published")
        assert updated(event) > gone.deleted_at
        assert not DeletedEvent.objects.exists()


@pytest.mark.django_db
def test_pages_and_outputs_say_the_same_time(client: Client) -> None:
    event = make_event(make_actor(slug="actor"), slug="event")
    describe_what_was_written()
    Actor.objects.filter(slug="actor").update(name="Renamed")
    moment = updated(event).isoformat()
    assert f'datetime="{moment}"' in client.get("/events/event/").content.decode()
    for address in ("/api/events/event?fields=updated", "/events.json", "/events.jsonld"):
        response = client.get(address)
        text = (response.getvalue() if response.streaming else response.content).decode()
        assert f"{moment[:19]}Z" in text, address
    assert f"<updated>{moment}</updated>" in client.get("/events.atom").content.decode()


@pytest.mark.django_db
def test_positions_of_others_are_counted_on_claims(client: Client) -> None:
    """A guard for the table above: a stance is served with the claim that it is taken on."""
    claim = make_claim(slug="claim")
    Position.objects.create(statement=make_statement(), stance="denies", claim=claim)
    assert client.get("/api/claims/claim?fields=stances").json() == {"stances": {"denies": 1}}

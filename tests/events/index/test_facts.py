"""The facts of events follow every writer: what each table changes, and writers at one time."""

import threading
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from django.db import connection, transaction

from events.index.current import current_state
from events.index.facts import (
    ROLE_BITS,
    describe_what_was_written,
    make_facts_if_lost,
    roles_of,
)
from events.models import (
    Citation,
    Claim,
    DeletedEvent,
    Event,
    Location,
    Participation,
    Position,
    Role,
)
from events.models.roles import MOST
from tests.databases import open_session
from tests.factories import (
    cite,
    make_actor,
    make_claim,
    make_country,
    make_event,
    make_location,
    make_source,
    make_statement,
    take_position,
)


def facts_of(event: Event, *columns: str) -> Any:
    """Of one event; None where it has none."""
    if connection.in_atomic_block:
        describe_what_was_written()
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(columns)} FROM event_facts WHERE event_id = %s",  # noqa: S608
            [event.pk],
        )
        row = cursor.fetchone()
    return row if row is None or len(columns) > 1 else row[0]


def parts_of(event: Event) -> list[tuple[int, str, bool]]:
    """Actor, role, and whether it is alleged."""
    slugs = dict(Role.objects.values_list("pk", "slug"))
    parts = np.array(facts_of(event, "parts"), dtype=np.int64)
    return [
        (part >> ROLE_BITS, slugs[role], bool(part & 1))
        for part, role in zip(parts.tolist(), roles_of(parts).tolist(), strict=True)
    ]


def documents_of(event: Event) -> set[str]:
    return set(facts_of(event, "tsvector_to_array(document)"))


@pytest.mark.django_db
class TestWhatEachTableChanges:
    def test_participations_bring_actors_what_they_are_part_of_and_their_countries(self) -> None:
        whole = make_actor()
        country, other = make_country(), make_country("RUS", "Russia")
        part = make_actor(part_of=whole, country=country)
        place = make_location(country=other)
        event = make_event(part, location=place)
        assert parts_of(event) == [(part.pk, "participant", False)]
        assert facts_of(event, "actors") == [whole.pk, part.pk]
        assert facts_of(event, "countries") == sorted([country.pk, other.pk])
        Participation.objects.filter(event=event).update(role="victim", is_alleged=True)
        assert parts_of(event) == [(part.pk, "victim", True)]
        Participation.objects.filter(event=event).delete()
        assert facts_of(event, "parts", "actors", "countries") == ([], [], [other.pk])

    def test_a_role_of_curators_has_a_number_as_any_other(self) -> None:
        event, actor = make_event(), make_actor()
        Role.objects.create(pk=MOST, slug="envoy", name="envoy")
        roles = list(Role.objects.in_order())
        assert roles[-1].slug == "envoy"
        for role in roles:
            Participation.objects.create(event=event, actor=actor, role=role)
        assert parts_of(event) == [(actor.pk, role.slug, False) for role in roles]

    def test_actors_move_and_are_hidden(self) -> None:
        country, one, other = make_country(), make_actor(), make_actor()
        part = make_actor(part_of=one)
        event = make_event(part)
        part.part_of = other
        part.country = country
        part.save()
        assert facts_of(event, "actors", "countries") == ([other.pk, part.pk], [country.pk])
        other.state = "draft"
        other.save()
        assert facts_of(event, "actors") == [part.pk]
        part.state = "withdrawn"
        part.save()
        assert facts_of(event, "parts", "actors", "countries") == ([], [], [])

    def test_places_move_and_are_hidden(self) -> None:
        province, other = make_location(), make_location()
        town = make_location(parent=make_location(parent=province))
        event = make_event(location=town)
        assert facts_of(event, "places") == [province.pk, town.parent_id, town.pk]
        Location.objects.filter(pk=town.parent_id).update(parent=other)
        assert facts_of(event, "places") == [other.pk, town.parent_id, town.pk]
        Location.objects.filter(pk=town.parent_id).update(state="draft")
        assert facts_of(event, "places") == [other.pk, town.pk]
        Location.objects.filter(pk=town.pk).update(state="draft")
        assert facts_of(event, "places") == []

    def test_citations_and_sources(self) -> None:
        event, other = make_event(), make_source()
        [first] = facts_of(event, "sources")
        cite(event, other)
        assert facts_of(event, "sources") == [first, other.pk]
        other.state = "draft"
        other.save()
        assert facts_of(event, "sources") == [first]
        other.state = "published"
        other.save()
        Citation.objects.filter(event=event, source=first).delete()
        assert facts_of(event, "sources") == [other.pk]

    def test_claims_and_statements_are_part_of_the_text(self) -> None:
        event = make_event(title="Meeting", summary="Handshake")
        claim = make_claim(event, text="Zugzwang")
        said = make_statement(make_actor(), paraphrase="Denies gambit", quote="rochade")
        take_position(said, "denies", claim=claim)
        answer = make_statement(make_actor(), paraphrase="Mentions pawns")
        take_position(answer, "rejects", answered=said)
        speakers = sorted([said.speaker_id, answer.speaker_id])
        assert facts_of(event, "speakers") == speakers
        words = {"meeting", "handshak", "zugzwang", "gambit", "rochad", "pawn"}
        assert words <= documents_of(event)
        answer.paraphrase = "Mentions bishops"
        answer.save()
        assert "bishop" in documents_of(event)
        assert "pawn" not in documents_of(event)
        Claim.objects.filter(pk=claim.pk).update(state="draft")
        assert facts_of(event, "speakers") == []
        assert documents_of(event).isdisjoint({"zugzwang", "gambit", "bishop"})

    def test_a_claim_takes_its_statements_along_to_another_event(self) -> None:
        one, other = make_event(), make_event()
        claim = make_claim(one)
        said = make_statement()
        position = take_position(said, "denies", claim=claim)
        claim.event = other
        claim.save()
        assert (facts_of(one, "speakers"), facts_of(other, "speakers")) == ([], [said.speaker_id])
        position.delete()
        assert facts_of(other, "speakers") == []

    def test_positions_on_an_event_and_answers_to_those(self) -> None:
        event, said, answer = make_event(), make_statement(), make_statement()
        position = take_position(said, "asserts", event=event)
        take_position(answer, "rejects", answered=said)
        assert facts_of(event, "speakers") == sorted([said.speaker_id, answer.speaker_id])
        Position.objects.filter(answered=said).delete()
        assert facts_of(event, "speakers") == [said.speaker_id]
        said.speaker.state = "draft"
        said.speaker.save()
        assert facts_of(event, "speakers") == []
        position.delete()
        assert facts_of(event, "speakers") == []

    def test_how_the_date_is_known_follows_the_event(self) -> None:
        event = make_event()
        assert facts_of(event, "basis") == "stated"
        Event.objects.filter(pk=event.pk).update(date_basis="inferred", date_reason="A weekday.")
        assert facts_of(event, "basis") == "inferred"

    def test_renaming_an_actor_or_a_place_touches_no_event(self) -> None:
        actor, place = make_actor(), make_location()
        event = make_event(actor, location=place)
        before = facts_of(event, "ctid", "document")
        actor.name = "Zebedee"
        actor.save()
        place.name = "Atlantis"
        place.save()
        actor.names.create(language="en", name="Zeb")
        assert facts_of(event, "ctid", "document") == before

    def test_what_is_no_longer_public_leaves_its_identity_until_it_is_back(self) -> None:
        event = make_event()
        assert facts_of(event, "uuid") == event.uuid
        Event.objects.filter(pk=event.pk).update(state="withdrawn")
        assert facts_of(event, "uuid") is None
        assert DeletedEvent.objects.get().uuid == event.uuid
        Event.objects.filter(pk=event.pk).update(state="published")
        assert facts_of(event, "uuid") == event.uuid
        assert not DeletedEvent.objects.exists()
        draft = make_event(state="draft")
        draft.delete()
        event.delete()
        assert facts_of(event, "uuid") is None
        assert [deleted.uuid for deleted in DeletedEvent.objects.all()] == [event.uuid]

    def test_a_savepoint_that_is_undone_leaves_nothing(self) -> None:
        event = make_event(title="Before")
        with transaction.atomic():
            Event.objects.filter(pk=event.pk).update(title="Undone")
            assert "undone" in documents_of(event)
            transaction.set_rollback(True)
        assert "undone" not in documents_of(event)
        Event.objects.filter(pk=event.pk).update(title="After")
        assert "after" in documents_of(event)


def in_another_session(work: Callable[[Any], None]) -> threading.Thread:
    """Begins the work in a thread with a session of its own."""

    def run() -> None:
        with open_session() as session:
            work(session)

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def add_participation(session: Any, event: Event, actor: Any) -> None:
    session.execute(
        "INSERT INTO events_participation (uuid, event_id, actor_id, role, is_alleged, note)"
        " VALUES (gen_random_uuid(), %s, %s, 'participant', false, '')",
        [event.pk, actor.pk],
    )


@pytest.mark.django_db(transaction=True)
class TestWritersAtOneTime:
    def test_two_writers_on_one_event_leave_both_actors(self) -> None:
        event, one, other = make_event(), make_actor(), make_actor()
        with open_session() as first:
            add_participation(first, event, one)
            # Its facts are written, and not committed yet.
            first.execute("SET CONSTRAINTS event_queue_described IMMEDIATE")
            second = in_another_session(lambda session: add_participation(session, event, other))
            second.join(timeout=0.5)
            assert second.is_alive()
            first.commit()
        second.join(timeout=30)
        assert facts_of(event, "actors") == [one.pk, other.pk]

    def test_a_place_moved_while_an_event_comes_to_it(self) -> None:
        old, new = make_location(), make_location()
        town = make_location(parent=old)
        with open_session() as mover:
            mover.execute(
                "UPDATE events_location SET parent_id = %s WHERE id = %s", [new.pk, town.pk]
            )
            event = make_event(location=town)
            assert facts_of(event, "places") == [old.pk, town.pk]
            mover.commit()
        assert facts_of(event, "places") == [new.pk, town.pk]

    def test_an_event_comes_to_a_place_that_was_moved_meanwhile(self) -> None:
        old, new = make_location(), make_location()
        town, event = make_location(parent=old), make_event()
        with open_session() as writer:
            writer.execute(
                "UPDATE events_event SET location_id = %s WHERE id = %s", [town.pk, event.pk]
            )
            Location.objects.filter(pk=town.pk).update(parent=new)
            writer.commit()
        assert facts_of(event, "places") == [new.pk, town.pk]

    def test_copy(self) -> None:
        event, actor = make_event(), make_actor()
        with open_session() as session:
            columns = "uuid, event_id, actor_id, role, is_alleged, note"
            cursor = session.cursor()
            with cursor.copy(f"COPY events_participation ({columns}) FROM STDIN") as copy:
                copy.write_row([event.uuid, event.pk, actor.pk, "host", False, ""])
            session.commit()
            assert parts_of(event) == [(actor.pk, "host", False)]

    def test_facts_of_a_restored_database_are_made_anew(self) -> None:
        event = make_event()
        make_facts_if_lost()
        kept = facts_of(event, "written_in::text")
        assert kept == facts_of(event, "written_in::text")
        with open_session() as session:
            # As in a copy from a cluster that has counted further.
            session.execute("UPDATE event_facts SET written_in = '999999999999'::xid8")
            session.commit()
        before = current_state()
        make_facts_if_lost()
        assert int(facts_of(event, "written_in::text")) < 999_999_999_999
        assert current_state().generation != before.generation
        with open_session() as session:
            session.execute("DELETE FROM event_facts")
            session.commit()
        make_facts_if_lost()
        assert facts_of(event, "uuid") == event.uuid

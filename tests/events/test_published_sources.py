"""What is published rests on a published source: the database demands it, whoever writes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from threading import Thread
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client

from events.models import Citation, Claim, Event, Source, Statement
from tests.factories import (
    cite,
    make_actor,
    make_claim,
    make_event,
    make_source,
    make_statement,
)

MAKERS = [make_event, make_claim, make_statement]
every_kind = pytest.mark.parametrize("make", MAKERS)
NEEDS = "needs a citation of a published source"


@contextmanager
def refused(message: str) -> Iterator[None]:
    """What is written within is refused when the transaction would end."""
    with pytest.raises(IntegrityError, match=message), transaction.atomic():  # noqa: PT012
        yield
        connection.check_constraints()


@contextmanager
def without_rules(*tables: str) -> Iterator[None]:
    """As a database was before it had the rule."""
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        connection.check_constraints()
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def make_bare(make: Callable[..., Any], **values: Any) -> Any:
    """A published record that cites nothing but a draft, from before."""
    draft = make_source(state="draft", title="A draft")
    record = make(state="draft", **values)
    connection.check_constraints()
    with without_rules("events_citation", type(record)._meta.db_table):
        record.citations.update(source=draft)
        type(record).objects.filter(pk=record.pk).update(state="published")
    record.refresh_from_db()
    return record


def sql(text: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(text, values)


@pytest.mark.django_db
class TestRule:
    @every_kind
    @pytest.mark.parametrize("state", ["draft", "withdrawn"])
    def test_citation_of_an_unpublished_source_does_not_count(self, make: Any, state: str) -> None:
        record = make(state="draft")
        record.citations.update(source=make_source(state=state))
        connection.check_constraints()
        table = type(record)._meta.db_table
        with refused(NEEDS):
            type(record).objects.filter(pk=record.pk).update(state="published")
        with refused(NEEDS):
            sql(f"UPDATE {table} SET state = 'published' WHERE id = %s", record.pk)  # noqa: S608
        cite(record, make_source())
        type(record).objects.filter(pk=record.pk).update(state="published")
        connection.check_constraints()

    @every_kind
    def test_source_found_through_another_counts_and_the_other_does_not(self, make: Any) -> None:
        record, draft, public = make(state="draft"), make_source(state="draft"), make_source()
        record.citations.update(source=draft, access="second-hand", via=public)
        connection.check_constraints()
        with refused(NEEDS):
            type(record).objects.filter(pk=record.pk).update(state="published")
        record.citations.update(source=public, via=draft)
        type(record).objects.filter(pk=record.pk).update(state="published")
        connection.check_constraints()

    @every_kind
    @pytest.mark.parametrize("state", ["draft", "withdrawn"])
    def test_last_published_source_of_a_published_record_stays(self, make: Any, state: str) -> None:
        source = make_source()
        record = make()
        cite(record, make_source(state="draft"), locator="2")
        connection.check_constraints()
        with refused("cannot be taken back"):
            Source.objects.filter(pk=source.pk).update(state=state)
        with refused("cannot be taken back"):
            sql("UPDATE events_source SET state = %s", state)
        with transaction.atomic():
            Source.objects.filter(pk=source.pk).update(state=state)
            Source.objects.filter(pk=source.pk).update(state="published")
        with transaction.atomic():
            Source.objects.filter(pk=source.pk).update(state=state)
            type(record).objects.filter(pk=record.pk).update(state="withdrawn")
            connection.check_constraints()

    @every_kind
    def test_citation_of_the_last_published_source_stays(self, make: Any) -> None:
        source, draft = make_source(), make_source(state="draft")
        record, other = make(), make(state="draft")
        citation = record.citations.get()
        cite(record, draft, locator="2")
        connection.check_constraints()
        field = next(f for f in ("event", "claim", "statement") if getattr(citation, f"{f}_id"))
        rows = Citation.objects.filter(pk=citation.pk)
        for values in (
            {"source": draft, "locator": "3"},
            {field: other, "locator": "3"},
            {field: None, "actor": make_actor()},
        ):
            with refused("last citation of a published record"):
                rows.update(**values)
        with refused("last citation of a published record"):
            rows.delete()
        with refused("last citation of a published record"):
            Source.objects.filter(pk=source.pk).update(state="withdrawn")
            rows.delete()
        with refused("last citation of a published record"):
            Citation.objects.filter(source=source).delete()
            Source.objects.filter(pk=source.pk).delete()
        rows.update(locator="another place", note="A note")
        connection.check_constraints()
        cite(record, make_source(), locator="4")
        rows.delete()
        connection.check_constraints()

    def test_citations_are_not_emptied_under_published_records(self) -> None:
        make_event()
        connection.check_constraints()
        with refused("cannot be taken away"):
            sql("TRUNCATE events_citation CASCADE")
        with refused("cannot be taken away"):
            sql("TRUNCATE events_source CASCADE")
        Event.objects.update(state="draft")
        connection.check_constraints()
        sql("TRUNCATE events_citation CASCADE")

    @every_kind
    def test_record_from_before_stays_as_it_is_until_it_is_saved(self, make: Any) -> None:
        record = make_bare(make)
        rows = type(record).objects.filter(pk=record.pk)
        # What belongs to it, and what else is written of it in passing, is not held up.
        record.citations.update(note="A note")
        if isinstance(record, Event):
            record.participations.create(actor=make_actor(), role_id="witness")
        rows.update(note="A note")
        connection.check_constraints()
        with refused(NEEDS):
            record.save()
        cite(record, make_source(), locator="2")
        record.save()
        connection.check_constraints()


@pytest.mark.django_db(transaction=True)
class TestRace:
    """Of two at one time who would leave a published record without a source, one is refused."""

    def in_turn(self, first: Callable[[], Any], second: Callable[[], Any]) -> list[Exception]:
        """Both write, then both end their transactions; what went wrong with either."""
        errors: list[Exception] = []

        def write_beside() -> None:
            try:
                with transaction.atomic():
                    second()
            except Exception as error:  # noqa: BLE001
                errors.append(error)
            finally:
                connection.close()

        thread = Thread(target=write_beside)
        try:
            with transaction.atomic():
                first()
                thread.start()
                thread.join(timeout=1)
        except Exception as error:  # noqa: BLE001
            errors.append(error)
        thread.join(timeout=20)
        assert not thread.is_alive()
        return errors

    def holds(self) -> bool:
        models: list[Any] = [Event, Claim, Statement]
        return not any(m.objects.filter(state="published").unsourced().exists() for m in models)

    @every_kind
    def test_publishing_while_the_source_is_withdrawn(self, make: Any) -> None:
        source = make_source()
        record = make(state="draft")
        model = type(record)

        def publish() -> None:
            model.objects.filter(pk=record.pk).update(state="published")
            connection.check_constraints()

        def withdraw() -> None:
            Source.objects.filter(pk=source.pk).update(state="withdrawn")
            connection.check_constraints()

        assert len(self.in_turn(publish, withdraw)) == 1
        assert self.holds()
        model.objects.update(state="draft")
        Source.objects.update(state="published")
        assert len(self.in_turn(withdraw, publish)) == 1
        assert self.holds()

    def test_publishing_with_a_new_citation_while_the_source_is_withdrawn(self) -> None:
        source, event = make_source(), make_event(state="draft")
        event.citations.all().delete()

        def publish() -> None:
            cite(event, source)
            Event.objects.update(state="published")
            connection.check_constraints()

        def withdraw() -> None:
            Source.objects.update(state="withdrawn")
            connection.check_constraints()

        assert len(self.in_turn(publish, withdraw)) == 1
        assert self.holds()
        Event.objects.update(state="draft")
        event.citations.all().delete()
        Source.objects.update(state="published")
        assert len(self.in_turn(withdraw, publish)) == 1
        assert self.holds()

    def test_publishing_while_the_citation_is_taken_away(self) -> None:
        event = make_event(state="draft")

        def publish() -> None:
            Event.objects.update(state="published")
            connection.check_constraints()

        def take_away() -> None:
            event.citations.all().delete()
            connection.check_constraints()

        assert len(self.in_turn(publish, take_away)) == 1
        assert self.holds()
        Event.objects.update(state="draft")
        assert len(self.in_turn(take_away, publish)) == 1
        assert self.holds()

    def test_two_sources_of_one_event_withdrawn_at_one_time(self) -> None:
        sources = [make_source(), make_source()]
        event = make_event()
        cite(event, sources[1], locator="2")

        def withdraw(source: Source) -> Callable[[], None]:
            def write() -> None:
                Source.objects.filter(pk=source.pk).update(state="withdrawn")
                connection.check_constraints()

            return write

        assert len(self.in_turn(withdraw(sources[0]), withdraw(sources[1]))) == 1
        assert self.holds()


@pytest.mark.django_db
class TestCommand:
    def check(self) -> str:
        out = StringIO()
        call_command("check_citations", stdout=out)
        return out.getvalue()

    def test_nothing_is_listed_where_the_rule_holds(self) -> None:
        for make in MAKERS:
            make()
            make(state="draft").citations.all().delete()
        assert self.check().startswith("Every published event")

    def test_what_was_published_without_a_published_source_is_listed(self) -> None:
        event = make_bare(make_event, slug="bare", title="A bare event")
        claim = make_bare(make_claim, slug="bare-claim", text="A bare claim")
        said = make_bare(make_statement, paraphrase="Bare words")
        make_event()
        out = StringIO()
        with pytest.raises(CommandError, match=r": 3\.") as error:
            call_command("check_citations", stdout=out)
        assert error.value.returncode == 1
        assert out.getvalue().splitlines() == [
            f"event\tbare\tA bare event\t/admin/events/event/{event.pk}/change/",
            f"claim\tbare-claim\tA bare claim\t/admin/events/claim/{claim.pk}/change/",
            f"statement\t{said.pk}\t{said}\t/admin/events/statement/{said.pk}/change/",
        ]


@pytest.mark.django_db
def test_record_from_before_stays_public(client: Client) -> None:
    event = make_bare(make_event, title="A bare event")
    assert "A bare event" in client.get(event.get_absolute_url()).content.decode()

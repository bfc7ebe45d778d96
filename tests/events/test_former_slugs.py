"""Former slugs: kept by the database whoever writes, and never given to another record."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from actors.models import Actor
from events.models import FormerSlug, Source
from tests.factories import (
    make_actor,
    make_claim,
    make_country,
    make_event,
    make_kind,
    make_location,
    make_source,
)

KINDS = {
    "actor": make_actor,
    "claim": make_claim,
    "event": make_event,
    "eventtype": make_kind,
    "location": make_location,
    "source": make_source,
}


@contextmanager
def refused(message: str = "is given to no other record") -> Iterator[None]:
    """`COPY` raises the driver's error as it is."""
    with (
        pytest.raises((IntegrityError, psycopg.IntegrityError), match=message),
        transaction.atomic(),
    ):
        yield


def kept() -> dict[str, Any]:
    return dict(FormerSlug.objects.values_list("name", "record"))


def rename(record: Any, slug: str) -> None:
    """By raw SQL, round every form and field."""
    with connection.cursor() as cursor:
        table = record._meta.db_table
        cursor.execute(f"UPDATE {table} SET slug = %s WHERE id = %s", [slug, record.pk])  # noqa: S608


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_every_slug_that_a_record_had_is_kept(kind: str) -> None:
    record = KINDS[kind](slug="first")
    rename(record, "second")
    type(record).objects.filter(pk=record.pk).update(slug="third")
    uuid = type(record).objects.get(pk=record.pk).uuid
    assert kept() == {f"{kind}:first": uuid, f"{kind}:second": uuid}


@pytest.mark.django_db
def test_a_country_keeps_its_former_codes() -> None:
    country = make_country("XKX", "Kosovo")
    country.iso3 = "XKS"
    country.save()
    country.refresh_from_db()
    assert kept() == {"country:XKX": country.uuid}
    with refused():
        make_country("XKX", "Another")


@pytest.mark.django_db
def test_a_change_of_anything_else_keeps_nothing() -> None:
    event = make_event(slug="first")
    event.title = "Another"
    event.save()
    assert kept() == {}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_a_former_slug_is_given_to_no_other_record(kind: str) -> None:
    record, other = KINDS[kind](slug="first"), KINDS[kind](slug="other")
    rename(record, "second")
    with refused("“first” is a former one of “second”"):
        rename(other, "first")
    with refused():
        KINDS[kind](slug="first", **({"name": "New"} if kind == "eventtype" else {}))
    # Each kind has addresses of its own.
    for another in KINDS.keys() - {kind, "claim", "event"}:
        KINDS[another](slug="first")


@pytest.mark.django_db
def test_bulk_writers_are_refused_too() -> None:
    actor = make_actor(slug="first")
    rename(actor, "second")
    rows = [Actor(slug=slug, name="New", kind_id="other") for slug in ("new", "first")]
    for options in ({}, {"ignore_conflicts": True}):
        with refused():
            Actor.objects.bulk_create(rows, **options)
    with refused():
        copy_in("first")


def copy_in(slug: str) -> None:
    columns = "slug, name, kind, state, lineage, summary, note"
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY actors_actor ({columns}) FROM STDIN") as copy,
    ):
        copy.write_row([slug, "New", "other", "draft", [], "", ""])


@pytest.mark.django_db
def test_slugs_are_not_exchanged() -> None:
    one, other = make_actor(slug="one"), make_actor(slug="other")
    rename(one, "between")
    with refused():
        rename(other, "one")


@pytest.mark.django_db
def test_a_record_may_take_its_own_former_slug_back() -> None:
    actor = make_actor(slug="first")
    uuid = Actor.objects.get().uuid
    rename(actor, "second")
    rename(actor, "first")
    assert kept() == {"actor:second": uuid}
    rename(actor, "second")
    assert kept() == {"actor:first": uuid}


@pytest.mark.django_db
def test_a_former_slug_of_a_record_that_is_gone_is_not_given_again() -> None:
    source = make_source(slug="first")
    rename(source, "second")
    source.delete()
    with refused("a former one of a record that is gone"):
        make_source(slug="first")
    # What it was called last never led anywhere else.
    make_source(slug="second")


@pytest.mark.django_db
def test_a_present_slug_is_no_former_one_of_another_record() -> None:
    make_event(slug="present")
    other = make_event()
    other.refresh_from_db()
    with refused("is the present one"):
        FormerSlug.objects.create(name="event:present", record=other.uuid)
    for name in ("present", "participation:1", "event:"):
        with refused("formerslug_kind_is_known"):
            FormerSlug.objects.create(name=name, record=other.uuid)


@pytest.mark.django_db(transaction=True)
def test_of_two_writers_who_want_one_slug_the_second_is_refused() -> None:
    one, other = make_source(slug="first"), make_source(slug="other")
    outcome: list[object] = []

    def second_writer() -> None:
        try:
            Source.objects.filter(pk=other.pk).update(slug="first")
            outcome.append("written")
        except IntegrityError as error:
            outcome.append(error)
        finally:
            connection.close()

    with transaction.atomic():
        rename(one, "second")
        thread = Thread(target=second_writer)
        thread.start()
        # It waits for what becomes of the first.
        thread.join(0.5)
        assert outcome == []
    thread.join()
    [error] = outcome
    assert "is given to no other record" in str(error)
    assert set(Source.objects.values_list("slug", flat=True)) == {"second", "other"}


@pytest.mark.django_db
def test_a_dump_carries_them_and_is_loaded_in_any_order(tmp_path: Any) -> None:
    record = make_source(slug="first")
    rename(record, "second")
    names, uuid = kept(), Source.objects.get().uuid
    for order in (["events.formerslug", "events.source"], ["events.source", "events.formerslug"]):
        files = []
        for label in order:
            files.append(str(tmp_path / f"{label}.json"))
            call_command("dumpdata", label, natural_foreign=True, output=files[-1])
        Source.objects.all().delete()
        FormerSlug.objects.all().delete()
        call_command("loaddata", *files, verbosity=0)
        # Once more over what is there.
        call_command("loaddata", *files, verbosity=0)
        assert kept() == names
        assert Source.objects.get().uuid == uuid

"""Records made from the rows of a statement are those that the ORM reads."""

import pytest
from django.db.models import Model

from actors.models import Actor
from config.db.rows import Columns, fetch
from events.models import Event, EventType, Location, Participation
from tests.factories import make_actor, make_event, make_location

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", [Actor, Event, EventType, Location, Participation])
def test_record_of_all_columns_is_as_the_orm_reads_it(model: type[Model]) -> None:
    make_event(make_actor(), location=make_location(), date="2017-04-03/2017-04-09")
    columns = Columns(model, "each")
    rows = fetch(f"SELECT {columns} FROM {model._meta.db_table} AS each ORDER BY id")  # noqa: S608
    expected = list(model._default_manager.order_by("pk"))
    assert expected
    for row, other in zip(rows, expected, strict=True):
        record = columns.record(iter(row))
        assert not record._state.adding
        assert record.get_deferred_fields() == set()
        for field in model._meta.concrete_fields:
            assert getattr(record, field.attname) == getattr(other, field.attname), field


@pytest.mark.django_db(transaction=True)
def test_columns_that_are_not_named_are_read_when_asked_for() -> None:
    made = make_actor(name="Somebody", slug="somebody")
    columns = Columns(Actor, "actor", {"slug", "id"})
    assert str(columns) == "actor.id, actor.slug"
    (row,) = fetch(f"SELECT {columns} FROM actors_actor AS actor WHERE id = %s", [made.pk])  # noqa: S608
    record = columns.record(iter(row))
    assert (record.pk, record.slug) == (made.pk, "somebody")
    assert "name" in record.get_deferred_fields()
    assert record.name == "Somebody"

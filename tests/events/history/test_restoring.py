"""Taking changes back: rows are again what they were, the time of change aside."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.db.migrations.operations import RenameField

from actors.models import Actor, ActorName, Tenure
from config.db.changes import recorded_as
from events.history import kinds
from events.history.plans import (
    ChangedMeanwhileError,
    Plan,
    deleted_with,
    plan_state,
    plan_taking_back,
)
from events.history.states import Key, fitted
from events.models import Event, EventLink, HistoryChange, HistoryEntry, Participation
from tests.events.history.checksums import changed_since, checksums
from tests.factories import (
    cite,
    make_actor,
    make_claim,
    make_event,
    make_location,
    make_source,
    make_statement,
    take_position,
)

pytestmark = pytest.mark.django_db


def entry(origin: str) -> HistoryEntry:
    return HistoryEntry.objects.get(origin=origin)


def deletion(kind: str, row: int) -> HistoryChange:
    return HistoryChange.objects.get(kind=kind, row_key=row, operation="delete")


def make_everything_of(actor: Actor) -> None:
    body, paper = make_actor(), make_source(slug="paper")
    name = ActorName.objects.create(actor=actor, language="ru", name="Имя")
    tenure = Tenure.objects.create(person=actor, office="Chief", body=body, began="2001")
    for record in (actor, name, tenure):
        cite(record, paper, "p. 1")


def test_an_actor_comes_back_with_everything_that_hung_on_it() -> None:
    actor = make_actor(name="Gone", part_of=make_actor())
    make_everything_of(actor)
    make_statement(make_actor()).audience.add(actor)
    before, row = checksums(), actor.pk
    with recorded_as(origin="deleting"):
        actor.delete()
    assert {"actor", "actorname", "tenure", "citation"} <= changed_since(before)
    change = deletion("actor", row)
    plan = plan_taking_back(change.entry, deleted_with(change))
    assert plan.publishes
    plan.write()
    assert changed_since(before) == set()


def test_an_event_comes_back_with_links_from_elsewhere_and_what_was_said_at_it() -> None:
    event, other = make_event(make_actor()), make_event()
    Event.objects.filter(pk=event.pk).update(standing="disputed")
    claim = make_claim(event)
    said = make_statement(occasion=event)
    cite(take_position(said, "denies", claim=claim))
    cite(EventLink.objects.create(from_event=other, relation="responds-to", to_event=event))
    before, row = checksums(), event.pk
    with recorded_as(origin="deleting"):
        event.delete()
    change = deletion("event", row)
    plan_taking_back(change.entry, deleted_with(change)).write()
    assert changed_since(before) == set()
    said.refresh_from_db()
    assert said.occasion_id == row


def test_of_several_deleted_records_one_can_come_back_alone() -> None:
    first, second = make_actor(slug="first"), make_actor(slug="second")
    for actor in (first, second):
        ActorName.objects.create(actor=actor, language="ru", name=actor.slug)
    row = first.pk
    with recorded_as(origin="deleting"):
        Actor.objects.filter(pk__in=[first.pk, second.pk]).delete()
    change = deletion("actor", row)
    plan_taking_back(change.entry, deleted_with(change)).write()
    assert list(Actor.objects.filter(slug__in=["first", "second"])) == [first]
    assert [name.name for name in ActorName.objects.all()] == ["first"]


def test_what_was_public_comes_back_as_a_draft_unless_told_otherwise() -> None:
    actor = make_actor()
    row = actor.pk
    with recorded_as(origin="deleting"):
        actor.delete()
    plan = plan_taking_back(entry("deleting")).without_publishing()
    assert not plan.publishes
    plan.write()
    assert Actor.objects.get(pk=row).state == "draft"


def test_a_change_of_five_hundred_rows_is_taken_back() -> None:
    Actor.objects.bulk_create(
        Actor(slug=f"bulk-{n}", name=f"Bulk {n}", kind_id="other", state="published")
        for n in range(500)
    )
    before = checksums()
    with recorded_as(origin="bulk"):
        Actor.objects.filter(slug__startswith="bulk-").update(state="withdrawn", note="Not here.")
    assert changed_since(before) == {"actor"}
    plan = plan_taking_back(entry("bulk"))
    assert len(plan.steps) == 500
    assert plan.steps[0].columns == ["note", "state"]
    plan.write()
    assert changed_since(before) == set()


def test_rows_that_were_changed_since_are_named_and_left() -> None:
    one, two, three, four = (make_actor() for _ in range(4))
    with recorded_as(origin="bulk"):
        Actor.objects.filter(pk__in=[a.pk for a in (one, two, three, four)]).update(note="Bulk")
    Actor.objects.filter(pk=two.pk).update(note="Mine")
    Actor.objects.filter(pk=three.pk).update(summary="Mine, too")
    row = four.pk
    four.delete()
    plan = plan_taking_back(entry("bulk"))
    assert plan.left == {
        Key("actor", two.pk): "was changed since",
        Key("actor", row): "was deleted since",
    }
    plan.write()
    notes = dict(Actor.objects.values_list("pk", "note"))
    assert (notes[one.pk], notes[two.pk], notes[three.pk]) == ("", "Mine", "")
    assert Actor.objects.get(pk=three.pk).summary == "Mine, too"


def test_what_was_added_goes_again_unless_it_was_changed_since() -> None:
    with recorded_as(origin="adding"):
        kept, gone = make_actor(), make_actor()
    Actor.objects.filter(pk=kept.pk).update(note="Mine")
    plan = plan_taking_back(entry("adding"))
    plan.write()
    assert list(Actor.objects.filter(pk__in=[kept.pk, gone.pk])) == [kept]
    assert plan.left == {Key("actor", kept.pk): "was changed since"}


def test_taking_back_can_be_taken_back() -> None:
    event = make_event(make_actor(), title="First")
    with recorded_as(origin="change"):
        Event.objects.filter(pk=event.pk).update(title="Second")
        Participation.objects.filter(event=event).delete()
    changed = checksums()
    with recorded_as(origin="back"):
        plan_taking_back(entry("change")).write()
    assert Event.objects.get(pk=event.pk).title == "First"
    plan_taking_back(entry("back")).write()
    assert changed_since(changed) == set()


def test_an_earlier_state_comes_back_with_its_rows() -> None:
    first, second = make_actor(), make_actor()
    event = make_event(first, title="First")
    part = event.participations.get()
    cited = cite(part)
    before, boundary = checksums(), HistoryChange.objects.latest("pk").pk
    part.delete()
    added = Participation.objects.create(event=event, actor=second, role_id="participant")
    Event.objects.filter(pk=event.pk).update(title="Second", location=make_location())
    keys = [
        Key("event", event.pk),
        *(Key("participation", row) for row in (part.pk or cited.participation_id, added.pk)),
        Key("citation", cited.pk),
    ]
    plan = plan_state(keys, boundary)
    assert {(step.key, step.now is None, step.wanted is None) for step in plan.steps} == {
        (keys[0], False, False),
        (keys[1], True, False),
        (keys[2], False, True),
        (keys[3], True, False),
    }
    plan.write()
    assert changed_since(before) == {"location"}


def test_a_plan_holds_only_for_what_it_was_made_for() -> None:
    actor = make_actor()
    with recorded_as(origin="change"):
        Actor.objects.filter(pk=actor.pk).update(note="1")
    plan = plan_taking_back(entry("change"))
    Actor.objects.filter(pk=actor.pk).update(note="2")
    with pytest.raises(ChangedMeanwhileError):
        plan.write()
    assert Actor.objects.get(pk=actor.pk).note == "2"


def test_what_does_not_fit_writes_nothing() -> None:
    event = make_event(make_actor(), slug="taken")
    row = event.pk
    with recorded_as(origin="deleting"):
        event.delete()
    make_event(slug="taken")
    before = checksums()
    with pytest.raises(IntegrityError):
        plan_taking_back(entry("deleting")).write()
    assert changed_since(before) == set()
    assert not Event.objects.filter(pk=row).exists()


@pytest.fixture
def older_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if `summary` of an actor had been called `abstract` when the history was written."""
    renamed = {"actor": {"abstract": "summary"}}
    monkeypatch.setattr("events.history.states.renamed_columns", lambda: renamed)


def rewrite(change: HistoryChange, **values: Any) -> None:
    """The row as an older program kept it: without columns given as None, with others."""
    for name, value in values.items():
        if value is None:
            change.old.pop(name)
        else:
            change.old[name] = value
    change.save()


def test_fields_added_renamed_and_dropped_since_do_not_stop_it(older_columns: None) -> None:
    actor = make_actor(summary="Who it is", note="A note")
    before, row = checksums(), actor.pk
    with recorded_as(origin="deleting"):
        actor.delete()
    change = deletion("actor", row)
    # `note` and `internal_note` came later, `summary` had another name, `rank` is gone.
    rewrite(change, note=None, internal_note=None, summary=None, abstract="Who it is", rank=7)
    data, lost = fitted("actor", change.old)
    assert lost == ["rank"]
    assert (data["summary"], data["note"]) == ("Who it is", "")
    plan = plan_taking_back(change.entry, deleted_with(change))
    assert plan.lost == {"rank"}
    plan.write()
    assert changed_since(before) == {"actor"}
    Actor.objects.filter(pk=row).update(note="A note")
    assert changed_since(before) == set()


def alter(*changes: str) -> None:
    with connection.cursor() as cursor:
        # No table is altered before its deferred triggers have run.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        for change in changes:
            cursor.execute(f"ALTER TABLE actors_actor {change}")


def test_columns_of_the_table_that_come_and_go_do_not_stop_it(older_columns: None) -> None:
    actor = make_actor(name="Gone", summary="Who it is")
    before, row = checksums(), actor.pk
    alter("ADD COLUMN rank integer DEFAULT 7", "RENAME COLUMN summary TO abstract")
    with recorded_as(origin="deleting"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM actors_actor WHERE id = %s", [row])
    change = deletion("actor", row)
    assert (change.old["rank"], change.old["abstract"]) == (7, "Who it is")
    added = "ADD COLUMN grade text NOT NULL DEFAULT 'none'"
    alter("DROP COLUMN rank", "RENAME COLUMN abstract TO summary", added)
    plan_taking_back(change.entry).write()
    assert changed_since(before) == set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT grade FROM actors_actor WHERE id = %s", [row])
        assert cursor.fetchone() == ("none",)


def test_renamed_columns_are_read_from_the_migrations(monkeypatch: pytest.MonkeyPatch) -> None:
    def renames(*names: tuple[str, str]) -> SimpleNamespace:
        return SimpleNamespace(operations=[RenameField("Actor", *pair) for pair in names])

    migrations = {
        ("actors", "0098"): renames(("gist", "abstract"), ("whole", "part_of")),
        ("actors", "0099"): renames(("abstract", "summary")),
        ("auth", "0099"): renames(("name", "title")),
    }
    loader = SimpleNamespace(disk_migrations=migrations)
    monkeypatch.setattr(kinds, "MigrationLoader", lambda _connection: loader)
    renamed = kinds.renamed_columns.__wrapped__()["actor"]
    assert (renamed["gist"], renamed["abstract"]) == ("summary", "summary")
    assert renamed["whole_id"] == "part_of_id"
    assert "name" not in renamed


def test_a_plan_is_known_by_its_digest() -> None:
    actor = make_actor()
    with recorded_as(origin="change"):
        Actor.objects.filter(pk=actor.pk).update(note="1")
    first = plan_taking_back(entry("change"))
    assert first.digest == plan_taking_back(entry("change")).digest != Plan().digest

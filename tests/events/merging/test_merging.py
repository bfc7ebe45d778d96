"""Two records become one: nothing is lost, and it is taken back row by row."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Model

from actors.models import Actor, ActorName, Tenure
from config.db.changes import recorded_as
from config.http.former_slugs import present_slugs
from events.merging.planning import plan_merge
from events.merging.rules import GROUPS, LEFT_BEHIND, NOT_CHOSEN, RELATIONS, columns_of
from events.merging.undoing import plan_undoing
from events.merging.writing import Wishes, lock, write
from events.models import (
    Citation,
    DeletedEvent,
    Event,
    EventLink,
    FormerSlug,
    Location,
    MergedRecord,
    Participation,
    Source,
    Statement,
)
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


def merge(kept: Any, gone: Any, wishes: Wishes | None = None, **sides: str) -> MergedRecord:
    """With the sides that are proposed, but for these."""
    both = lock(type(kept), kept.pk, gone.pk)
    assert both
    proposed = {choice.name: choice.side for choice in plan_merge(*both).all_choices}
    both = lock(type(kept), kept.pk, gone.pk)
    assert both
    plan = plan_merge(*both, proposed | sides, is_locking=True)
    with recorded_as(origin="merge"):
        return write(plan, wishes or Wishes(language="en"))


def take_back(merged: MergedRecord) -> None:
    undoing = plan_undoing(merged)
    assert undoing.is_possible
    undoing.plan.write()


@pytest.mark.parametrize("model", [Actor, Location, Event, Source])
def test_every_relation_to_a_record_has_a_rule(model: type[Model]) -> None:
    found = {
        f"{each.related_model._meta.label_lower}.{each.field.name}"
        for each in model._meta.get_fields(include_hidden=True)
        if each.auto_created and not each.concrete and (each.one_to_many or each.one_to_one)
    }
    ruled = {f"{each.model._meta.label_lower}.{each.field}" for each in RELATIONS[model]}
    assert found - LEFT_BEHIND == ruled


@pytest.mark.parametrize("model", [Actor, Location, Event, Source])
def test_every_value_of_a_record_is_chosen(model: type[Model]) -> None:
    columns = {column.name for column in columns_of(model)}
    chosen = {name for group in GROUPS[model] for name in group.fields}
    assert columns - NOT_CHOSEN == chosen


def test_two_actors_with_two_hundred_events_become_one_and_two_again() -> None:
    kept, gone = make_actor(slug="kept"), make_actor(slug="gone", note="Another note.")
    paper = make_source()
    for number in range(200):
        event = make_event(*([kept, gone] if number % 10 == 0 else [gone]))
        cite(event.participations.get(actor=gone), paper, f"p. {number}")
    ActorName.objects.create(actor=gone, language="ru", name="Имя")
    made = make_statement(gone)
    make_statement(kept).audience.add(gone, kept)
    Tenure.objects.create(person=gone, office="Chief", body=make_actor(), began="2001")
    cite(gone, paper, "p. 1")
    before = checksums()
    merged = merge(kept, gone)
    assert {"actor", "participation", "citation", "tenure", "statement"} <= changed_since(before)
    assert not Actor.objects.filter(slug="gone").exists()
    assert kept.participations.count() == 200
    assert Citation.objects.filter(participation__actor=kept).count() == 200
    assert set(ActorName.objects.values_list("actor", "name")) == {
        (kept.pk, "Имя"),
        (kept.pk, "Gone"),
    }
    assert Statement.objects.get(pk=made.pk).speaker == kept
    take_back(merged)
    assert changed_since(before) == set()
    assert not MergedRecord.objects.exists()
    assert not FormerSlug.objects.exists()


def pair_of_events() -> tuple[Event, Event]:
    kept, gone = make_event(slug="kept"), make_event(slug="gone", location=make_location())
    actor, said = make_actor(), make_statement()
    for event in (kept, gone):
        cite(Participation.objects.create(event=event, actor=actor, role_id="participant"))
        cite(take_position(said, "denies", event=event), locator=f"p. {event.pk}")
    cite(take_position(make_statement(occasion=gone), "asserts", claim=make_claim(gone)))
    other = make_event()
    for start, end in ((gone, other), (other, gone), (other, kept), (gone, kept)):
        cite(EventLink.objects.create(from_event=start, relation="follows", to_event=end))
    Event.objects.filter(pk=gone.pk).update(standing="disputed")
    connection.check_constraints()  # they are in the facts
    return kept, gone


def test_two_events_become_one_with_all_that_is_said_of_them() -> None:
    kept, gone = pair_of_events()
    before, row = checksums(), gone.pk
    merged = merge(kept, gone)
    kept.refresh_from_db()
    assert kept.location is not None
    assert kept.standing == "reported"
    assert kept.participations.count() == 1
    position = kept.positions.get()
    # The citations of both stand on the one that stays.
    assert {c.locator for c in position.citations.all()} == {f"p. {kept.pk}", f"p. {row}"}
    assert kept.claims.count() == kept.statements_made.count() == 1
    links = EventLink.objects.values_list("from_event__slug", "to_event__slug")
    other = Event.objects.exclude(pk=kept.pk).get().slug
    assert set(links) == {("kept", other), (other, "kept")}
    assert DeletedEvent.objects.get().uuid == merged.gone
    take_back(merged)
    assert changed_since(before) == set()
    assert not DeletedEvent.objects.exists()


def test_a_link_from_an_event_to_itself_is_named_before_it_falls_away() -> None:
    kept, gone = pair_of_events()
    assert plan_merge(kept, gone).falls_away == [
        "A link would lead from the event to itself (follows)."
    ]


def test_two_places_become_one_with_what_lies_in_them() -> None:
    syria = make_location(kind="country")
    kept = make_location(slug="kept", kind="town")
    gone = make_location(
        slug="gone", kind="town", parent=syria, latitude=34.5, longitude=38.9, precision="town"
    )
    inner = make_location(parent=gone)
    make_location(parent=inner)
    make_event(location=gone)
    make_statement(location=gone)
    cite(gone, locator="p. 1", aspect="coordinates")
    cite(gone, locator="p. 2", aspect="name")
    before = checksums()
    merged = merge(kept, gone)
    kept.refresh_from_db()
    inner.refresh_from_db()
    assert (kept.parent, kept.latitude, kept.precision) == (syria, 34.5, "town")
    assert inner.lineage == [syria.pk, kept.pk, inner.pk]
    # What was read of the coordinates supports them still, and that of the name its own row.
    assert kept.citations.get().aspect == "coordinates"
    assert kept.names.get().citations.get().locator == "p. 2"
    take_back(merged)
    assert changed_since(before) == set()


def test_two_sources_become_one_and_none_is_found_in_itself() -> None:
    kept, gone = make_source(slug="kept"), make_source(slug="gone", url="https://example.org/")
    event = make_event()
    for source in (kept, gone):
        cite(event, source, "p. 9")
    cite(event, gone, "p. 1", access="second-hand", via=kept)
    cite(event, kept, "p. 2", access="second-hand", via=gone)
    cite(event, make_source(), "p. 3", access="second-hand", via=gone)
    before = checksums()
    plan = plan_merge(kept, gone)
    assert len(plan.falls_away) == 2
    merged = merge(kept, Source.objects.get(slug="gone"))
    kept.refresh_from_db()
    assert kept.url == "https://example.org/"
    found = dict(kept.citations.values_list("locator", "via"))
    assert {place: found[place] for place in ("p. 1", "p. 2", "p. 9")} == {
        "p. 1": None,
        "p. 2": None,
        "p. 9": None,
    }
    assert Citation.objects.get(locator="p. 3").via == kept
    take_back(merged)
    assert changed_since(before) == set()


@pytest.mark.parametrize("is_kept_inside", [True, False])
def test_a_part_is_merged_with_its_whole(is_kept_inside: bool) -> None:
    top = make_actor()
    whole = make_actor(part_of=top)
    part = make_actor(part_of=whole)
    below = make_actor(part_of=part)
    before = checksums()
    kept, gone = (part, whole) if is_kept_inside else (whole, part)
    assert len(plan_merge(*fresh(kept, gone)).falls_away) == 1
    merged = merge(kept, gone)
    kept.refresh_from_db()
    below.refresh_from_db()
    assert kept.part_of == top
    assert below.lineage == [top.pk, kept.pk, below.pk]
    take_back(merged)
    assert changed_since(before) == set()


def fresh(*records: Any) -> list[Any]:
    return [type(record)._default_manager.get(pk=record.pk) for record in records]


def test_what_lies_deep_within_the_other_is_refused_until_the_sides_are_swapped() -> None:
    whole = make_actor(name="Whole")
    deep = make_actor(name="Deep", part_of=make_actor(part_of=whole))
    assert list(plan_merge(*fresh(deep, whole)).blockers) == [
        "“Deep” lies deep within “Whole”. Swap the sides: then it can be merged."
    ]
    before = checksums()
    merged = merge(whole, deep)
    assert not Actor.objects.filter(pk=deep.pk).exists()
    take_back(merged)
    assert changed_since(before) == set()


def test_offices_at_the_same_time_and_of_oneself_are_refused() -> None:
    kept, gone = make_actor(name="Kept"), make_actor(name="Gone")
    for person, began in ((kept, "2001"), (gone, "2002")):
        Tenure.objects.create(
            person=person, office="Chief", began=began, began_is="real", ended="2009"
        )
    Tenure.objects.create(person=gone, office="Member", body=kept, began="2001")
    assert list(plan_merge(kept, gone).blockers) == [
        "Both hold the office “Chief” at the same time. Make one of the two.",
        "“Kept” would hold an office of its own: Member. Change that first.",
    ]
    with pytest.raises(ValueError, match="blockers"):
        write(plan_merge(kept, gone), Wishes(language="en"))


def test_the_same_name_is_kept_once_with_the_citations_of_both() -> None:
    kept, gone = make_actor(name="Same"), make_actor(name="Same")
    paper = make_source()
    for actor, locator in ((kept, "p. 1"), (gone, "p. 1"), (gone, "p. 2")):
        name, _is_new = ActorName.objects.get_or_create(actor=actor, language="ru", name="Имя")
        cite(name, paper, locator)
    merge(kept, gone)
    assert {c.locator for c in ActorName.objects.get().citations.all()} == {"p. 1", "p. 2"}
    assert Citation.objects.count() == 2


def test_the_slug_of_a_record_that_went_twice_leads_on_and_is_given_to_no_other() -> None:
    first, second, third = (make_actor(slug=slug, name="A") for slug in ("one", "two", "three"))
    merge(second, first)
    last = merge(third, second)
    assert present_slugs(Actor.objects.all(), "slug", ["one", "two"]) == {
        "one": "three",
        "two": "three",
    }
    with pytest.raises(IntegrityError, match="former one"), transaction.atomic():
        make_actor(slug="one")
    take_back(last)
    assert present_slugs(Actor.objects.all(), "slug", ["one"]) == {"one": "two"}


def test_what_the_rows_belong_to_may_be_gone_by_the_time_it_is_taken_back() -> None:
    kept, gone = make_actor(name="A"), make_actor(name="A")
    event = make_event(kept, gone)
    merged = merge(kept, gone)
    event.delete()
    undoing = plan_undoing(merged)
    assert [why for _name, why in undoing.left] == ["what it belongs to was deleted since"]
    undoing.plan.write()
    assert Actor.objects.filter(pk=gone.pk).exists()


def test_an_edit_of_the_kept_record_stays_and_is_named() -> None:
    kept, gone = make_actor(name="Kept"), make_actor(name="Gone", note="Its note.")
    merged = merge(kept, gone)
    Actor.objects.filter(pk=kept.pk).update(note="Written anew.")
    undoing = plan_undoing(merged)
    assert undoing.left == [("actor: Kept", "was changed since")]
    undoing.plan.write()
    assert set(Actor.objects.values_list("note", flat=True)) == {"Written anew.", "Its note."}

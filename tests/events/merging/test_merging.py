"""Two records become one: nothing is lost, and it is taken back row by row."""

from typing import Any

import pytest
from django.db.models import Model

from actors.models import Actor, ActorName, Tenure
from config.db.changes import recorded_as
from events.merging.planning import plan_merge
from events.merging.rules import GROUPS, LEFT_BEHIND, NOT_CHOSEN, RELATIONS, columns_of
from events.merging.undoing import plan_undoing
from events.merging.writing import Wishes, lock, write
from events.models import (
    Citation,
    Claim,
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
    make_kind,
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
    assert set(ActorName.objects.values_list("actor", "name")) == {(kept.pk, "Имя"), (kept.pk, "Gone")}
    assert Statement.objects.get(pk=made.pk).speaker == kept
    take_back(merged)
    assert changed_since(before) == set()
    assert not MergedRecord.objects.exists()
    assert not FormerSlug.objects.exists()

"""What the desk asks of records: which rows each question finds, and none beside them."""

from typing import Any

import pytest
from django.contrib.admin import site
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from django.test import Client

from actors.models import Actor, ActorName, Tenure
from events.desk.questions import FACTS, needs_of
from events.desk.rows import Answer, answers_of, groups_for
from events.models import (
    Claim,
    Event,
    EventLink,
    Location,
    LocationName,
    Participation,
    Position,
    Source,
    Statement,
)
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


def found(model: Any, name: str) -> set[Any]:
    return set(needs_of(model)[name].find(model.objects.all()))


def draft_event(**values: Any) -> Event:
    event = make_event(state="draft", **values)
    event.citations.all().delete()
    return event


def test_a_part_in_a_published_event_without_a_source_is_seen_by_readers() -> None:
    event = make_event(make_actor(), make_actor(), make_actor(state="draft"))
    cited, uncited, of_draft = event.participations.order_by("pk")
    cite(cited)
    assert found(Participation, "uncited-public") == {uncited}
    assert found(Participation, "uncited-draft") == {of_draft}
    cite(uncited, make_source(state="draft"))
    assert found(Participation, "uncited-public") == {uncited}


def test_what_belongs_to_a_withdrawn_event_needs_no_source() -> None:
    event = make_event(make_actor(), state="withdrawn")
    assert not found(Participation, "uncited-public") | found(Participation, "uncited-draft")
    assert event.participations.count() == 1


# The database publishes none of these without a citation.
NEVER_UNCITED = (Event, Claim, Statement)
UNCITED = [(model, False) for model in FACTS]
UNCITED += [(model, True) for model in FACTS if model not in NEVER_UNCITED]


def make_uncited(model: type[Model], *, is_public: bool) -> Any:
    """A record of the kind without a citation, which the public may see or not."""
    state = "published" if is_public else "draft"
    event = make_event(state=state)
    actor = make_actor(state=state)
    if model in NEVER_UNCITED:
        makers: dict[Any, Any] = {Event: make_event, Claim: make_claim, Statement: make_statement}
        record = makers[model](state="draft")
        record.citations.all().delete()
        return record
    if model is EventLink:
        return EventLink.objects.create(
            from_event=event, to_event=make_event(), relation="responds-to"
        )
    if model is Position:
        return take_position(make_statement(state=state), "denies", event=event)
    made: dict[Any, Any] = {
        Participation: lambda: Participation.objects.create(
            event=event, actor=make_actor(), role_id="host"
        ),
        Tenure: lambda: Tenure.objects.create(person=actor, office="Minister"),
        Actor: lambda: actor,
        ActorName: lambda: ActorName.objects.create(actor=actor, language="en", name="Alias"),
        Location: lambda: make_location(state=state),
        LocationName: lambda: LocationName.objects.create(
            location=make_location(state=state), language="en", name="Alias"
        ),
    }
    return made[model]()


@pytest.mark.parametrize(("model", "is_public"), UNCITED)
def test_every_kind_of_fact_is_asked_for_its_source(model: Any, is_public: bool) -> None:
    record = make_uncited(model, is_public=is_public)
    name, other = ("uncited-public", "uncited-draft")[:: 1 if is_public else -1]
    assert record in found(model, name)
    assert record not in found(model, other)
    cite(record)
    assert record not in found(model, name)


def test_events_in_one_source_are_those_that_nothing_else_supports() -> None:
    first, second = make_source(), make_source()
    with transaction.atomic():
        alone = make_event()
        cite(alone, first, "¶2")
    both = make_event()
    cite(both, second)
    withdrawn = make_event(state="withdrawn")
    assert found(Event, "one-source") == {alone}
    assert both not in found(Event, "one-source")
    assert withdrawn not in found(Event, "one-source")


def test_events_without_place_or_date() -> None:
    whole = make_event(location=make_location())
    undated = make_event(date="", location=make_location(), state="draft")
    nowhere = make_event()
    make_event(date="", state="withdrawn")
    assert found(Event, "place") == {nowhere}
    assert found(Event, "date") == {undated}
    assert whole not in found(Event, "place") | found(Event, "date")


def test_statements_without_a_position() -> None:
    silent, taken = make_statement(), make_statement()
    take_position(taken, "denies", event=make_event())
    make_statement(state="withdrawn")
    assert found(Statement, "position") == {silent}


def test_sources_without_an_address() -> None:
    make_source(slug="kept", archived_url="https://archive.example/1")
    without = make_source()
    make_source(url="https://example.org/")
    make_source(state="withdrawn")
    assert found(Source, "address") == {without}


def test_drafts_that_published_records_use() -> None:
    actor, speaker, place, source = (
        make_actor(state="draft"),
        make_actor(state="draft"),
        make_location(state="draft"),
        make_source(state="draft"),
    )
    event = make_event(actor, location=place)
    statement = make_statement(speaker)
    cite(event, source)
    answered, claim, other = (
        make_statement(state="draft"),
        make_claim(state="draft"),
        make_event(state="draft"),
    )
    take_position(statement, "denies", answered=answered)
    take_position(statement, "denies", claim=claim)
    take_position(statement, "denies", event=other)
    make_event(make_actor(state="draft"), location=make_location(state="draft"), state="draft")
    assert found(Actor, "publishing") == {actor, speaker}
    assert found(Location, "publishing") == {place}
    assert found(Source, "publishing") == {source}
    assert found(Statement, "publishing") == {answered}
    assert found(Claim, "publishing") == {claim}
    assert found(Event, "publishing") == {other}


def test_doubles_have_a_name_in_common_however_it_is_written() -> None:
    own, other = make_actor(name="Émile-Zola"), make_actor(name="Somebody")
    other.names.create(language="fr", name="emile zola")
    twice = make_actor(name="Twice")
    twice.names.create(language="fr", name="Twice")
    make_actor(name="Emile Zola", state="withdrawn")
    assert found(Actor, "double") == {own, other}
    towns = {make_location(name="Djibo"), make_location(name="djibo")}
    make_location(name="Dori")
    assert found(Location, "double") == towns


@pytest.mark.parametrize(
    ("answer", "cause", "is_impossible"),
    [
        ("2017-04-03", "2017-04-04", True),
        ("2017-03", "2017-04", True),
        ("2017-04-04", "2017-04-04", False),
        ("2017-04", "2017-04-20", False),
        ("2017-04-03~", "2017-04-04", False),
        ("2017-04-03", "2017-04-04?", False),
        ("", "2017-04-04", False),
        ("2017-04-03", "", False),
        ("../2017-04-03", "2017-04-04", True),
    ],
)
def test_an_answer_before_its_cause_is_impossible_where_no_date_is_in_doubt(
    answer: str, cause: str, is_impossible: bool
) -> None:
    link = EventLink.objects.create(
        from_event=make_event(date=answer),
        to_event=make_event(date=cause),
        relation="responds-to",
    )
    assert found(EventLink, "impossible") == ({link} if is_impossible else set())
    EventLink.objects.update(relation="part-of")
    assert found(EventLink, "impossible") == set()


@pytest.mark.parametrize(
    ("began", "ended", "is_impossible"),
    [
        ("2018", "2017", True),
        ("2017", "2017", False),
        ("", "2017", False),
        ("2018", "", False),
        ("2018~", "2017", False),
    ],
)
def test_an_office_that_ends_before_it_begins_is_impossible(
    began: str, ended: str, is_impossible: bool
) -> None:
    office = Tenure.objects.create(
        person=make_actor(), office="Minister", began=began, ended=ended, began_is="real"
    )
    assert found(Tenure, "impossible") == ({office} if is_impossible else set())


def log(user: User, record: Any, flag: int) -> None:
    kind = ContentType.objects.get_for_model(record)
    LogEntry.objects.create(
        user=user,
        content_type=kind,
        object_id=str(record.pk),
        object_repr=str(record),
        action_flag=flag,
    )


def test_my_drafts_are_those_that_i_entered(admin_client: Client, admin_user: User) -> None:
    other = User.objects.create_superuser("other")
    mine, changed, theirs = draft_event(slug="mine"), draft_event(), draft_event()
    log(admin_user, mine, ADDITION)
    log(admin_user, changed, CHANGE)
    log(other, theirs, ADDITION)
    log(admin_user, make_event(), ADDITION)
    page = admin_client.get("/admin/events/event/?state__exact=draft&entered_by=me")
    assert list(page.context["cl"].result_list) == [mine]
    nobody = admin_client.get("/admin/events/event/?entered_by=you")
    assert list(nobody.context["cl"].result_list) == []


@pytest.fixture
def answers(admin_client: Client, admin_user: User, rf: Any) -> list[Answer]:
    """Of a chronology in which every row of the desk has some record."""
    for model in FACTS:
        make_uncited(model, is_public=False)
        if model not in NEVER_UNCITED:
            make_uncited(model, is_public=True)
    for maker in (make_actor, make_location):
        for _time in range(2):
            maker(name="Twice")
    event = make_event(make_actor(state="draft"), location=make_location(state="draft"))
    cite(event, make_source(state="draft"))
    make_event(date="", location=None)
    EventLink.objects.create(
        from_event=make_event(date="2016"), to_event=make_event(date="2017"), relation="follows"
    )
    Tenure.objects.create(person=make_actor(), office="Mayor", began="2018", ended="2017")
    make_statement()
    for record in (draft_event(), make_actor(state="draft")):
        log(admin_user, record, ADDITION)
    request = rf.get("/admin/")
    request.user = admin_user
    return [
        answer for group in groups_for(admin_user) for answer in answers_of(group, site, request)
    ]


def test_each_number_is_that_of_the_list_behind_it(
    answers: list[Answer], admin_client: Client
) -> None:
    assert [answer.row.label for answer in answers if not answer.number] == []
    for answer in answers:
        for counted in answer.counted:
            listed = admin_client.get(counted.part.address).context["cl"]
            assert listed.result_count == counted.number, counted.part.address
            keys = {row.pk for row in listed.result_list}
            assert keys == set(counted.part.rows.values_list("pk", flat=True))
        newest = answer.counted[0].part.rows.order_by("-pk").first()
        assert answer.example == newest


def test_an_unknown_need_finds_nothing(admin_client: Client) -> None:
    make_event()
    page = admin_client.get("/admin/events/event/?needs=nonsense")
    assert list(page.context["cl"].result_list) == []

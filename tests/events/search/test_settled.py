"""What profiles tell of their events' words: never wrong, whoever writes at what time."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client

from config.rows import fetch
from events.filters import EventFilterSet
from events.models import Event, EventFacts, Profile, ProfileWords
from events.search.query import parse
from events.search.settled import Told, count_told, is_excluded, judged
from events.search.spelling import understand
from tests.factories import make_actor, make_event, make_location
from tests.searching import (
    assert_words_are_sound,
    events_with,
    keep_words_of_few,
    settle_profiles,
)


def judgements(words: str) -> dict[int, tuple[bool, bool]]:
    rows = fetch(*judged(parse(words)))
    return {pk: (sure, may_be) for pk, sure, may_be, *_rest in rows}


@contextmanager
def another_session() -> Iterator[Any]:
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SET lock_timeout = '200ms'")
            yield cursor
    finally:
        other.close()


# All events of `alike` answer to these but those that have what is excluded.
ALL_BUT = {"-gamma", "alpha -gamma", '-"alpha beta"', "the -gamma", "alpha -gamma -delta"}
TITLES = "UPDATE events_event SET title = %s WHERE id = %s"


@pytest.fixture
def alike() -> Profile:
    """Three events of one profile: each has alpha and beta, in some order, and one has gamma."""
    keep_words_of_few(2)
    actor = make_actor(name="Somebody")
    for title in ("Alpha beta", "Beta alpha gamma", "Alpha beta"):
        make_event(actor, title=title)
    make_event(title="Delta alone")
    [row] = ProfileWords.objects.all()
    return row.profile


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "judgement"),
    [
        ("alpha", (True, True)),
        ("alphas beta", (True, True)),
        ("somebody", (True, True)),
        ("the alpha", (True, True)),
        ("gamma", (False, True)),
        ("alpha gamma", (False, True)),
        ("alpha or delta", (True, True)),
        ("delta or gamma", (False, True)),
        ("delta", (False, False)),
        ("alpha delta", (False, False)),
        ("-delta", (True, True)),
        ("-gamma", (False, True)),
        ("-alpha", (False, False)),
        ("alpha -delta", (True, True)),
        ("alpha -gamma", (False, True)),
        ("alpha -gamma -delta", (False, True)),
        ("gamma -alpha", (False, False)),
        ('gamma -"alpha beta"', (False, True)),
        ("alpha -gamma or gamma", (False, True)),
        ("alpha -beta", (False, False)),
        ("the -gamma", (False, True)),
        ("the -delta", (True, True)),
        ("the -alpha", (False, False)),
        ("alpha -the", (True, True)),
        ("-delta -the", (True, True)),
        ("-alpha or gamma", (False, True)),
        # They stand in one order here and in another there.
        ('"alpha beta"', (False, True)),
        ('alpha "beta delta"', (False, False)),
        ('-"alpha beta"', (False, True)),
        ('-"alpha delta"', (True, True)),
    ],
)
def test_profiles_tell_of_all_their_events_or_of_none(
    alike: Profile, words: str, judgement: tuple[bool, bool]
) -> None:
    assert judgements(words) == {alike.pk: judgement}
    matched = events_with(words).filter(facts__profile=alike).count()
    if judgement != (False, True):
        assert matched == (3 if judgement[0] else 0)
    # The one that is alone has a profile of which nothing is known.
    sure, unknown = 3 if judgement[0] else 0, 4 if judgement == (False, True) else 1
    are_all_but = words in ALL_BUT
    # All have alpha and beta as often, if not in one order.
    wanted = {term.text for term in parse(words).wanted}
    is_ranked = judgement == (False, False) or "gamma" not in wanted
    told = Told(
        sure,
        unknown - 3 if are_all_but else unknown,
        3 if are_all_but else 0,
        1 if is_ranked else 4,
    )
    assert fetch(*count_told(parse(words))) == [(list(told),)]
    if are_all_but:
        excluded = EventFacts.objects.filter(is_excluded(parse(words)), profile=alike)
        assert matched == 3 - excluded.count()
    understood = understand(words)
    assert understood.told == (told if understood.meant == understood.asked else None)


@pytest.mark.django_db
def test_a_phrase_is_told_where_all_have_it_at_one_place() -> None:
    keep_words_of_few(2)
    actor = make_actor(name="Government of Syria")
    for title in ("Alpha beta one", "Alpha beta two", "Alpha beta two"):
        make_event(actor, title=title, summary="It's a \\ 'quote'.")
    [profile] = Profile.objects.filter(facts__isnull=False).distinct()
    for phrase, judgement in (
        ('"alpha beta"', (True, True)),
        ('"government of syria"', (True, True)),
        ('"beta alpha"', (False, True)),
        ('"beta two"', (False, True)),
        ('-"beta alpha"', (False, True)),
        ('-"alpha beta"', (False, False)),
        ('alpha -"alpha gamma"', (True, True)),
    ):
        assert judgements(phrase) == {profile.pk: judgement}, phrase
    # A title that is longer moves the names behind it.
    make_event(actor, title="Alpha beta number three")
    assert judgements('"alpha beta"') == {profile.pk: (True, True)}
    assert judgements('"government of syria"') == {profile.pk: (False, True)}
    assert_words_are_sound()


@pytest.mark.django_db
def test_what_is_alike_is_ranked_as_one() -> None:
    keep_words_of_few(2)
    actor = make_actor(name="It's a 'name'")
    for title in ("Alpha \\ beta", "Beta and alpha", "Alpha alpha gamma beta"):
        make_event(actor, title=title, summary="Alpha is told.")

    def ranks(words: str) -> tuple[float | None, set[float]]:
        query = parse(words)
        [row] = fetch(*judged(query, are_ranked=True))
        events = EventFacts.objects.ranked(query)
        return row[-1], set(events.values_list("relevance", flat=True))

    for words in ("beta", "told or beta", "name", "nothing", "-gamma", "beta told -gamma"):
        rank, of_each = ranks(words)
        assert {rank} == of_each, words
    # One has it twice, another not at all.
    for words in ("alpha", "gamma", "beta gamma", '"alpha gamma"'):
        rank, of_each = ranks(words)
        assert rank is None, words
        assert len(of_each) > 1, words
    Event.objects.filter(title__startswith="Beta").update(title="Other")
    assert_words_are_sound()
    assert ranks("beta")[0] is None
    # Where half of a profile changes, all of it is read anew.
    Event.objects.update(title="Alpha")
    assert_words_are_sound()
    rank, of_each = ranks("alpha")
    assert {rank} == of_each


@pytest.mark.django_db
def test_words_follow_their_events(alike: Profile) -> None:
    first, second, _third = Event.objects.filter(facts__profile=alike).order_by("pk")
    Event.objects.filter(pk=first.pk).update(title="Epsilon beta")
    assert judgements("alpha") == judgements("epsilon") == {alike.pk: (False, True)}
    assert judgements("beta") == {alike.pk: (True, True)}
    # An event that goes takes no word away: what any may have is no promise.
    second.delete()
    assert judgements("gamma") == {alike.pk: (False, True)}
    assert_words_are_sound()
    # What all events get is told of all.
    alike.facts.get(event=first).event.participations.get().actor.names.create(
        language="fr", name="Zeta"
    )
    assert judgements("zeta") == {alike.pk: (True, True)}
    assert judgements("gamma") == {alike.pk: (False, False)}
    assert_words_are_sound()


@pytest.mark.django_db
def test_what_is_meant_is_told_of_too(alike: Profile) -> None:
    for words, sure in (("alpho", 3), ("alpho qwertz", 0), ("alpho or qwertz", 3)):
        understood = understand(words)
        assert [c.asked.text for c in understood.corrections] == ["alpho"]
        assert understood.told == Told(sure, 1, 0, 1)


@pytest.mark.django_db
def test_words_of_events_that_are_gone_are_unknown(alike: Profile) -> None:
    assert not understand("gamma").unknown
    Event.objects.filter(facts__profile=alike).delete()
    assert understand("gamma").unknown == ("gamma",)
    assert understand("gamma").told == Told(0, 1, 0, 1)


@pytest.mark.django_db
def test_the_command_reads_what_is_not_known(alike: Profile) -> None:
    ProfileWords.objects.create(profile=alike)
    for said in ("Profiles whose words were read: 1.", ""):
        out = StringIO()
        call_command("settle_profiles", stdout=out)
        assert out.getvalue().strip() == said
        assert judgements("alpha") == {alike.pk: (True, True)}


@pytest.mark.django_db
def test_few_events_are_not_worth_it() -> None:
    keep_words_of_few(3)
    actor = make_actor()
    for _ in range(2):
        make_event(actor)
    assert not ProfileWords.objects.exists()
    make_event(actor)
    assert ProfileWords.objects.count() == 1


@pytest.mark.django_db
def test_more_words_than_are_worth_it_are_not_known(alike: Profile) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT vector_of(array_agg('word' || n)) FROM generate_series(1, 50000) n")
        assert cursor.fetchone() == (None,)
        cursor.execute("SELECT vector_of('{}'), vector_of('{b,a}')")
        assert cursor.fetchone() == ("", "'a' 'b'")
    ProfileWords.objects.update(ever=None)
    assert judgements("alpha") == {}
    make_event(Event.objects.order_by("pk")[0].participations.get().actor, title="Alpha")
    assert_words_are_sound()


@pytest.fixture
def committed(transactional_db: None) -> Iterator[list[Event]]:
    """Three events of one profile that other sessions see."""
    keep_words_of_few(3)
    actor = make_actor(name="Somebody")
    yield [make_event(actor, title="Alpha") for _ in range(3)]
    keep_words_of_few(25)


def test_two_writers_do_not_wait_and_leave_nothing_that_is_wrong(committed: list[Event]) -> None:
    first, second, _third = committed
    with another_session() as other:
        with transaction.atomic():
            Event.objects.filter(pk=first.pk).update(title="Beta")
            other.execute(TITLES, ["Gamma", second.pk])
            # Seen by nobody yet: neither the first writer's words nor that the second came by.
            assert_words_are_sound()
        assert_words_are_sound()
        assert judgements("alpha") == {}
        assert settle_profiles() == 1
        [profile] = {facts.profile_id for facts in EventFacts.objects.all()}
        assert judgements("alpha") == {profile: (False, True)}
        assert judgements("somebody") == {profile: (True, True)}


def test_nothing_is_settled_while_another_writes(committed: list[Event]) -> None:
    first, second, _third = committed
    ProfileWords.objects.all().delete()
    with another_session() as other:
        other.execute("BEGIN")
        other.execute(TITLES, ["Beta", first.pk])
        assert settle_profiles() == 0
        Event.objects.filter(pk=second.pk).update(title="Gamma")
        other.execute("COMMIT")
    assert_words_are_sound()
    # The other could still settle when it began; who came then left a doubt.
    assert judgements("alpha") == {}
    assert settle_profiles() == 1
    assert_words_are_sound()


def test_a_writer_beside_one_who_settles_leaves_a_doubt(committed: list[Event]) -> None:
    first, _second, _third = committed
    ProfileWords.objects.all().delete()
    with another_session() as other:
        with transaction.atomic():
            assert settle_profiles() == 1
            other.execute(TITLES, ["Beta", first.pk])
        assert_words_are_sound()
        assert judgements("alpha") == {}
        assert settle_profiles() == 1
        assert_words_are_sound()


def test_a_writer_who_may_see_an_older_state_leaves_a_doubt(committed: list[Event]) -> None:
    with another_session() as other:
        other.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        other.execute(TITLES, ["Gamma", committed[0].pk])
        other.execute("SELECT settle_profiles()")
        assert other.fetchone() == (0,)
        other.execute("COMMIT")
    assert judgements("alpha") == {}
    assert_words_are_sound()


@pytest.mark.django_db
def test_pages_are_counted_by_profiles_where_these_tell_most(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_words_of_few(3)
    actor, place = make_actor(slug="a"), make_location(slug="p", parent=make_location(slug="land"))
    for number in range(4):
        make_event(actor, title=f"Alpha {number}", date=f"2017-0{number + 1}-05", location=place)
    make_event(title="Alpha alone", date="2016-12/2017-01")
    make_event(title="Beta", date="2018")
    monkeypatch.setattr("events.search.settled.SETTLED", 4)

    def is_settled(query: str) -> bool:
        filters = EventFilterSet(
            client.get(f"/events/?{query}").wsgi_request.GET, queryset=Event.objects.published()
        )
        return filters.is_settled

    assert is_settled("q=alpha")
    assert is_settled("q=alpha&actor=a&since=2017-02&year=2017&location=land")
    assert is_settled("q=alpha&location=p")
    # What a misspelt word means is settled too.
    assert is_settled("q=alpho")
    # Too few.
    assert not is_settled("q=alone")
    for query, number in (
        ("q=alpha", 5),
        ("q=-beta", 5),
        ("q=alpha&since=2017-02-05&until=2017-03", 2),
        ("q=alpha&until=2017-01-01", 1),
        ("q=alpha&year=2016", 1),
        ("q=alpha&actor=a&location=land", 4),
        ("q=alpha&location=p&since=2017-02", 3),
        ("q=alpho", 5),
    ):
        assert client.get(f"/events/?{query}").context["page"].count == number, query
    places = client.get("/events/?q=alpha&location=land").context["facets"]
    [found] = [facet for facet in places if facet.name == "location"]
    assert [(value.value, value.count) for value in found.values] == [("land", 4), ("p", 4)]

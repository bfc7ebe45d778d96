"""Records with many rows: shown in parts of fifty, saved part by part, in as few queries."""

from collections.abc import Callable
from itertools import product
from string import ascii_lowercase
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext

from actors.models import Actor, ActorName, Country, CountryName, Tenure
from events.models import (
    Citation,
    Claim,
    Event,
    EventLink,
    EventType,
    Location,
    LocationName,
    Participation,
    Position,
    Scale,
    ScaleScore,
    Source,
    Statement,
)
from events.models.support import target_of
from tests.curating import address, inline_row, opened, problems
from tests.factories import (
    make_actor,
    make_country,
    make_event,
    make_kind,
    make_location,
    make_source,
    make_statement,
)

pytestmark = pytest.mark.django_db


def make_many(model: type[Model], number: int, make: Callable[[str], dict[str, Any]]) -> list[Any]:
    """In one write: triggers go over a record once, and not for each of its rows."""
    stem = f"many-{model._meta.model_name}-{model._default_manager.count()}"
    return model._default_manager.bulk_create(
        model(**make(f"{stem}-{position}")) for position in range(number)
    )


def many_actors(number: int) -> list[Actor]:
    return make_many(Actor, number, lambda slug: {"slug": slug, "name": slug, "kind_id": "other"})


def many_events(number: int) -> list[Event]:
    kind = make_kind()
    return make_many(
        Event,
        number,
        lambda slug: {"slug": slug, "title": slug, "kind": kind, "standing": "reported"},
    )


def many_claims(number: int, **values: Any) -> list[Claim]:
    return make_many(Claim, number, lambda slug: {"slug": slug, "text": slug} | values)


def with_participations(number: int, **values: Any) -> Event:
    event = make_event(**values)
    Participation.objects.bulk_create(
        Participation(event=event, actor=actor, role_id="host") for actor in many_actors(number)
    )
    return event


def cite_often(record: Model, number: int) -> None:
    sources = make_many(
        Source, number, lambda slug: {"slug": slug, "title": slug, "kind": "article"}
    )
    Source.objects.filter(pk__in=[source.pk for source in sources]).update(state="published")
    target: dict[str, Any] = {target_of(record): record, "via": make_source()}
    Citation.objects.bulk_create(
        Citation(source=source, access="second-hand", locator=source.slug, **target)
        for source in sources
    )


def full_event(number: int) -> Event:
    event = with_participations(number)
    cite_often(event, number)
    many_claims(number, event=event)
    EventLink.objects.bulk_create(
        EventLink(from_event=event, relation="follows", **target)
        for other, claim in zip(many_events(number), many_claims(number), strict=True)
        for target in ({"to_event": other}, {"to_claim": claim})
    )
    return event


def full_statement(number: int) -> Statement:
    statement = make_statement()
    cite_often(statement, number)
    speakers = many_actors(number)
    said = Statement.objects.bulk_create(
        Statement(speaker=speaker, paraphrase="Something") for speaker in speakers
    )
    rows = zip(many_claims(number), many_events(number), said, strict=True)
    Position.objects.bulk_create(
        Position(statement=statement, stance="denies", **target)
        for claim, event, other in rows
        for target in ({"claim": claim}, {"event": event}, {"answered": other})
    )
    return statement


def full_actor(number: int) -> Actor:
    actor = make_actor()
    cite_often(actor, number)
    ActorName.objects.bulk_create(
        ActorName(actor=actor, language="ru", name=f"Имя {position}") for position in range(number)
    )
    Tenure.objects.bulk_create(
        Tenure(person=actor, office="Mayor", body=body, began=f"{1000 + n}", ended=f"{1000 + n}")
        for n, body in enumerate(many_actors(number))
    )
    return actor


def full_location(number: int) -> Location:
    location = make_location()
    cite_often(location, number)
    LocationName.objects.bulk_create(
        LocationName(location=location, language="ru", name=f"Имя {n}") for n in range(number)
    )
    return location


def full_country(number: int) -> Country:
    country = make_country(f"A{chr(65 + number % 26)}Z", f"Country {number}")
    cite_often(country, number)
    tags = [a + b for a, b in product(ascii_lowercase, repeat=2)][:number]
    CountryName.objects.bulk_create(
        CountryName(country=country, language=tag, name=f"Land {tag}") for tag in tags
    )
    return country


def full_scale(number: int) -> Scale:
    scale = Scale.objects.create(
        name="Scale", version=str(number), low=-10, high=10, reference="A paper"
    )
    kinds = make_many(
        EventType, number, lambda slug: {"slug": slug, "name": slug, "quad": "neutral"}
    )
    ScaleScore.objects.bulk_create(ScaleScore(scale=scale, kind=kind, score=1) for kind in kinds)
    return scale


def full_participation(number: int) -> Participation:
    participation = with_participations(1).participations.get()
    cite_often(participation, number)
    return participation


def count(ask: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as captured:
        ask()
    return len(captured)


@pytest.mark.parametrize(
    ("make", "refused"),
    [
        (full_event, {"title": ""}),
        (full_statement, {"paraphrase": ""}),
        (full_actor, {"name": ""}),
        (full_location, {"name": ""}),
        (full_country, {"name": ""}),
        (full_scale, {"name": ""}),
        (full_participation, {"role": ""}),
    ],
)
def test_opening_and_saving_ask_as_often_for_three_hundred_rows_as_for_three(
    admin_client: Client, make: Callable[[int], Model], refused: dict[str, str]
) -> None:
    def asked(number: int) -> list[int]:
        page = address(make(number), "change")
        data: dict[str, Any] = {}
        return [
            count(lambda: data.update(opened(admin_client, page))),
            count(lambda: problems(admin_client.post(page, data | refused))),
            count(lambda: saved(admin_client.post(page, data))),
        ]

    def saved(response: Any) -> None:
        assert response.status_code == 302, response.content.decode()

    asked(1)  # fills the cache of content types
    few, many = asked(3), asked(300)
    # The page of an event reads the claims and the citations of its other parts, too.
    elsewhere = 2 if make is full_event else 0
    assert many == [few[0] + elsewhere, *few[1:]]
    assert many[0] <= 25
    assert max(many) <= 60


def shown(page: Any, prefix: str) -> list[str]:
    """Names of the rows of an inline."""
    (formset,) = (
        inline.formset
        for inline in page.context["inline_admin_formsets"]
        if inline.formset.prefix == prefix
    )
    return [str(form.instance) for form in formset.initial_forms]


def test_rows_over_fifty_are_shown_in_parts(admin_client: Client) -> None:
    event = with_participations(202)
    page = address(event, "change")
    rows = [str(row) for row in event.participations.order_by("pk")]
    html = admin_client.get(page).content.decode()
    assert "Who took part: rows 1–50 of 202." in html
    assert 'href="?participations-part=5#participations-group"' in html
    assert "Citations: rows" not in html
    for number, (start, end) in enumerate([(0, 50), (50, 100), (100, 150), (150, 200), (200, 202)]):
        part = admin_client.get(f"{page}?participations-part={number + 1}")
        assert shown(part, "participations") == rows[start:end]
        assert f"rows {start + 1}–{end} of 202." in part.content.decode()


def test_fifty_rows_are_one_part(admin_client: Client) -> None:
    event = with_participations(50)
    page = admin_client.get(address(event, "change"))
    assert "row-parts" not in page.content.decode()
    assert len(shown(page, "participations")) == 50


@pytest.mark.parametrize(
    ("asked", "first"),
    [("0", 0), ("-1", 0), ("x", 0), ("", 0), ("1.5", 0), ("3", 50), ("9" * 18, 50), ("9" * 40, 0)],
)
def test_part_that_is_not_there_is_the_nearest(
    admin_client: Client, asked: str, first: int
) -> None:
    event = with_participations(60)
    rows = [str(row) for row in event.participations.order_by("pk")]
    page = f"{address(event, 'change')}?participations-part={asked}"
    assert shown(admin_client.get(page), "participations") == rows[first : first + 50]


def test_links_to_parts_keep_the_other_parts_and_the_filter_of_the_list(
    admin_client: Client,
) -> None:
    event = with_participations(60)
    cite_often(event, 60)
    query = "_changelist_filters=state__exact%3Ddraft&citations-part=2"
    html = admin_client.get(f"{address(event, 'change')}?{query}").content.decode()
    kept = query.replace("&", "&amp;")
    assert f'href="?{kept}&amp;participations-part=2#participations-group"' in html
    assert "Citations: rows 51–61 of 61." in html


def test_saving_a_part_changes_its_rows_and_leaves_all_others(admin_client: Client) -> None:
    event = with_participations(120)
    page = f"{address(event, 'change')}?participations-part=2"
    before = list(event.participations.order_by("pk").values())
    data = opened(admin_client, page) | {"_continue": "1", "title": "New title"}
    assert data["participations-INITIAL_FORMS"] == 50
    data |= {"participations-0-note": "Changed", "participations-1-DELETE": "on"}
    data = inline_row(data, "participations", actor=make_actor().pk, role="victim")
    response = admin_client.post(page, data)
    assert response.status_code == 302
    assert response["Location"].endswith("/change/?participations-part=2")
    after = list(event.participations.order_by("pk").values())
    expected = [*before[:50], before[50] | {"note": "Changed"}, *before[52:]]
    assert after[:-1] == expected
    assert after[-1]["role_id"] == "victim"


def test_part_is_kept_when_the_form_comes_back_with_errors(admin_client: Client) -> None:
    event = with_participations(60)
    page = f"{address(event, 'change')}?_changelist_filters=q%3Da&participations-part=2"
    data = opened(admin_client, page) | {"title": "", "participations-0-note": "Typed at length"}
    response = admin_client.post(page, data)
    assert problems(response) == ["This field is required."]
    html = response.content.decode()
    assert "rows 51–60 of 60." in html
    assert "Typed at length" in html
    assert 'action="?_changelist_filters=q%3Da&amp;participations-part=2"' in html
    response = admin_client.post(page, data | {"title": "A title", "_continue": "1"})
    assert response.status_code == 302
    assert "participations-part=2" in response["Location"]
    assert event.participations.order_by("pk")[50].note == "Typed at length"


def test_rows_keep_their_places_though_others_come_and_go_meanwhile(admin_client: Client) -> None:
    event = with_participations(110)
    page = f"{address(event, 'change')}?participations-part=2"
    rows = list(event.participations.order_by("pk"))
    data = opened(admin_client, page) | {"participations-0-note": "Changed"}
    for row in rows[:20]:
        row.delete()
    event.refresh_from_db()
    data |= {"version": event.updated_at.isoformat()}
    assert admin_client.post(page, data).status_code == 302
    assert [row.pk for row in event.participations.filter(note="Changed")] == [rows[50].pk]
    assert event.participations.count() == 90


def test_citations_of_other_parts_count_for_a_published_record(admin_client: Client) -> None:
    event = make_event()
    cite_often(event, 59)
    page = f"{address(event, 'change')}?citations-part=2"
    data = opened(admin_client, page)
    data |= {f"citations-{number}-DELETE": "on" for number in range(10)}
    assert admin_client.post(page, data).status_code == 302
    assert event.citations.count() == 50
    page = address(event, "change")
    data = opened(admin_client, page)
    data |= {f"citations-{number}-DELETE": "on" for number in range(50)}
    (problem,) = problems(admin_client.post(page, data))
    assert problem.startswith("A published event needs at least one citation")


def test_row_that_another_part_holds_is_refused_a_second_time(admin_client: Client) -> None:
    event = with_participations(60)
    first = event.participations.order_by("pk")[0]
    page = f"{address(event, 'change')}?participations-part=2"
    data = inline_row(
        opened(admin_client, page), "participations", actor=first.actor_id, role="host"
    )
    (problem,) = problems(admin_client.post(page, data))
    assert "already exists" in problem


def test_choice_that_is_not_there_is_refused_in_its_row(admin_client: Client) -> None:
    event = with_participations(1)
    page = address(event, "change")
    for key in ("0", "999999999", "9" * 40, "x"):
        data = opened(admin_client, page) | {"participations-0-actor": key}
        (problem,) = problems(admin_client.post(page, data))
        assert "Select a valid choice" in problem


def test_rows_show_what_they_refer_to(admin_client: Client) -> None:
    event = with_participations(2)
    html = admin_client.get(address(event, "change")).content.decode()
    for number, row in enumerate(event.participations.all()):
        assert f'name="participations-{number}-actor" value="{row.actor_id}"' in html
        assert f'name="participations-{number}-actor_text" value="{row.actor}"' in html
    data = opened(admin_client, address(event, "change"))
    other = make_actor(name="Chosen just now")
    data |= {"title": "", "participations-0-actor": other.pk}
    html = admin_client.post(address(event, "change"), data).content.decode()
    assert f'name="participations-0-actor" value="{other.pk}"' in html
    assert 'name="participations-0-actor_text" value="Chosen just now"' in html


def test_a_large_event_is_saved_where_the_statistics_are_those_of_an_empty_site() -> None:
    with transaction.atomic():
        full_event(300)
        transaction.set_rollback(True)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # tables with room for rows, and none in it
        event = full_event(300)
        cursor.execute("SET LOCAL statement_timeout = 5000")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "SELECT cardinality(also_cited) FROM event_facts WHERE event_id = %s", [event.pk]
        )
        assert cursor.fetchone() == (1,)  # the one they are all found in

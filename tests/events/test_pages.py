"""Every page of the article answers, has one heading, and costs as many queries for many rows."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actors.models import Actor, Country
from events.models import Event, Location, Source, Statement
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

LISTS = [
    "/",
    "/events/",
    "/actors/",
    "/locations/",
    "/statements/",
    "/relations/",
    "/sources/",
    "/countries/",
    "/about/",
]


def test_every_page_of_the_article_answers_with_one_heading(loaded: None, client: Client) -> None:
    addresses = [
        *LISTS,
        *(row.get_absolute_url() for row in Event.objects.all()),
        *(row.get_absolute_url() for row in Actor.objects.all()),
        *(row.get_absolute_url() for row in Location.objects.all()),
        *(row.get_absolute_url() for row in Source.objects.all()),
        *(row.get_absolute_url() for row in Statement.objects.all()),
        *(row.get_absolute_url() for row in Country.objects.filter(iso3__in=["SYR", "SUN"])),
    ]
    assert len(addresses) > 50
    for address in addresses:
        page = client.get(address)
        assert page.status_code == 200, address
        assert page.content.decode().count("<h1") == 1, address
        policy = page["Content-Security-Policy"]
        assert "default-src 'none'" in policy, address
        assert "unsafe" not in policy, address


@pytest.mark.parametrize(
    "address",
    [
        "/events/nope/",
        "/actors/nope/",
        "/countries/XYZ/",
        "/locations/nope/",
        "/sources/nope/",
        "/statements/99999999999999999999/",
        "/statements/0/",
        "/nothing/",
    ],
)
@pytest.mark.django_db
def test_what_is_not_there_is_404_with_one_heading(client: Client, address: str) -> None:
    page = client.get(address)
    assert page.status_code == 404
    assert page.content.decode().count("<h1") == 1
    assert "default-src 'none'" in page["Content-Security-Policy"]


@pytest.mark.django_db
def test_drafts_answer_404_and_a_curators_preview_is_kept_private(
    client: Client, admin_client: Client
) -> None:
    event = make_event(state="draft")
    for row in (
        event,
        make_actor(state="draft"),
        make_location(state="draft"),
        make_source(state="draft"),
        make_statement(state="draft"),
    ):
        address = row.get_absolute_url()
        assert client.get(address).status_code == 404
        assert client.get(f"{address}?preview=1").status_code == 404
        preview = admin_client.get(f"{address}?preview=1")
        assert preview.status_code == 200
        assert "no-store" in preview["Cache-Control"]
        assert admin_client.get(address).status_code == 404


def big_event(number: int) -> Event:
    """An event with `number` of everything."""
    country = make_country()
    place = make_location(country=country)
    event = make_event(slug=f"big-{number}", location=place)
    for _ in range(number):
        speaker = make_actor(country=country)
        event.participations.create(actor=speaker, role_id="participant")
        statement = make_statement(speaker, date="2017-04", occasion=event, location=place)
        take_position(statement, "denies", claim=make_claim(event))
        take_position(make_statement(make_actor()), "rejects", answered=statement)
        cite(speaker, locator=f"p. {speaker.pk}")
        cite(event.participations.get(actor=speaker))
        cite(statement.positions.get())
        for named in (speaker, place):
            cite(named.names.create(language="ru", name=f"Имя {speaker.pk}"))
        cite(country, locator=f"p. {speaker.pk}", aspect="name")
        cite(make_location(parent=place, country=country))
        cite(make_actor(part_of=speaker, country=country))
        make_event(speaker, location=place)
    return event


def queries(client: Client, event: Event) -> dict[str, int]:
    """How many queries each list costs, and each page of the records around an event."""
    speaker = event.participations.earliest("pk").actor
    rows = [event, speaker, speaker.statements.get(), event.location, speaker.country]
    addresses = {address: address for address in LISTS}
    addresses |= {type(row).__name__: row.get_absolute_url() for row in rows}
    addresses["Source"] = Source.objects.get().get_absolute_url()
    numbers = {}
    for name, address in addresses.items():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        numbers[name] = len(captured)
    return numbers


@pytest.mark.django_db
def test_more_rows_cost_no_more_queries(client: Client) -> None:
    few = queries(client, big_event(2))
    assert queries(client, big_event(12)) == few


@pytest.mark.django_db
def test_event_page_shows_who_denies_what_and_where_it_is_written(client: Client) -> None:
    event = make_event(slug="attack", title="An attack")
    claim = make_claim(event, text="They did it.")
    kremlin = make_actor(name="The Kremlin")
    take_position(make_statement(kremlin, date="2017-04-05"), "denies", claim=claim)
    hidden = make_statement(make_actor(name="Draft speaker"), state="draft")
    take_position(hidden, "asserts", claim=claim)
    page = client.get(event.get_absolute_url()).content.decode()
    assert "They did it." in page
    assert "1 denies it; nobody is recorded as asserting it." in page
    assert "The Kremlin" in page
    assert "Draft speaker" not in page
    assert 'href="#r-1.1"' in page
    assert 'id="r-1.1"' in page


@pytest.mark.django_db
def test_text_is_escaped_and_never_markup(client: Client) -> None:
    script, image = "<script>alert(1)</script>", "<img src=x onerror=y>"
    place = make_location(slug="p", name=f"Place {script}")
    actors = [make_actor(slug=slug, name=f"{slug} {script}") for slug in ("a", "b")]
    event = make_event(*actors, slug="x", title=f"Event {script}", summary=image, location=place)
    cite(event, make_source(slug="s", title=f"Source {script}"), image)
    pages = ("/events/", "/events/?q=alert", "/events/?actor=a&location=p", "/events/x/")
    for address in (*pages, "/embed/events/", "/locations/p/", "/actors/a/", "/relations/a/b/"):
        page = client.get(address).content.decode()
        assert "Event &lt;" in page
        assert "<script>alert" not in page
        assert "<img" not in page


@pytest.mark.django_db
def test_country_code_in_small_letters_leads_to_the_page(client: Client) -> None:
    make_country()
    page = client.get("/countries/syr/")
    assert page.status_code == 301
    assert page["Location"] == reverse("countries:country_detail", args=["SYR"])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("/actors/?q=путин", {"Vladimir Putin"}),
        ("/actors/?q=put vlad", {"Vladimir Putin"}),
        ("/actors/?kind=state", {"Russia"}),
        ("/actors/?kind=state&kind=person", {"Russia", "Vladimir Putin"}),
        ("/actors/?q=%25", set()),
        ("/actors/?country=RUS", {"Russia"}),
        ("/actors/?kind=robot", set()),
        ("/actors/?colour=red", set()),
    ],
)
def test_list_of_actors(client: Client, address: str, shown: set[str]) -> None:
    make_actor(name="Russia", kind="state", country=make_country("RUS", "Russia"))
    make_actor(name="Vladimir Putin", kind="person").names.create(language="ru", name="Путин")
    make_actor(name="Hidden", state="draft", kind="state")
    assert {actor.name for actor in client.get(address).context["page"].rows} == shown


@pytest.mark.django_db
def test_list_of_statements(client: Client) -> None:
    kremlin = make_actor(slug="kremlin", name="The Kremlin")
    denial = make_statement(kremlin, paraphrase="It was not them.", date="2017-04-05")
    take_position(denial, "denies", claim=make_claim(make_event()))
    make_statement(paraphrase="It rained.", date="2016")
    make_statement(make_actor(state="draft"), paraphrase="Nobody may read this.")

    def shown(query: str) -> set[str]:
        rows = client.get(f"/statements/{query}").context["page"].rows
        return {row.paraphrase for row in rows}

    assert shown("") == {"It was not them.", "It rained."}
    for query in ("?speaker=kremlin", "?stance=denies", "?q=kremlin", "?since=2017&certain=1"):
        assert shown(query) == {"It was not them."}, query
    assert shown("?stance=asserts") == shown("?stance=shouts") == set()

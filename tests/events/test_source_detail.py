"""The page of a source: everything it supports, record by record, and what rests on it alone."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from events.models import Citation, Claim, Event, EventLink, Location, Source, Statement
from events.pages import source as source_record
from events.pages.source import SourceRecord
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
from tests.fixtures.article_facts import ARTICLE, ATTACK


def record(client: Client, source: Source, query: str = "") -> SourceRecord:
    found = client.get(f"{source.get_absolute_url()}{query}").context["record"]
    assert isinstance(found, SourceRecord)
    return found


def words(client: Client, source: Source, query: str = "") -> list[str]:
    return [sourced.words for sourced in record(client, source, query).records]


def test_without_the_article_all_falls_but_what_others_support_too(
    loaded: None, client: Client
) -> None:
    article = Source.objects.get(slug=ARTICLE)
    found = record(client, article)
    kept = set(Location.objects.filter(citations__source__slug="geonames"))
    kept_too = Event.objects.get(citations__source__slug="un-report-on-ghouta")
    records = {(c.target_field, c.record.pk) for c in article.citations.all()}
    assert {place.slug for place in kept} == {"khan-sheikhoun", "moscow"}
    assert found.count == len(records)
    assert kept_too.slug == "earlier-chemical-attack-in-syria"
    assert found.sole_count == len(records) - 3
    page = client.get(article.get_absolute_url()).content.decode()
    assert f"source alone: {len(records) - 3} of the {len(records)} records that it" in page
    assert "the source’s own date, not that of any event" in page


def test_article_is_told_in_its_own_order_each_record_once(loaded: None, client: Client) -> None:
    article = Source.objects.get(slug=ARTICLE)
    seen, query = [], ""
    while True:
        found = record(client, article, query)
        assert len(found.records) <= source_record.PAGE_SIZE
        seen += [(s.citations[0].target_field, s.citations[0].record.pk) for s in found.records]
        if not (query := found.next_query):
            break
    assert len(seen) == len(set(seen)) == found.count
    locators = [s.citations[0].locator for s in record(client, article).records]
    assert locators == sorted(locators)
    geonames = record(client, Source.objects.get(slug="geonames"))
    assert {sourced.kind for sourced in geonames.records if sourced.is_sole} == {"Place’s name"}


def test_facts_of_one_record_stand_together_with_their_places(loaded: None, client: Client) -> None:
    article = Source.objects.get(slug=ARTICLE)
    found = record(client, article, f"?record=event:{ATTACK}")
    assert [
        (fact, [citation.locator for citation in cited]) for fact, cited in found.records[0].facts
    ] == [
        ("the record as a whole", ["¶1.4", "¶2.2", "¶2.4"]),
        ("date", ["¶1.4", "¶2.2"]),
        ("place", ["¶1.4"]),
        ("standing", ["¶1.4", "¶2.1"]),
    ]


def test_every_source_named_on_the_timeline_leads_to_the_citations_of_that_event(
    loaded: None, client: Client
) -> None:
    timeline = client.get("/?view=full").content.decode()
    links = re.findall(
        r'href="(/sources/[^"]+record=(event|participation):[^"#]+)#([^"]+)"', timeline
    )
    told_of = {
        address.partition("record=event:")[2] for address, kind, _ in links if kind == "event"
    }
    assert told_of == set(Event.objects.values_list("slug", flat=True))
    pages = {address: client.get(address).content.decode() for address, _kind, _anchor in links}
    for address, _kind, anchor in links:
        assert f'id="{anchor}"' in pages[address]


def test_every_citation_of_the_article_can_be_asked_for(loaded: None, client: Client) -> None:
    pages: dict[str, str] = {}
    for citation in Citation.objects.filter(source__slug=ARTICLE):
        target = citation.target_field
        named = target in ("event", "claim", "actor", "location")
        key = citation.record.slug if named else citation.record.pk  # type: ignore[attr-defined]
        address, _, anchor = citation.place_url.partition("#")
        assert address == f"/sources/{ARTICLE}/?record={target}:{key}"
        if address not in pages:
            pages[address] = client.get(address).content.decode()
        assert f'id="citation-{citation.pk}"' in pages[address], citation
        assert f'id="{anchor}"' in pages[address], citation


@pytest.mark.django_db
def test_direct_and_second_hand_apart(client: Client) -> None:
    source, via = make_source(), make_source(title="A later book")
    both = make_event(title="Both", slug="both")
    cite(both, source, "p. 9", access="second-hand", via=via)
    cite(make_event(title="Relayed"), source, "p. 10", access="second-hand")
    Citation.objects.filter(event__title="Relayed", access="direct").delete()
    make_event(title="Direct")
    assert words(client, source) == ["Both", "Relayed", "Direct"]
    assert words(client, source, "?access=direct") == ["Both", "Direct"]
    assert words(client, source, "?access=second-hand") == ["Both", "Relayed"]
    direct = record(client, source, "?access=direct&record=event:both").records
    assert [citation.locator for citation in direct[0].citations] == ["¶1.1"]
    page = client.get(source.get_absolute_url()).content.decode()
    assert "second-hand, found in" in page
    assert "A later book" in page


@pytest.mark.django_db
def test_what_rests_on_it_alone(client: Client) -> None:
    source, other, draft = make_source(), make_source(), make_source(state="draft")
    make_event(title="Alone")
    cite(make_event(title="Twice by it"), source, "¶2")
    cite(make_event(title="Elsewhere too"), other)
    cite(make_event(title="Elsewhere in a draft"), draft)
    found = record(client, source)
    assert {sourced.words for sourced in found.records if sourced.is_sole} == {
        "Alone",
        "Twice by it",
        "Elsewhere in a draft",
    }
    assert (found.sole_count, found.count) == (3, 4)


@pytest.mark.django_db
def test_a_source_says_where_it_opens_or_that_it_cannot_be_opened(client: Client) -> None:
    source = make_source(author="An author", url="https://example.org/paper", licence="CC BY 4.0")
    page = client.get(source.get_absolute_url()).content.decode()
    assert 'Opens at <a href="https://example.org/paper"' in page
    assert "CC BY 4.0" in page
    assert "cannot be opened" not in page
    page = client.get(make_source().get_absolute_url()).content.decode()
    assert "no address is recorded, nor an author or publisher. Look for it by its title." in page
    archived = make_source(
        url="https://www.example.org/paper",
        accessed_on=date(2022, 1, 26),
        archived_url="https://archive.example/paper",
        archived_on=date(2022, 1, 25),
        language="fr",
    )
    page = client.get(archived.get_absolute_url()).content.decode()
    assert ">https://www.example.org/paper</a>, last read there on 26 January 2022." in page
    assert (
        'A copy of 25 January 2022 is kept at <a href="https://archive.example/paper" '
        'rel="external noreferrer">https://archive.example/paper</a>.' in page
    )
    assert "French" in page
    kept = make_source(archived_url="https://archive.example/other")
    page = client.get(kept.get_absolute_url()).content.decode()
    assert 'A copy is kept at <a href="https://archive.example/other"' in page
    assert "cannot be opened" not in page
    page = client.get(make_source().get_absolute_url()).content.decode()
    # What nothing rests on leads on.
    assert 'Nothing is recorded from it. <a href="/sources/">All sources</a>' in page


@pytest.mark.django_db
def test_a_large_source_is_paged_and_examined_in_part(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source_record, "PAGE_SIZE", 2)
    monkeypatch.setattr(source_record, "EXAMINED", 3)
    source = make_source()
    for number in range(5):
        event = make_event(title=f"Event {number}")
        event.citations.update(locator=f"p. {number}")
        cite(event, source, f"q. {number}", aspect="date")
    first = record(client, source)
    assert [s.words for s in first.records] == ["Event 0", "Event 1"]
    second = record(client, source, first.next_query)
    assert [s.words for s in second.records] == ["Event 2", "Event 3"]
    third = record(client, source, second.next_query)
    assert [s.words for s in third.records] == ["Event 4"]
    assert third.next_query == ""
    page = client.get(source.get_absolute_url()).content.decode()
    assert "source alone: 3 of the first 3 records that it supports" in page
    assert "At least 3 records" in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    [
        "?after=0",
        "?after=x",
        "?after=99999999999999999999",
        "?access=rumour",
        "?record=event:nope",
        "?record=event:draft",
        "?record=robot:1",
        "?record=statement:x",
        "?record=statement:99999999999999999999",
        "?record=",
    ],
)
def test_bad_queries_are_named_and_list_nothing(client: Client, query: str) -> None:
    source = make_source()
    make_event()
    make_event(slug="draft", state="draft")
    page = client.get(f"{source.get_absolute_url()}{query}")
    assert page.status_code == 200
    if query == "?record=":
        assert len(page.context["record"].records) == 1
    else:
        assert page.context["record"].records == []
        assert 'role="alert"' in page.content.decode()


@pytest.mark.django_db
def test_drafts_never_leak(client: Client) -> None:
    source = make_source()
    shown = make_event(title="Shown")
    draft = make_event(slug="secret-event", title="A secret event", state="draft")
    hidden = make_actor(name="A secret actor", state="draft")
    cite(hidden.names.create(language="ru", name="A secret name"), source)
    make_claim(shown, text="A secret claim", state="draft")
    make_claim(draft, text="A secret claim on what is not shown")
    for linked in (
        EventLink.objects.create(from_event=shown, to_event=draft, relation="about"),
        shown.participations.create(actor=hidden, role_id="host"),
        take_position(
            make_statement(paraphrase="Said"), "denies", claim=Claim.objects.get(state="draft")
        ),
        make_location(name="A secret place", state="draft"),
        hidden,
    ):
        cite(linked, source)
    make_statement(hidden, paraphrase="A secret words")
    found = record(client, source)
    speaker = Statement.objects.get(paraphrase="Said").speaker
    assert {s.words for s in found.records} == {"Shown", f"{speaker}: Said"}
    assert found.count == 2
    page = client.get(source.get_absolute_url()).content.decode()
    assert "secret" not in page


@pytest.mark.django_db
def test_queries_do_not_grow_with_rows(client: Client) -> None:
    def queries(number: int) -> int:
        source = make_source()
        for _ in range(number):
            event = make_event(make_actor(), location=make_location())
            for row in (event, event.participations.get(), event.location, make_claim(event)):
                cite(row, source, "p. 2")
        with CaptureQueriesContext(connection) as captured:
            assert len(record(client, source).records) == min(4 * number, 50)
        return len(captured)

    assert queries(3) == queries(30)


@pytest.mark.django_db
def test_places_stand_as_a_reader_counts_them(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source_record, "PAGE_SIZE", 2)
    source = make_source()
    places = [
        "",
        "p. 9",
        "p. 10",
        "p. 10, note 2",
        "p. 100",
        "¶1.2",
        "¶1.10",
        "¶10.1",
        "¶999999999",
    ]
    for place in reversed(places):
        cite(make_actor(name=place or "nowhere"), source, place)
    seen, query = [], ""
    while True:
        page = record(client, source, query)
        seen += [sourced.citations[0].locator for sourced in page.records]
        if not (query := page.next_query):
            break
    assert seen == places
    actor = make_actor()
    for place in ("p. 10", "p. 9"):
        cite(actor, source, place)
    line = client.get(f"/actors/?q={actor.name}").content.decode()
    assert re.findall(r">(p\. \d+)</a>", line) == ["p. 9", "p. 10"]


@pytest.mark.django_db
def test_names_and_countries_stand_among_what_it_supports(client: Client) -> None:
    source, country = make_source(), make_country("RUS", "Russia", gw=365)
    actor, place = make_actor(name="Vladimir Putin"), make_location(name="Moscow")
    cite(actor.names.create(language="ru", name="Владимир Путин"), source, "p. 1")
    cite(place.names.create(language="ru", name="Москва"), source, "p. 2")
    cite(country, source, "p. 3", aspect="name")
    cite(country, source, "p. 4", aspect="gw")
    assert [(s.kind, s.words, s.url) for s in record(client, source).records] == [
        (
            "Actor’s name",
            "Vladimir Putin: Владимир Путин (ru)",
            f"{actor.get_absolute_url()}#names",
        ),
        ("Place’s name", "Moscow: Москва (ru)", f"{place.get_absolute_url()}#names"),
        ("Country", "Russia", "/countries/RUS/"),
    ]
    (asked,) = record(client, source, "?record=country:RUS").records
    assert [(fact, [c.locator for c in cited]) for fact, cited in asked.facts] == [
        ("Gleditsch–Ward number", ["p. 4"]),
        ("name", ["p. 3"]),
    ]
    assert words(client, source, "?record=country:SYR") == []

"""The timeline: which events, in which order, under which filters."""

import json
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from actors.models import Actor
from events.filters.event_facets import FACETS
from events.models import Claim, Event, Participation, Statement
from tests.factories import (
    cite,
    make_actor,
    make_claim,
    make_country,
    make_event,
    make_kind,
    make_location,
    make_source,
    make_statement,
    take_position,
)
from tests.facts import Page
from tests.searching import events_with

pytestmark = pytest.mark.django_db


def slugs(client: Client, query: str = "") -> list[str]:
    """The events of the page in their order; fails if the page does not answer 200."""
    response = client.get(f"/events/{query}")
    assert response.status_code == 200
    return [event.slug for group in response.context["groups"] for event in group.entries]


def problems(client: Client, query: str) -> dict[str, str]:
    response = client.get(f"/events/{query}")
    assert response.status_code == 200
    assert response.context["groups"] == []
    return {problem.parameter: problem.message for problem in response.context["problems"]}


def counts(client: Client, facet: str, query: str = "") -> dict[str, int]:
    facets = {f.name: f for f in client.get(f"/events/{query}").context["facets"]}
    return {value.value: value.count for value in facets[facet].values}


def test_an_open_date_stands_by_its_known_end_and_what_has_none_last(client: Client) -> None:
    make_event(slug="open", date="../..")
    make_event(slug="undated", date="")
    make_event(slug="year", date="2016")
    make_event(slug="day", date="2017-04-04")
    make_event(slug="week", date="[2017-04-03..2017-04-09]")
    make_event(slug="since", date="2017-04-11/..")
    make_event(slug="until", date="../2017-04")
    dated = ["until", "since", "week", "day", "year"]
    assert slugs(client) == [*dated, "undated", "open"]
    assert slugs(client, "?order=date") == [*reversed(dated), "open", "undated"]


@pytest.mark.parametrize("order", ["date", "-date"])
def test_pages_behind_a_cursor_reach_what_has_no_date(
    client: Client, monkeypatch: pytest.MonkeyPatch, order: str
) -> None:
    monkeypatch.setattr("config.lists.paging.PAGE_SIZE", 2)
    monkeypatch.setattr("config.lists.paging.NUMBERED", 1)
    for date in ("", "../..", "../2016", "2017", "2018/..", "", "2019"):
        make_event(date=date)
    every = [event.slug for event in Event.objects.all()]
    query, walked = f"?order={order}", []
    while query:
        response = client.get(f"/events/{query}")
        walked += [e.slug for group in response.context["groups"] for e in group.entries]
        query = response.context["page"].next_query or ""
    assert len(walked) == len(every)
    assert set(walked) == set(every)
    undated = set(Event.objects.filter(date__in=["", "../.."]).values_list("slug", flat=True))
    assert set(walked[-3:]) == undated


def test_front_page_is_the_timeline(client: Client) -> None:
    make_event(slug="only")
    assert [g.entries[0].slug for g in client.get("/").context["groups"]] == ["only"]


def test_drafts_and_withdrawn_events_stay_hidden(client: Client) -> None:
    make_event(slug="draft", state="draft")
    make_event(slug="withdrawn", state="withdrawn")
    assert slugs(client) == []
    assert counts(client, "kind") == {}
    assert "draft" not in client.get("/events/").content.decode()


def test_draft_actor_leaks_through_no_filter_count_or_search(client: Client) -> None:
    secret = make_actor(
        slug="secret", name="Zebedee", state="draft", country=make_country("FRA", "France")
    )
    make_event(secret, slug="seen")
    assert "Zebedee" not in client.get("/events/seen/").content.decode()
    assert "Zebedee" not in client.get("/events/").content.decode()
    assert "actor" in problems(client, "?actor=secret")
    assert slugs(client, "?country=FRA") == []
    assert counts(client, "actor") == counts(client, "country") == {}
    assert slugs(client, "?q=zebedee") == []


def test_draft_location_leaks_through_no_filter_count_or_search(client: Client) -> None:
    hidden = make_location(
        slug="hidden", name="Atlantis", state="draft", country=make_country("FRA", "France")
    )
    make_event(slug="seen", location=hidden)
    assert "Atlantis" not in client.get("/events/").content.decode()
    assert "Atlantis" not in client.get("/events/seen/").content.decode()
    assert "location" in problems(client, "?location=hidden")
    assert slugs(client, "?country=FRA") == slugs(client, "?q=atlantis") == []
    assert counts(client, "location") == counts(client, "country") == {}


def test_actor_counts_for_what_it_is_part_of(client: Client) -> None:
    russia = make_actor(slug="russia")
    kremlin = make_actor(slug="kremlin", part_of=russia)
    make_event(kremlin, slug="by-kremlin")
    make_event(russia, slug="by-russia")
    make_event(slug="by-nobody")
    assert set(slugs(client, "?actor=russia")) == {"by-kremlin", "by-russia"}
    assert slugs(client, "?actor=kremlin") == ["by-kremlin"]
    assert counts(client, "actor") == {"russia": 2, "kremlin": 1}


def test_part_moved_elsewhere_counts_there_at_once(client: Client) -> None:
    old, new = make_actor(slug="old"), make_actor(slug="new")
    middle = make_actor(slug="middle", part_of=old)
    leaf = make_actor(slug="leaf", part_of=middle)
    make_event(leaf, slug="by-leaf")
    Actor.objects.filter(slug="middle").update(part_of=new)
    assert slugs(client, "?actor=old") == []
    assert slugs(client, "?actor=new") == ["by-leaf"]


def test_several_values_are_either_and_with_match_all_both(client: Client) -> None:
    a, b = make_actor(slug="a"), make_actor(slug="b")
    make_event(a, slug="of-a")
    make_event(b, slug="of-b")
    make_event(a, b, slug="of-both")
    assert set(slugs(client, "?actor=a&actor=b")) == {"of-a", "of-b", "of-both"}
    assert slugs(client, "?actor=a&actor=b&match=all") == ["of-both"]


def test_country_is_that_of_the_place_or_of_an_actor(client: Client) -> None:
    syria, turkey = make_country(), make_country("TUR", "Turkey")
    make_event(slug="in-syria", location=make_location(country=syria))
    make_event(make_actor(country=turkey), slug="by-turkey")
    make_event(make_actor(country=turkey), slug="both", location=make_location(country=syria))
    assert set(slugs(client, "?country=SYR")) == {"in-syria", "both"}
    assert set(slugs(client, "?country=TUR")) == {"by-turkey", "both"}
    assert slugs(client, "?country=TUR&country=SYR&match=all") == ["both"]
    assert counts(client, "country") == {"SYR": 2, "TUR": 2}


def test_location_takes_in_what_lies_inside(client: Client) -> None:
    syria = make_location(slug="syria", kind="country")
    idlib = make_location(slug="idlib", kind="province", parent=syria)
    make_event(slug="in-idlib", location=idlib)
    make_event(slug="somewhere-in-syria", location=syria)
    assert set(slugs(client, "?location=syria")) == {"in-idlib", "somewhere-in-syria"}
    assert slugs(client, "?location=idlib") == ["in-idlib"]
    assert counts(client, "location") == {"syria": 2}
    assert counts(client, "location", "?location=syria") == {"syria": 2, "idlib": 1}


@pytest.mark.parametrize("query", ["?", "?year=2017&", "?since=2017-02-03&", "?q=deaths&"])
def test_other_outermost_places_stay_to_be_chosen(client: Client, query: str) -> None:
    here, there = make_location(slug="here"), make_location(slug="there")
    within = {"location": make_location(slug="within", parent=here), "title": "Deaths"}
    make_event(**within, date="2017-04-04")
    make_event(location=there, title="Deaths", date="2017-04-04")
    everything = {"here": 1, "within": 1, "there": 1}
    assert counts(client, "location", f"{query}location=here") == everything
    assert counts(client, "location", f"{query}location=here&location=there") == everything
    both = f"{query}location=here&location=there&match=all"
    assert slugs(client, both) == []
    assert counts(client, "location", both) == everything


def test_how_dates_are_known(client: Client) -> None:
    make_event(slug="told", date="2017-04-05")
    assert counts(client, "basis") == {}  # all alike: nothing to choose
    make_event(slug="guessed", date="2017-04-04", date_reason="From the weekday.")
    assert slugs(client, "?basis=inferred") == ["guessed"]
    assert slugs(client, "?basis=stated") == ["told"]
    assert slugs(client, "?basis=stated&basis=inferred") == ["told", "guessed"]
    assert counts(client, "basis", "?basis=stated") == {"stated": 1, "inferred": 1}
    assert "“guess”" in problems(client, "?basis=guess")["basis"]
    page = client.get("/events/").content.decode()
    assert '4 April 2017 <span class="tag">inferred</span>' in page
    assert "5 April 2017</p>" in page
    assert "Date inferred" in client.get("/events/guessed/").content.decode()
    assert "From the weekday." in client.get("/events/guessed/").content.decode()
    document = json.loads(client.get("/events.json").getvalue())["events"]
    assert [(event["date_basis"], event["date_reason"]) for event in document] == [
        ("stated", ""),
        ("inferred", "From the weekday."),
    ]
    assert "4 April 2017 (inferred)" in client.get("/events.atom").getvalue().decode()


def test_kind_and_standing(client: Client) -> None:
    make_event(slug="visit", kind=make_kind("consult"), standing="occurred")
    make_event(slug="rumour", standing="alleged")
    assert slugs(client, "?kind=consult") == ["visit"]
    assert slugs(client, "?standing=alleged") == ["rumour"]
    assert slugs(client, "?kind=consult&standing=alleged") == []
    assert counts(client, "kind", "?standing=alleged") == {"assault": 1}
    assert counts(client, "standing", "?standing=alleged") == {"alleged": 1, "occurred": 1}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?since=2017-04-04&until=2017-04-04", {"day", "week", "until", "open"}),
        ("?since=2017-04-04&until=2017-04-04&certain=1", {"day"}),
        ("?since=2017-04-03&until=2017-04-09&certain=1", {"day", "week"}),
        ("?since=2017-04-05", {"week", "since", "until", "open"}),
        ("?until=2016", {"year", "about", "until", "open"}),
        ("?until=2016&certain=1", {"year"}),
        ("?since=2017-04-10&certain=1", {"since"}),
        ("?since=2011&until=2011", {"about", "until", "open"}),
        ("?since=2011&until=2011&certain=1", set()),
        ("?since=-0500", {"day", "week", "year", "about", "since", "until", "open"}),
        # Day 0 is a day, too.
        ("?until=0000-12-31", {"until", "open"}),
    ],
)
def test_date_ranges(client: Client, query: str, expected: set[str]) -> None:
    make_event(slug="open", date="../..")
    make_event(slug="year", date="2016")
    make_event(slug="about", date="2011~")
    make_event(slug="day", date="2017-04-04")
    make_event(slug="week", date="[2017-04-03..2017-04-09]")
    make_event(slug="since", date="2017-04-11/..")
    make_event(slug="until", date="../2017-04")
    assert set(slugs(client, query)) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?since=2017-03-02", {"after", "across", "open", "year", "doubted", "next"}),
        ("?until=2017-03-01", {"before", "across", "year", "doubted", "earlier", "open"}),
        ("?since=2017-03-01&until=2017-03-31", {"across", "after", "open", "year", "doubted"}),
        ("?since=2017-03-02&certain=1", {"after", "next"}),
        ("?since=2016-06-01&until=2017-06-30&certain=1", {"before", "across", "after"}),
        ("?since=2017&until=2017-02-28&year=2017", {"before", "across", "year", "doubted", "open"}),
    ],
)
def test_counts_of_a_range_that_cuts_years(client: Client, query: str, expected: set[str]) -> None:
    dates = {
        "earlier": "2015-12",
        "before": "2017-01-15",
        "across": "[2017-02-20..2017-03-10]",
        "after": "2017-03-20/2017-04-02",
        "year": "2017",
        "doubted": "2017?",
        "open": "2017-02-25/..",
        "next": "2018-01",
    }
    for slug, date in dates.items():
        make_event(slug=slug, date=date)
    page = client.get(f"/events/{query}")
    assert set(slugs(client, query)) == expected
    assert page.context["page"].count == len(expected)
    (standing,) = next(f for f in page.context["facets"] if f.name == "standing").values
    assert standing.count == len(expected)


def test_speaker_of_a_statement_about_the_event(client: Client) -> None:
    kremlin, usa = make_actor(slug="kremlin"), make_actor(slug="usa")
    attack = make_event(slug="attack")
    strike = make_event(slug="strike")
    denial = make_statement(kremlin)
    take_position(denial, "denies", claim=make_claim(attack))
    take_position(make_statement(kremlin), "condemns", event=strike)
    take_position(make_statement(usa), "rejects", answered=denial)
    take_position(make_statement(usa, state="draft"), "condemns", event=strike)
    assert set(slugs(client, "?speaker=kremlin")) == {"attack", "strike"}
    assert slugs(client, "?speaker=usa") == ["attack"]


def test_speaker_on_a_draft_claim_or_statement_leads_nowhere(client: Client) -> None:
    event = make_event(slug="attack", title="Attack")
    claim = make_claim(event)
    denial = make_statement(make_actor(slug="first"), paraphrase="Zugzwang.")
    take_position(denial, "denies", claim=claim)
    answer = make_statement(make_actor(slug="second"), paraphrase="Endgame.")
    take_position(answer, "rejects", answered=denial)
    queries = ["?speaker=first", "?speaker=second", "?q=zugzwang", "?q=endgame"]
    assert [slugs(client, query) for query in queries] == [["attack"]] * 4
    Statement.objects.filter(pk=denial.pk).update(state="draft")
    assert [slugs(client, query) for query in queries] == [[]] * 4
    Statement.objects.filter(pk=denial.pk).update(state="published")
    Claim.objects.filter(pk=claim.pk).update(state="draft")
    assert [slugs(client, query) for query in queries] == [[]] * 4


def test_source(client: Client) -> None:
    make_source(slug="first")
    make_event(slug="a")
    cite(make_event(slug="b"), make_source(slug="second"))
    assert set(slugs(client, "?source=first")) == {"a", "b"}
    assert slugs(client, "?source=second") == ["b"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("attack", {"attack"}),
        ("ATTACKED", {"attack"}),
        ("sarin", {"attack"}),
        ('"chemical attack"', {"attack"}),
        ('"attack chemical"', set()),
        ("attack or visit", {"attack", "visit"}),
        ("-attack", {"visit"}),
        ("путин", {"visit"}),
        ("بوتين", {"visit"}),
        ("Хан-Шейхун", {"attack"}),
        ("Idlib", {"attack"}),
        ("provocation", {"attack"}),
        ("gruzielle", {"visit"}),
        ("foo & ( | !", set()),
    ],
)
def test_words(client: Client, words: str, expected: set[str]) -> None:
    idlib = make_location(name="Idlib", kind="province")
    town = make_location(name="Khan Sheikhoun", parent=idlib)
    town.names.create(language="ru", name="Хан-Шейхун")
    attack = make_event(
        slug="attack", title="Chemical attack", summary="Sarin was used.", location=town
    )
    said = make_statement(paraphrase="Called it a provocation.")
    take_position(said, "denies", claim=make_claim(attack, text="Somebody did it."))
    putin = make_actor(name="Vladimir Putin")
    putin.names.create(language="ru", name="Владимир Путин")
    putin.names.create(language="ar", name="فلاديمير بوتين")
    make_event(putin, slug="visit", title="Visit of Grüzielle")
    assert set(slugs(client, f"?q={words.replace('&', '%26')}")) == expected


@pytest.mark.parametrize(
    ("query", "parameter", "says"),
    [
        ("?actor=nobody", "actor", "“nobody”"),
        ("?country=XXX", "country", "“XXX”"),
        ("?country=tur", "country", "“tur”"),
        ("?standing=true", "standing", "“true”"),
        ("?order=created_by__password", "order", "created_by__password"),
        ("?colour=red", "colour", "no filter of this name"),
        ("?since=2017-13", "since", "2017-13"),
        ("?since=9999999", "since", "9999999"),
        ("?until=" + "9" * 5000, "until", ""),
        ("?since=../2017", "since", "no such end"),
        ("?since=2018&until=2017", "until", "ends before it begins"),
        ("?certain=maybe", "certain", "“maybe”"),
        ("?page=0", "page", "“0”"),
        ("?page=1e9", "page", "“1e9”"),
        ("?page=99999999999999999999", "page", "run from 1 to 1"),
        ("?page=2", "page", "“2”"),
        ("?order=date&order=-date", "order", "one value"),
        ("?q=" + "x" * 300, "q", "200"),
        ("?q=%ff%fe", "q", "no word"),
        ("?actor=%ff", "actor", ""),
        ("?order=relevance", "order", "give q"),
    ],
)
def test_bad_filter_is_named_and_gives_no_rows(
    client: Client, query: str, parameter: str, says: str
) -> None:
    make_event(slug="only")
    found = problems(client, query)
    assert set(found) == {parameter}
    assert says in found[parameter]
    page = client.get(f"/events/{query}").content.decode()
    assert "event-only" not in page
    assert "Nothing listed" in page


@pytest.mark.parametrize("name", ["actor", "country", "kind", "location", "source", "speaker"])
def test_a_value_that_is_not_there_costs_two_look_ups(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, name: str
) -> None:
    # Among present and among former slugs; the others are the version of the data and the title of
    # the chronology. No list of all values there are.
    with django_assert_num_queries(4):
        assert "nothing-such" in problems(client, f"?{name}=nothing-such")[name]


@pytest.mark.parametrize("query", ["?q=", "?q=%20&actor=&since=&order=", "?page=1"])
def test_untouched_inputs_are_no_filter(client: Client, query: str) -> None:
    make_event(slug="only")
    assert slugs(client, query) == ["only"]


def test_nul_is_refused_before_the_database(client: Client) -> None:
    assert client.get("/events/?q=%00").status_code == 400
    assert client.get("/events/%00/").status_code == 400


def test_chip_takes_one_value_away_and_keeps_the_rest(client: Client) -> None:
    make_actor(slug="a", name="Actor A")
    make_actor(slug="b", name="Actor B")
    chips = client.get("/events/?actor=a&actor=b&since=2017-04&page=1").context["filters"].chips
    assert [(chip.label, chip.value, chip.query) for chip in chips] == [
        ("Actor", "Actor A", "actor=b&since=2017-04"),
        ("Actor", "Actor B", "actor=a&since=2017-04"),
        ("Since", "April 2017", "actor=a&actor=b"),
    ]


def test_pages_of_fifty_and_their_links_keep_the_filter(client: Client) -> None:
    for number in range(51):
        make_event(slug=f"e{number:02}", date=f"2017-01-{number % 28 + 1:02}")
    first = client.get("/events/?since=2016")
    assert len(slugs(client, "?since=2016")) == 50
    assert first.context["page"].next_query == "?since=2016&page=2"
    assert slugs(client, "?since=2016&page=2") == ["e00"]


def test_few_events_have_no_headings_and_what_has_no_date_stands_apart(client: Client) -> None:
    make_event(slug="a", date="2017-04-04")
    make_event(slug="b", date="2015")
    make_event(slug="open", date="../..")
    groups = client.get("/events/").context["groups"]
    assert [(g.heading, [e.slug for e in g.entries]) for g in groups] == [
        ("", ["a", "b"]),
        ("Without a date", ["open"]),
    ]
    [group] = client.get("/events/?order=-updated").context["groups"]
    assert (group.heading, len(group.entries)) == ("", 3)


def test_a_row_says_date_status_and_who_and_all_of_it_in_the_full_view(client: Client) -> None:
    place = make_location(name="A square")
    actor = make_actor(name="A guild")
    event = make_event(
        actor,
        title="A fair",
        date="2017-04-04",
        summary="It was held.",
        standing="alleged",
        location=place,
    )
    Participation.objects.create(event=event, actor=actor, role_id="target")
    cite(event, make_source(title="A paper"), locator="p. 4")
    page = Page(client.get("/events/").content.decode())
    row = page.by_id[f"event-{event.slug}"].parent
    assert row
    assert " ".join(row.words.split()) == "A fair Alleged A guild 4 April 2017"
    full = client.get("/events/?view=full").content.decode()
    for words in ("It was held.", "A square", "A paper", "p. 4"):
        assert words in full
    # It is the same list, and leads on to itself.
    assert '<link rel="canonical" href="/events/">' in full
    assert f'href="{event.get_absolute_url()}?view=full"' in full
    assert 'name="view" value="full"' in full
    assert "Filters in force" not in full
    assert problems(client, "?view=table")["view"]


def test_htmx_gets_the_list_alone_and_the_clean_address(client: Client) -> None:
    make_event(slug="only")
    address = "/events/?q=&order=&since=2017"
    fragment = client.get(address, headers={"HX-Request": "true"})
    assert "<html" not in fragment.content.decode()
    assert 'id="event-only"' in fragment.content.decode()
    assert fragment["HX-Push-Url"] == "/events/?since=2017"
    assert "HX-Request" in fragment["Vary"]


@pytest.mark.parametrize("header", ["HX-Boosted", "HX-History-Restore-Request"])
def test_boosted_and_restored_requests_get_the_whole_page(client: Client, header: str) -> None:
    page = client.get("/events/", headers={"HX-Request": "true", header: "true"})
    assert "<html" in page.content.decode()


def test_public_page_sets_no_cookie_and_varies_on_htmx_and_encoding_alone(client: Client) -> None:
    page = client.get("/events/")
    assert not page.cookies
    assert page["Vary"] == "HX-Request, Accept-Encoding"


def test_queries_do_not_grow_with_rows(client: Client) -> None:
    actor = make_actor(slug="a", country=make_country())
    query = "?q=event&actor=a&country=SYR&kind=assault&since=2000&standing=reported&match=all"
    needed = []
    for number in (3, 27):
        for _ in range(number):
            make_event(actor, make_actor(), location=make_location(country=make_country()))
        with CaptureQueriesContext(connection) as queries:
            page = client.get(f"/events/{query}")
        needed.append((len(queries), page.context["page"].count))
    assert [count for _number, count in needed] == [3, 30]
    assert needed[0][0] == needed[1][0]


def test_a_chosen_place_without_events_opens_those_around_it(client: Client) -> None:
    country = make_location(slug="country")
    make_event(location=make_location(slug="here", parent=country))
    make_location(slug="nowhere", parent=country)
    page = client.get("/events/?location=nowhere")
    [facet] = [facet for facet in page.context["facets"] if facet.name == "location"]
    found = [(value.value, value.count, value.depth) for value in facet.values]
    assert found == [("country", 1, 0), ("here", 1, 1), ("nowhere", 0, 0)]


def test_every_event_has_a_search_document_whoever_writes_it() -> None:
    event = make_event(title="Zugzwang")
    assert events_with("zugzwang").get() == event
    Event.objects.filter(pk=event.pk).update(title="Endgame")
    assert not events_with("zugzwang").exists()
    assert events_with("endgame").get() == event
    Event.objects.filter(pk=event.pk).update(state="draft")
    assert not events_with("endgame").exists()


def found(client: Client, facet: str, query: str = "") -> dict[str, int]:
    response = client.get(f"/events/facets/{facet}/{query}")
    assert response.status_code == 200
    return {value.value: value.count for value in response.context["values"]}


@pytest.mark.parametrize(
    "query",
    [
        "since=%E2%80%8E2017-04%E2%80%8B",
        "actor=pu%C2%ADtin%EF%BB%BF",
        "country=%E2%81%A6SYR%E2%81%A9",
        "year=2017%E2%80%8F",
        "actor=%E2%80%8B&since=2017",
    ],
)
def test_characters_that_nobody_sees_are_left_out_of_values(client: Client, query: str) -> None:
    syria = make_location(slug="syria", country=make_country())
    make_event(make_actor(slug="putin"), slug="there", location=syria, date="2017-04")
    make_event(slug="elsewhere", date="2016")
    page = client.get(f"/events/?{query}")
    assert page.context["problems"] == []
    assert [e.slug for g in page.context["groups"] for e in g.entries] == ["there"]


def test_values_of_a_facet_are_found_by_name_under_the_other_filters(client: Client) -> None:
    syria = make_location(slug="syria", kind="country", country=make_country())
    town = make_location(slug="town", name="Khān (100%_a)", parent=syria, country=syria.country)
    putin = make_actor(slug="putin", name="Владимир Путин")
    make_event(putin, slug="one", location=town, date="2017-04")
    make_event(putin, make_actor(slug="elgar", name="Élgar"), slug="two", date="2018")
    assert found(client, "actor") == {"putin": 2, "elgar": 1}
    assert found(client, "actor", "?find=%D0%BF%D1%83%D1%82%D0%B8%D0%BD") == {"putin": 2}
    assert found(client, "actor", "?find=ELG") == {"elgar": 1}
    assert found(client, "actor", "?location=syria") == {"putin": 1}
    assert found(client, "actor", "?actor=elgar&find=%D0%BF%D1%83") == {"putin": 2}
    assert found(client, "location", "?find=khan") == {"town": 1}
    assert found(client, "location", "?find=%25_") == {}
    assert found(client, "location", "?find=a%25") == {"town": 1}
    assert found(client, "country", "?find=syr") == {"SYR": 1}
    assert found(client, "year", "?find=18") == {"2018": 1}
    assert list(found(client, "source", "?find=newspaper").values()) == [2]


def test_places_of_every_depth_count_what_lies_inside_them(client: Client) -> None:
    syria = make_location(slug="syria", name="Syria", kind="country")
    idlib = make_location(slug="idlib", name="Idlib", parent=syria)
    town = make_location(slug="town", name="Town", parent=idlib)
    site = make_location(slug="site", name="Site", parent=town)
    iraq = make_location(slug="iraq", name="Iraq", kind="country")
    hidden = make_location(slug="hidden", name="Hidden", parent=iraq, state="draft")
    beyond = make_location(slug="beyond", name="Beyond", parent=hidden)
    for place in (syria, idlib, town, town, site, iraq, hidden, beyond):
        make_event(location=place, date="2017-04")
    make_event(location=site, date="2018")
    make_event(date="2017-04")
    # An event whose own place is not public is in none.
    inside = {"syria": 6, "idlib": 5, "town": 4, "iraq": 2, "site": 2, "beyond": 1}
    assert list(found(client, "location").items()) == list(inside.items())
    values = client.get("/events/facets/location/").context["values"]
    assert {value.value: value.around for value in values} == {
        **{"syria": "", "idlib": "Syria", "town": "Idlib, Syria", "site": "Town, Idlib, Syria"},
        # What is not public is named nowhere.
        **{"iraq": "", "beyond": "Iraq"},
    }
    assert "Town" in client.get("/events/facets/location/?find=site").content.decode()
    # Of a range, and of words, each event is asked.
    before = {"syria": 5, "idlib": 4, "town": 3, "iraq": 2, "beyond": 1, "site": 1}
    assert list(found(client, "location", "?until=2017-04-29").items()) == list(before.items())
    assert found(client, "location", "?find=t&until=2017-04-29") == {"town": 3}
    chosen = found(client, "location", "?location=site&until=2017-04-29")
    assert list(chosen.items()) == [("site", 1), *list(before.items())[:-1]]


@pytest.mark.parametrize(
    ("query", "parameter"), [("?year=0", "year"), ("?finde=x", "finde"), ("?since=x", "since")]
)
def test_a_bad_query_finds_no_values_and_says_why(
    client: Client, query: str, parameter: str
) -> None:
    make_event(make_actor())
    assert found(client, "actor", query) == {}
    page = client.get(f"/events/facets/actor/{query}")
    assert [problem.parameter for problem in page.context["problems"]] == [parameter]


def test_there_are_facets_of_these_names_only(client: Client) -> None:
    assert client.get("/events/facets/nothing/").status_code == 404


def test_years_in_which_a_date_may_lie(client: Client) -> None:
    make_event(slug="day", date="2017-04-04")
    make_event(slug="doubt", date="2016-12/2017-01")
    make_event(slug="about", date="2015~")
    make_event(slug="open", date="2018/..")
    make_event(slug="ancient", date="-0044")
    assert counts(client, "year") == {"2018": 1, "2017": 2, "2016": 1, "2015": 1, "-0044": 1}
    assert set(slugs(client, "?year=2017")) == {"day", "doubt"}
    assert set(slugs(client, "?year=2017&year=2015")) == {"day", "doubt", "about"}
    assert slugs(client, "?year=2017&certain=1") == ["day"]
    assert set(slugs(client, "?year=2020")) == {"open"}
    assert slugs(client, "?year=-0044") == ["ancient"]
    assert counts(client, "year", "?certain=1") == {"2017": 1, "-0044": 1}


@pytest.mark.parametrize("year", ["0", "17", "20170", "99999", "-0000", "2017-04", "x", "٢٠١٧"])
def test_what_is_no_year_is_named(client: Client, year: str) -> None:
    make_event()
    response = client.get("/events/", {"year": year})
    assert slugs(client, f"?year={year}") == []
    [problem] = response.context["problems"]
    assert (problem.parameter, f"“{year}” is no year" in problem.message) == ("year", True)


def test_histogram_counts_what_the_list_shows(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("events.charts.histogram.FEWEST", 5)
    for day in (1, 1, 3):
        make_event(date=f"2017-04-{day:02}")
    make_event(date="2017-04-02/2017-04-03")
    assert client.get("/events/").context["chart"] is None
    make_event(date="../..")
    chart = client.get("/events/").context["chart"]
    assert [column.period.words for column in chart.columns] == [
        "1 April 2017",
        "2 April 2017",
        "3 April 2017",
    ]
    assert [column.total.surely for column in chart.columns] == [2, 0, 1]
    assert [column.total.possibly for column in chart.columns] == [0, 1, 1]
    assert (chart.number, chart.undated) == (5, 1)
    assert client.get("/events/?kind=nothing").context["chart"] is None


def test_no_histogram_has_a_single_column(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("events.charts.histogram.FEWEST", 1)
    make_event(date="2017-04-04")
    assert client.get("/events/").context["chart"] is None
    make_event(date="2017-04-05")
    assert len(client.get("/events/").context["chart"].columns) == 2


# All dates of the article are stated.
@pytest.mark.parametrize("name", [name for name in FACETS if name != "basis"])
def test_every_facet_has_its_values_on_a_page_of_their_own(
    loaded: None, client: Client, name: str
) -> None:
    [facet] = [f for f in client.get("/events/").context["facets"] if f.name == name]
    values = {value.value: value.label for value in facet.values}
    page = client.get(f"/events/facets/{name}/")
    assert values
    assert values.items() <= {v.value: v.label for v in page.context["values"]}.items()
    [value, label] = next(iter(values.items()))
    assert value in found(client, name, f"?{urlencode({'find': label[:4].upper()})}")
    assert found(client, name, "?find=zzz") == {}

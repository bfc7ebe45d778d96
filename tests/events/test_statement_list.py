"""The list of statements: which rows each filter gives, and what its facets count."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    make_actor,
    make_claim,
    make_country,
    make_event,
    make_statement,
    take_position,
)


def keys(client: Client, query: str) -> set[str]:
    return {row.key for row in client.get(f"/statements/{query}").context["page"].rows}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?event=us-cruise-missile-strike", {"kremlin-on-the-missile-strike"}),
        (
            "?event=khan-sheikhoun-chemical-attack&country=USA",
            {"united-states-on-the-russian-denial", "us-intelligence-on-access-to-sarin"},
        ),
        (
            "?claim=syrian-government-carried-out-the-attack",
            {"kremlin-denial-of-responsibility", "putin-on-the-accusations"},
        ),
        (
            "?claim=syrian-government-carried-out-the-attack&speaker=kremlin",
            {"kremlin-denial-of-responsibility"},
        ),
        (
            "?country=RUS&stance=laments&stance=condemns",
            {"putin-on-lost-trust", "kremlin-on-the-missile-strike"},
        ),
        ("?country=RUS&q=provocation", {"putin-on-the-accusations"}),
        ("?about=kremlin", {"united-states-on-the-russian-denial"}),
        (
            "?since=2017-04-11&until=2017-04-11&certain=1",
            {"putin-on-the-accusations", "putin-on-a-un-investigation"},
        ),
        ("?event=nope", set()),
        ("?claim=nope", set()),
        ("?country=XXX", set()),
        ("?country=rus", set()),
        ("?about=nobody", set()),
    ],
)
def test_filters(loaded: None, client: Client, query: str, expected: set[str]) -> None:
    assert keys(client, query) == expected
    if not expected:
        assert 'role="alert"' in client.get(f"/statements/{query}").content.decode()


def test_every_count_beside_a_filter_is_that_of_the_list_it_leads_to(
    loaded: None, client: Client
) -> None:
    facets = client.get("/statements/").context["facets"]
    assert [facet.name for facet in facets] == ["speaker", "stance", "country", "event", "claim"]
    for facet in facets:
        assert facet.values
        for value in facet.values:
            listed = client.get("/statements/", {facet.name: value.value})
            assert listed.context["page"].count == value.count, value


@pytest.mark.django_db
def test_drafts_are_in_no_row_and_no_count(client: Client) -> None:
    speaker = make_actor(country=make_country())
    draft_event = make_event(slug="secret", title="A secret event", state="draft")
    claim = make_claim(draft_event, slug="orphan", text="Claim about it")
    statement = make_statement(speaker, paraphrase="Shown words")
    take_position(statement, "denies", claim=claim)
    take_position(statement, "asserts", claim=make_claim(slug="no", state="draft"))
    take_position(statement, "supports", event=draft_event)
    make_statement(speaker, paraphrase="A secret words", state="draft")
    make_statement(make_actor(name="A secret speaker", state="draft"))
    page = client.get("/statements/")
    assert [row.paraphrase for row in page.context["page"].rows] == ["Shown words"]
    counted = {f.name: [(v.value, v.count) for v in f.values] for f in page.context["facets"]}
    assert counted == {
        "speaker": [(speaker.slug, 1)],
        "stance": [],
        "country": [("SYR", 1)],
        "event": [],
        "claim": [],
    }
    assert "secret" not in page.content.decode()
    for query in ("?event=secret", "?claim=no", "?stance=asserts", "?stance=supports"):
        assert keys(client, query) == set()


@pytest.mark.django_db
def test_queries_do_not_grow_with_rows(client: Client) -> None:
    country = make_country()
    claim, event = make_claim(slug="c"), make_event(slug="e")

    def queries(number: int) -> int:
        speaker = make_actor(slug=f"speaker-{number}", country=country)
        for _ in range(number):
            statement = make_statement(speaker, date="2017")
            take_position(statement, "denies", claim=claim)
            take_position(statement, "denies", event=event)
        query = f"?speaker={speaker.slug}&claim=c&event=e&country=SYR&stance=denies&since=2016"
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/statements/{query}").context["page"].count == number
        return len(captured)

    assert queries(3) == queries(30)

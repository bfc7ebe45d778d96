"""Every fact on every public page leads to its citation by one click or key press."""

import pytest
from django.test import Client

from actors.models import Actor, Country
from events.models import Citation, Event, Location, Source, Statement
from tests.facts import Page

LISTS = ["/", "/?view=full", "/actors/", "/locations/", "/statements/", "/sources/", "/relations/"]
# States of all kinds: of the article, former, user-assigned, shared codes, a slip mended.
COUNTRIES = ["SYR", "USA", "RUS", "IRN", "TUR", "UKR", "SUN", "XKX", "QWG", "RWA", "ANT", "ATF"]
PAIRS = ["/relations/russia/united-states/", "/relations/government-of-syria/united-states/"]
# Lists have a heading and a line on what they list; so has the page of two actors.
ABOUT_THE_PAGE = {"h1", "p.lede"}
# What is said of a record where nothing is known, and of claims that actors differ on.
NO_FACTS = {
    *("not given", "not known", "No event is recorded.", "No office is recorded."),
    *("Contested", "and", "with"),
}


def addresses() -> list[str]:
    models = [Event, Actor, Location, Statement, Source]
    return [
        *LISTS,
        *(row.get_absolute_url() for model in models for row in model.objects.all()),
        *(f"/countries/{iso3}/" for iso3 in COUNTRIES),
        "/countries/USA/?on=2017-04-06",
        *PAIRS,
        "/statements/?about=russia",
    ]


@pytest.fixture(scope="module")
def pages(loaded: None) -> dict[str, Page]:
    client = Client()
    return {address: Page(client.get(address).content.decode()) for address in addresses()}


def test_every_fact_leads_to_its_citation_and_the_citation_is_there(
    pages: dict[str, Page], client: Client
) -> None:
    assert len(pages) > 70
    cited: set[str] = set()
    for address, page in pages.items():
        assert page.facts or address in ("/", "/sources/", "/relations/"), address
        assert page.uncited() == [], address
        cited |= {link for fact in page.facts for link in page.citations_of(fact)}
    by_page: dict[str, set[str]] = {}
    for link in cited:
        address, _, anchor = link.partition("#")
        by_page.setdefault(address, set()).add(anchor)
    assert len(by_page) > 100
    for address, anchors in by_page.items():
        assert anchors <= Page(client.get(address).content.decode()).by_id.keys(), address


def test_all_words_are_facts_or_furniture(pages: dict[str, Page]) -> None:
    for address, page in pages.items():
        is_record = address not in [*LISTS, *PAIRS] and not address.startswith("/statements/?")
        described = set() if is_record else ABOUT_THE_PAGE
        assert [text for text in page.unexplained(described) if text not in NO_FACTS] == [], address


def test_every_code_year_and_name_of_every_country_is_cited(loaded: None) -> None:
    shown = {
        "iso": "iso3",
        "gw": "gw",
        "cow": "cow",
        "fips": "fips",
        "existence": "existence",
        "name": "name",
    }
    cited = set(
        Citation.objects.filter(country__isnull=False).values_list("country__iso3", "aspect")
    )
    assert cited == {
        (country.iso3, aspect)
        for country in Country.objects.all()
        for aspect, shows in shown.items()
        if getattr(country, shows)
    }


@pytest.mark.parametrize(
    ("html", "uncited", "unexplained"),
    [
        ('<p data-fact>It rained<a href="#r-1">1</a></p>', [], []),
        ('<p data-fact>It rained<a href="/sources/x/?record=event:y#citation-1">1</a></p>', [], []),
        ('<p data-fact>It rained <a href="/sources/x/">x</a></p>', ["It rained x"], []),
        (
            '<p data-fact>It rained <b data-fact>twice<a href="#r-1">1</a></b></p>',
            ["It rained twice 1"],
            [],
        ),
        ("<p>It rained</p>", [], ["It rained"]),
        ("<form>Rain</form><h2>Weather</h2><p data-derived>2 showers</p>", [], []),
    ],
)
def test_a_fact_without_a_mark_and_a_word_without_a_reason_are_seen(
    html: str, uncited: list[str], unexplained: list[str]
) -> None:
    foot = '<ol class="references"><li id="r-1"><a href="/sources/x/#citation-1">x</a></li></ol>'
    page = Page(f"<body><main>{html}{foot}</main></body>")
    assert page.uncited() == uncited
    assert page.unexplained(set()) == unexplained

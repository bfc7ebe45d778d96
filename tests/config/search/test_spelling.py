"""What is searched for in place of a word that nothing has."""

import pytest
from django.test import Client

from actors.models import Actor
from config.search.spelling import count_edits
from config.search.spelling import understand as understand_by
from events.models import Event, SearchWord, Statement
from tests.factories import make_actor, make_event, make_location, make_statement
from tests.searching import events_with, understand

ATTACK = "khan-sheikhoun-chemical-attack"
VISIT = "tillerson-visits-moscow"
OF_PUTIN = {ATTACK, VISIT, "putin-press-remarks", "un-investigation-called-for"}


def instead(words: str) -> dict[str, list[str]]:
    return {
        correction.asked.text: [term.text for term in correction.instead]
        for correction in understand(words).corrections
    }


@pytest.mark.parametrize(
    ("words", "corrected", "expected"),
    [
        ("Tilerson", {"Tilerson": ["Tillerson"]}, {VISIT}),
        ("Khan Shaykhun", {}, {ATTACK}),
        ("Khan Sheykhoon", {"Sheykhoon": ["Sheikhoun"]}, None),
        ("Хан-Шейхун", {}, {ATTACK}),
        ("Хан-Шейкун", {"Хан-Шейкун": ["Хан Шейхун"]}, {ATTACK}),
        ("بوتين", {}, OF_PUTIN),
        ("بوتن", {"بوتن": ["بوتين"]}, OF_PUTIN),
        ("Путен", {"Путен": ["Путин"]}, OF_PUTIN),
        ("Tilerson Puttin", {"Tilerson": ["Tillerson"], "Puttin": ["Putin"]}, {VISIT}),
    ],
)
def test_a_typo_still_finds(
    loaded: None, words: str, corrected: dict[str, list[str]], expected: set[str] | None
) -> None:
    understood = understand(words)
    rows = events_with(understood.meant)
    assert instead(words) == corrected
    slugs = set(rows.values_list("slug", flat=True))
    assert slugs == expected if expected else ATTACK in slugs


@pytest.mark.parametrize("words", ['"Tilerson"', "putin -tilerson", 'putin -"tilerson"'])
def test_phrases_and_exclusions_stand_as_they_are(loaded: None, words: str) -> None:
    assert understand(words).meant == understand(words).asked


@pytest.mark.parametrize("words", ["qwertz", "Erdogan", "un", "1914", "x" * 200])
def test_a_word_that_nothing_is_near_stays(loaded: None, words: str) -> None:
    assert instead(words) == {}


def test_romanisations_meet_where_neither_is_stored(db: None) -> None:
    make_event(slug="there", title="Meeting", location=make_location(name="Khan Sheikhoun"))
    make_event(make_actor(name="Muammar Qaddafi"), slug="libya", title="Meeting")
    assert instead("Khan Shaykhun") == {"Shaykhun": ["Sheikhoun"]}
    assert instead("Gaddafi") == {"Gaddafi": ["Qaddafi"]}
    assert instead("Kadhafi") == {"Kadhafi": ["Qaddafi"]}


def test_names_come_before_words_of_titles(db: None) -> None:
    make_event(make_actor(name="Atack"), slug="name", title="Meeting")
    make_event(slug="title", title="The atick")
    assert instead("atuck") == {"atuck": ["Atack"]}


def test_equally_near_names_are_both_searched(db: None) -> None:
    for name in ("Marin", "Morin"):
        make_event(make_actor(name=name), slug=name.lower(), title="Meeting")
    assert set(instead("Merin")["Merin"]) == {"Marin", "Morin"}
    rows = events_with(understand("Merin meeting").meant)
    assert set(rows.values_list("slug", flat=True)) == {"marin", "morin"}


def test_a_draft_gives_no_word_away(db: None) -> None:
    actor = make_actor(name="ZEBEDEE", state="draft")
    actor.names.create(language="en", name="Zeb")
    make_event(actor, slug="seen", title="Meeting")
    event = make_event(slug="hidden", title="ATLANTIS", state="draft")
    words = SearchWord.objects.filter(word__in=["zebedee", "atlantis", "zeb"])
    assert not words.exists()
    assert instead("Zebedea") == instead("Atlantes") == {}
    assert understand("Atlantis").unknown == ("Atlantis",)
    # Nor how they write a word that others have.
    make_event(make_actor(name="Zebedee"), title="Atlantis")
    assert instead("Zebedea") == {"Zebedea": ["Zebedee"]}
    assert instead("Atlantes") == {"Atlantes": ["Atlantis"]}
    Actor.objects.update(state="published")
    Event.objects.filter(pk=event.pk).update(state="published")
    assert set(words.values_list("word", "spelling")) == {
        ("zebedee", "Zebedee"),
        ("atlantis", "Atlantis"),
        ("zeb", "Zeb"),
    }


def test_a_word_that_nothing_has_any_more_is_not_offered(db: None) -> None:
    event = make_event(title="Zugzwang")
    assert instead("Zugzwong") == {"Zugzwong": ["Zugzwang"]}
    Event.objects.filter(pk=event.pk).update(title="Endgame")
    assert instead("Zugzwong") == {}
    assert instead("Endgane") == {"Endgane": ["Endgame"]}


def test_each_word_is_kept_once_whoever_writes_it(db: None) -> None:
    make_event(title="Zugzwang one")
    Event.objects.update(title="Zugzwáng two")
    words = SearchWord.objects.filter(word__in=["zugzwang", "one", "two"])
    assert sorted(words.values_list("word", "spelling", "is_name")) == [
        ("one", "one", False),
        ("two", "two", False),
        ("zugzwang", "Zugzwang", False),
    ]


def test_statements_know_other_words_than_events(db: None) -> None:
    make_statement(make_actor(name="Vladimir Putin"))
    assert instead("Puttin") == {}
    corrections = understand_by("Puttin", Statement.objects.published().look_up).corrections
    assert [term.text for c in corrections for term in c.instead] == ["Putin"]


def test_the_page_says_so_and_leads_to_the_exact_words(loaded: None, client: Client) -> None:
    page = client.get("/events/?q=Tilerson&since=2017")
    assert [e.slug for g in page.context["groups"] for e in g.entries] == [VISIT]
    html = page.content.decode()
    assert (
        "No results for “<bdi>Tilerson</bdi>”. Showing results for “<bdi>Tillerson</bdi>”." in html
    )
    assert 'href="/events/?q=%22Tilerson%22&amp;since=2017"' in html
    exact = client.get("/events/?q=%22Tilerson%22&since=2017")
    assert exact.context["groups"] == []
    assert "Showing results for" not in exact.content.decode()


def test_the_page_says_which_word_nothing_has(loaded: None, client: Client) -> None:
    html = client.get("/events/?q=sarin+qwertz").content.decode()
    assert "No results for the word “<bdi>qwertz</bdi>”." in html


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("the of", "too common to search for: the, of"),
        ("-the", "too common to search for: the"),
        ("!!!", "no word in “!!!”"),
        ("or", "no word in “or”"),
    ],
)
def test_what_cannot_be_searched_for_is_refused(
    loaded: None, client: Client, query: str, says: str
) -> None:
    for path in ("/events/", "/statements/"):
        page = client.get(path, {"q": query})
        assert [(p.parameter, says in p.message) for p in page.context["problems"]] == [("q", True)]
        assert page.context["page"].rows == []


@pytest.mark.parametrize(
    "query",
    ['"', '"open words', "-", "a" * 200, "😀 sarin", "' OR 1=1 --", "x:* & (", "sarin<script>"],
)
def test_hostile_words_are_words(loaded: None, client: Client, query: str) -> None:
    page = client.get("/events/", {"q": query})
    assert page.status_code == 200
    assert page.context["page"].count < 10


@pytest.mark.parametrize(
    ("one", "other", "edits"),
    [
        ("putin", "putin", 0),
        ("irna", "iran", 1),
        ("putn", "putin", 1),
        ("", "abc", 3),
        ("abc", "cab", 2),
    ],
)
def test_count_edits(one: str, other: str, edits: int) -> None:
    assert count_edits(one, other) == count_edits(other, one) == edits


def test_what_is_withdrawn_is_offered_no_more_though_public_texts_have_the_word(db: None) -> None:
    make_event(slug="text", title="Meeting", summary="It was about Zebedee.")
    actor = make_actor(name="Zebedee")
    assert instead("Zebadee") == {"Zebadee": ["Zebedee"]}
    Actor.objects.filter(pk=actor.pk).update(state="withdrawn")
    assert instead("Zebadee") == {}

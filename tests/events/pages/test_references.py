"""References are the public citations of the records of a page, and escape what sources say."""

import pytest
from django.db import connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext

from events.models import Citation, Event, Participation
from events.pages.references import References, read_cited
from tests.factories import cite, make_actor, make_event, make_source

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    """With citations as a whole and of its date, and of who takes part, one of them hidden."""
    event = make_event(make_actor(), slug="talks")
    part = event.participations.get()
    relayed = make_source(slug="book", title="A <b>book</b> & more")
    draft = make_source(slug="draft", title="Nobody sees this", state="draft")
    second_hand = {"access": "second-hand", "note": "As quoted."}
    cite(event, relayed, "p. 10", aspect="date", via=draft, **second_hand)
    cite(event, relayed, "p. 9", via=make_source(title="Relay"), **second_hand)
    cite(part, relayed, "p. 2")
    cite(part, draft, "p. 3")
    return event


def test_citations_are_the_public_ones_in_the_order_of_their_sources(event: Event) -> None:
    part = event.participations.get()
    found = read_cited({"event": [event.pk], "participation": [part.pk], "actor": []})
    relays = [(cited.locator, cited.public_via and cited.public_via.title) for cited in found]
    assert relays == [("p. 2", None), ("p. 9", "Relay"), ("p. 10", None), ("¶1.1", None)]
    names = {"event": event.slug, "participation": part.pk}
    places = [cited.place_url_of(names[cited.target_field]) for cited in found]
    assert places == [citation.place_url for citation in Citation.objects.published().for_list()]
    assert places[:2] == [
        f"/sources/book/?record=participation:{part.pk}#citation-{found[0].pk}",
        "/sources/book/?record=event:talks#event-talks",
    ]


def test_nothing_asked_needs_no_query() -> None:
    with CaptureQueriesContext(connection) as queries:
        assert read_cited({"event": [], "tenure": set()}) == []
    assert len(queries) == 0


def test_a_key_and_its_record_have_the_same_references(event: Event) -> None:
    part: Participation = event.participations.get()
    references = References(read_cited({"event": [event.pk], "participation": [part.pk]}))
    whole = references.of_all_of_key("event", event.pk, event.slug)
    assert references.of_all(event) == whole
    assert [reference.locator for reference in whole] == ["p. 9", "p. 10", "¶1.1"]
    # Of this aspect alone where it has any, or else of the record as a whole.
    assert [r.locator for r in references.of(event, "date")] == ["p. 10"]
    assert [r.locator for r in references.of(event, "place")] == ["p. 9", "¶1.1"]
    assert references.of(part) == references.of_key("participation", part.pk, part.pk)
    assert [reference.locator for reference in references] == ["p. 9", "p. 10", "¶1.1", "p. 2"]


def test_marks_escape_what_sources_say(event: Event) -> None:
    references = References(read_cited({"event": [event.pk]}))
    marks = references.marks(references.of(event, "date"), "date")
    assert marks == (
        ' <span class="marks" id="f-1"><a href="#r-a-p.-10" aria-label="A p. 10:'
        ' A &lt;b&gt;book&lt;/b&gt; &amp; more"><bdi dir="ltr">A p. 10</bdi></a></span>'
    )
    assert "no source recorded" in references.marks([], "nothing")


def marks_of(references: References, record: Model, label: str) -> list[str]:
    """What is written beside the fact, which the places remember."""
    found = references.of(record)
    references.marks(found, label)
    return [reference.place.mark for reference in found]


def test_a_page_with_one_source_names_places_alone() -> None:
    one, other = make_event(), make_event()
    references = References(read_cited({"event": [one.pk, other.pk]}))
    assert marks_of(references, one, "one") == ["¶1.1"]
    assert marks_of(references, other, "other") == ["¶1.1"]
    ((place,),) = ([*referred.places] for referred in references.sources)
    assert not references.is_lettered
    assert place.anchor == "r-1.1"
    assert [(use.label, use.anchor) for use in place.references[0].uses] == [
        ("one", "f-1"),
        ("other", "f-2"),
    ]


def test_letters_and_numbers_follow_the_order_of_the_page() -> None:
    event, other = make_event(), make_event()
    Citation.objects.filter(event__in=[event, other]).delete()
    long = make_source(title="Zeitung", url="https://www.example.org/a?b")
    short = make_source(title="Almanac")
    cite(event, long, "geonameid 168325")
    cite(event, short, "")
    cite(other, long, "geonameid 168326")
    cite(other, long, "p. 2")
    references = References(read_cited({"event": [event.pk, other.pk]}))
    assert marks_of(references, other, "other") == ["A C1", "A p. 2"]
    assert marks_of(references, event, "event") == ["B", "A C2"]
    assert [
        (referred.letter, referred.source.host, [place.anchor for place in referred.places])
        for referred in references.sources
    ] == [("A", "example.org", ["r-a-c2", "r-a-c1", "r-a-p.-2"]), ("B", "", ["r-b"])]


def test_the_whole_of_the_only_source_is_called_source() -> None:
    event = make_event()
    Citation.objects.filter(event=event).update(locator="")
    references = References(read_cited({"event": [event.pk]}))
    assert marks_of(references, event, "event") == ["source"]


def test_ids_are_plain_and_no_two_are_the_same() -> None:
    event = make_event()
    Citation.objects.filter(event=event).delete()
    for locator in ("¶1", "§ 1", "صفحة"):
        cite(event, locator=locator)
    references = References(read_cited({"event": [event.pk]}))
    marks_of(references, event, "event")
    anchors = [place.anchor for referred in references.sources for place in referred.places]
    assert sorted(anchors) == ["r", "r-1", "r-1-2"]


def test_a_place_stands_once_however_it_was_read() -> None:
    one, other = make_event(), make_event()
    Citation.objects.filter(event=other).update(access="second-hand", note="As quoted.")
    references = References(read_cited({"event": [one.pk, other.pk]}))
    assert marks_of(references, one, "one") == marks_of(references, other, "other") == ["¶1.1"]
    ((place,),) = ([*referred.places] for referred in references.sources)
    readings = [(r.is_second_hand, r.note, [use.label for use in r.uses]) for r in place.references]
    assert readings == [(False, "", ["one"]), (True, "As quoted.", ["other"])]


def test_a_name_that_several_facts_have_is_told_once() -> None:
    one, other, third = make_event(), make_event(), make_event()
    references = References(read_cited({"event": [one.pk, other.pk, third.pk]}))
    for record, label in ((one, "name"), (other, "date"), (third, "name")):
        marks_of(references, record, label)
    ((place,),) = ([*referred.places] for referred in references.sources)
    assert place.references[0].uses_by_label == [("name", ["f-1", "f-3"]), ("date", ["f-2"])]


def test_what_is_asked_for_and_not_written_is_no_source_of_the_page(event: Event) -> None:
    references = References(read_cited({"event": [event.pk]}))
    assert references.of(event, "date")
    assert references.sources == []


def test_letters_go_on_after_z() -> None:
    event = make_event()
    Citation.objects.filter(event=event).delete()
    for number in range(28):
        cite(event, make_source(title=f"Source {number:02}"), "")
    references = References(read_cited({"event": [event.pk]}))
    assert marks_of(references, event, "event")[24:] == ["Y", "Z", "AA", "AB"]

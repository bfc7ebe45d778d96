"""References are the public citations of the records of a page, and escape what sources say."""

import pytest
from django.db import connection
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
    assert [reference.number for reference in references] == [1, 2, 3, 4]


def test_marks_escape_what_sources_say(event: Event) -> None:
    references = References(read_cited({"event": [event.pk]}))
    marks = references.marks(references.of(event, "date"))
    assert marks == (
        '<sup class="marks"><a href="#ref-1" aria-label="Reference 1:'
        ' A &lt;b&gt;book&lt;/b&gt; &amp; more, p. 10">1</a></sup>'
    )
    assert "no source recorded" in references.marks([])

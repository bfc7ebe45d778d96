"""What the timeline offers under its list: other outputs, the code to embed it, its citation."""

from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from events.exports.fields import FIELDS
from events.exports.formats import FORMATS
from tests.factories import make_actor, make_event

pytestmark = pytest.mark.django_db


def page(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_every_output_carries_the_filter_and_no_page(client: Client) -> None:
    make_actor(slug="russia", name="Russia")
    for number in range(51):
        make_event(slug=f"e{number}")
    text = unescape(page(client, "/events/?since=2016&until=2018&page=2"))
    for extension, form in FORMATS.items():
        link = f'type="{form.plain_type}" href="/events.{extension}?since=2016&until=2018"'
        assert link in text
    assert "page=2" not in text.split('id="follow"')[1].split("</details>")[0]


def test_front_page_and_htmx_fragment_offer_them_too(client: Client) -> None:
    make_event()
    assert 'href="/events.csv"' in page(client, "/")
    fragment = client.get("/events/?since=2016", headers={"HX-Request": "true"}).content.decode()
    assert 'href="/events.csv?since=2016"' in fragment


def test_head_tells_of_the_feeds(client: Client) -> None:
    head = page(client, "/events/?since=2016").partition("</head>")[0]
    for kind, extension in (("atom+xml", "atom"), ("feed+json", "feed.json")):
        assert f'<link rel="alternate" type="application/{kind}"' in head
        assert f'href="/events.{extension}?since=2016"' in head


def test_links_to_feeds_leave_the_order_to_them(client: Client) -> None:
    make_event()
    text = unescape(page(client, "/events/?since=2016&order=date"))
    assert text.count('href="/events.atom?since=2016"') == 2
    assert text.count('href="/events.feed.json?since=2016"') == 2
    assert 'href="/events.csv?since=2016&order=date"' in text


def test_citation_says_the_filter_the_day_and_the_permanent_address(client: Client) -> None:
    make_actor(slug="russia", name="Russia")
    text = unescape(page(client, "/events/?actor=russia&since=2017-04&order=date&page=1"))
    day = timezone.now()
    assert (
        f"Chronology, “Events: Actor Russia; Since April 2017”, read on {day.day} {day:%B %Y}, "
        "http://testserver/events/?actor=russia&since=2017-04&order=date"
    ) in text


def test_embed_code_survives_being_pasted(client: Client) -> None:
    make_actor(slug="quoted", name='The "<b>" & Co')
    text = page(client, "/events/?actor=quoted&since=2016")
    pasted = unescape(text.split('id="citation-embed"')[1].partition(">")[2].partition("</")[0])
    assert 'src="http://testserver/embed/events/?actor=quoted&amp;since=2016"' in pasted
    assert 'title="Chronology – Events: Actor The &quot;&lt;b&gt;&quot; &amp; Co; Since' in pasted
    assert unescape(text).rstrip().endswith("</html>")


@pytest.mark.parametrize(
    ("path", "frame"),
    [
        ("/timeline/?lanes=country&span=2017-04", "timeline/?lanes=country&amp;span=2017-04"),
        ("/map/?at=34.9,38.75&wide=790", "map/?at=34.9%2C38.75&amp;wide=790"),
        ("/events/?view=full&order=date", "events/?order=date"),
    ],
)
def test_a_drawn_view_is_embedded_as_it_is_shown(
    loaded: None, client: Client, path: str, frame: str
) -> None:
    text = unescape(page(client, path))
    assert f'<iframe src="http://testserver/embed/{frame}" title="' in text
    assert client.get(f"/embed/{unescape(frame)}").status_code == 200


def test_bad_query_offers_nothing(client: Client) -> None:
    text = page(client, "/events/?colour=red")
    assert 'id="follow"' not in text
    assert "events.csv" not in text


def test_page_on_exports_explains_every_output_and_field(client: Client) -> None:
    text = page(client, "/about/exports/")
    assert all(f"<code>/events.{extension}</code>" in text for extension in FORMATS)
    assert all(f'id="{name}"' in text for name in FIELDS)

"""What TimelineJS itself shows of our slides: the real client, vendored, in a real Chromium."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, Route, expect

from tests.events.exports.readers import fetch
from tests.factories import make_event, make_kind

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

VENDOR = settings.BASE_DIR / "tests/vendor/timelinejs"
SITE = "http://timeline.test/"
PAGE = """
<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="/timeline.css">
<div id="timeline" style="width: 1000px; height: 600px"></div><script src="/timeline.js"></script>
"""
START = f"""
slides => new TL.Timeline("timeline", slides, {{font: null, script_path: "{SITE}"}})
"""


@pytest.fixture(scope="module", autouse=True)
def both_at_once() -> Iterator[None]:
    """The database is asked in the thread in which Playwright runs its loop."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield


class Timeline:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.asked_elsewhere: list[str] = []
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.route("**/*", self._serve)
        page.goto(SITE)

    def _serve(self, route: Route) -> None:
        url = route.request.url
        file = VENDOR / url.rpartition("/")[2]
        if url == SITE:
            route.fulfill(body=PAGE, content_type="text/html")
        elif url.startswith(SITE):
            route.fulfill(path=file) if file.is_file() else route.fulfill(status=404)
        else:
            self.asked_elsewhere.append(url)
            route.abort()

    def show(self, document: str) -> dict[str, Any]:
        """Gives it the slides and waits until they stand there; the slides."""
        slides: dict[str, Any] = json.loads(document)
        self.page.evaluate(START, slides)
        # One for each event that has a place on the axis, and the title slide.
        expect(self.page.locator(".tl-slide")).to_have_count(len(slides["events"]) + 1)
        expect(self.page.locator(".tl-timemarker")).to_have_count(len(slides["events"]))
        expect(self.page.locator(".tl-message-content")).to_have_count(0)
        assert not self.errors
        assert not self.asked_elsewhere
        return slides

    def texts(self, selector: str) -> list[str]:
        return [text.strip() for text in self.page.locator(selector).all_text_contents()]

    @property
    def dates(self) -> list[str]:
        """Those on the slides; the title slide has none."""
        return [text for text in self.texts(".tl-slide .tl-headline-date") if text]

    @property
    def titles(self) -> list[str]:
        return self.texts(".tl-slide .tl-headline")


@pytest.fixture
def timeline(page: Page) -> Timeline:
    return Timeline(page)


def test_view_without_any_date_is_shown_in_words(client: Client, timeline: Timeline) -> None:
    make_event(title="Intervention", date="../..")
    make_event(title="Another intervention", date="", standing="disputed")
    slides = timeline.show(fetch(client, "timelinejs.json", "?q=intervention"))
    assert slides["count"] == 2
    assert timeline.titles[1:] == ["No event with a date"]
    told = timeline.texts(".tl-slide-titleslide .tl-text")[0]
    assert "Intervention" in told
    assert "Disputed: Another intervention" in told
    assert timeline.dates[0].startswith("As of ")


def test_view_without_any_event_is_shown_without_an_error(
    client: Client, timeline: Timeline
) -> None:
    slides = timeline.show(fetch(client, "timelinejs.json"))
    assert slides["count"] == 0
    assert timeline.titles[1:] == ["No event"]


def test_every_date_is_shown_in_its_own_words(client: Client, timeline: Timeline) -> None:
    dates = {
        "-0043-03-15": "15 March 44 BCE",
        "-0499": "500 BCE",
        "0050": "50 CE",
        "../2017-04": "until April 2017, start not given",
        "[2017-04-03..2017-04-09]": "one day between 3 and 9 April 2017",
        "2017-04-11/..": "from 11 April 2017, end open",
        "2018~": "about 2018",
        "2019-12": "December 2019",
    }
    for date in dates:
        make_event(date=date)
    timeline.show(fetch(client, "timelinejs.json"))
    assert sorted(timeline.dates) == sorted(dates.values())


def test_years_beyond_those_of_a_browser_are_shown(client: Client, timeline: Timeline) -> None:
    make_event(title="Long ago", date="Y-17000000")
    make_event(title="Lately", date="2017-04-03/2017-04-09")
    make_event(title="In time to come", date="2017/Y300000")
    timeline.show(fetch(client, "timelinejs.json"))
    # By their years alone.
    assert timeline.titles[1] == "Long ago"
    assert set(timeline.titles[2:]) == {"Lately", "In time to come"}


def test_many_events_in_several_groups(client: Client, timeline: Timeline) -> None:
    kinds = [make_kind(slug) for slug in ("assault", "consult", "fight")]
    for number in range(200):
        date = f"{1900 + number // 2}-{number % 12 + 1:02}"
        make_event(title=f"Event {number}", date=date, kind=kinds[number % 3])
    timeline.show(fetch(client, "timelinejs.json"))
    assert set(timeline.texts(".tl-timegroup")) == {kind.name for kind in kinds}
    assert len(set(timeline.dates)) == 200


def test_text_of_a_slide_is_shown_as_text(client: Client, timeline: Timeline) -> None:
    make_event(title="<img src=x onerror=alert(1)> & more", summary="See https://elsewhere.test/x")
    timeline.show(fetch(client, "timelinejs.json"))
    assert timeline.titles[1:] == ["<img src=x onerror=alert(1)> & more"]

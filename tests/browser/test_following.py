"""Feeds, exports and the frame, as a reader meets them in the browser."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_links_under_the_list_follow_the_filter(page: Page) -> None:
    page.goto("/events/")
    page.locator("#follow > summary").click()
    expect(page.get_by_role("link", name="CSV")).to_have_attribute("href", "/events.csv")
    page.locator("#q").fill("sarin")
    page.locator("#q").press("Enter")
    expect(page.get_by_role("link", name="CSV")).to_have_attribute("href", "/events.csv?q=sarin")
    page.locator(".tool > summary", has_text="Cite").click()
    expect(page.get_by_label("Plain text")).to_contain_text("Events: Search sarin")
    expect(page.get_by_role("button", name="Copy Plain text")).to_be_visible()


def test_links_work_without_javascript(page_without_javascript: Page) -> None:
    page = page_without_javascript
    page.goto("/events/?q=sarin")
    page.locator("#follow > summary").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    assert download.value.suggested_filename == "chancery-events.csv"
    rows = Path(download.value.path()).read_text("utf-8").splitlines()
    assert rows[0].startswith("slug,title,date,")
    assert [row.partition(",")[0] for row in rows[1:]] == [
        "us-intelligence-report-on-sarin",
        "khan-sheikhoun-chemical-attack",
    ]


@pytest.fixture
def elsewhere(base_url: str) -> Iterator[str]:
    """A site of somebody else, that shows ours in a frame."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            frame = f'<iframe src="{base_url}/embed/events/?q=sarin" title="Events"></iframe>'
            self.wfile.write(f"<!DOCTYPE html><title>Elsewhere</title>{frame}".encode())

        def log_message(self, *_: object) -> None:
            """Silent."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_frame_shows_the_events_on_a_page_of_another_site(page: Page, elsewhere: str) -> None:
    page.goto(elsewhere)
    frame = page.frame_locator("iframe")
    heading = frame.get_by_role("heading", name="Chemical attack on Khan Sheikhoun")
    expect(heading).to_be_visible()
    expect(frame.get_by_role("link", name="The whole timeline")).to_be_visible()


def test_feed_can_be_read_by_a_person(page: Page) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto("/statements.atom?speaker=kremlin&stance=denies")
    heading = page.locator("feed > title")
    expect(heading).to_have_css("display", "block")
    expect(page.locator("entry > content")).to_have_css("white-space-collapse", "preserve-breaks")
    expect(page.locator("entry > id")).to_be_hidden()
    page.locator("entry").get_by_text("Open the record").click()
    expect(page.get_by_role("heading", name="What The Kremlin said")).to_be_visible()
    assert said == []

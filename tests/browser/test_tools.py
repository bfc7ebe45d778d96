"""Share, cite and print in the browser; and that the data in the head offend no policy."""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, expect

pytestmark = pytest.mark.browser
PAGES = ["/actors/russia/", "/events/khan-sheikhoun-chemical-attack/", "/locations/idlib/"]


def test_address_and_citation_are_copied(page: Page, context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/actors/russia/?q=a")
    page.locator(".tool > summary", has_text="Share").click()
    page.get_by_role("button", name="Copy Address of this page").click()
    expect(page.get_by_text("Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.endswith("/actors/russia/")
    # One of them is open at a time.
    page.locator(".tool > summary", has_text="Cite").click()
    expect(page.get_by_label("Address of this page")).to_be_hidden()
    page.get_by_role("button", name="Copy BibTeX").click()
    assert page.evaluate("navigator.clipboard.readText()").startswith(
        "@online{chancery-actor-russia"
    )
    page.keyboard.press("Escape")
    expect(page.get_by_label("BibTeX")).to_be_hidden()
    expect(page.locator(".tool > summary", has_text="Cite")).to_be_focused()


def test_print_asks_the_browser_to(page: Page) -> None:
    page.add_init_script("window.print = () => { window.wasPrinted = true; };")
    page.goto("/actors/russia/")
    page.get_by_role("button", name="Print").click()
    assert page.evaluate("window.wasPrinted") is True


def test_sheet_of_the_system_gets_title_and_canonical_address(page: Page) -> None:
    sheet = "navigator.share = (data) => { window.shared = data; return Promise.resolve(); };"
    page.add_init_script(sheet)
    page.goto("/actors/russia/?q=a")
    page.locator(".tool > summary", has_text="Share").click()
    page.get_by_role("button", name="Share with …").click()
    shared = page.evaluate("window.shared")
    assert shared["title"] == "Russia"
    assert shared["url"].endswith("/actors/russia/")


def test_list_shares_the_view_that_is_shown(page: Page) -> None:
    page.goto("/actors/")
    page.locator("#q").fill("russia")
    page.locator("#q").press("Enter")
    page.wait_for_url("**/actors/?q=russia")
    page.locator(".tool > summary", has_text="Share").click()
    expect(page.get_by_label("Address of this page")).to_have_value(page.url)
    expect(page.get_by_role("button", name="Print")).to_be_visible()
    og_url = page.locator("meta[property='og:url']")
    expect(og_url).to_have_attribute("content", page.url)


def test_without_javascript_there_is_no_button_that_does_nothing(
    page_without_javascript: Page,
) -> None:
    page = page_without_javascript
    page.goto("/actors/russia/")
    page.locator(".tool > summary", has_text="Share").click()
    expect(page.get_by_label("Address of this page")).to_be_visible()
    expect(page.get_by_role("link", name="Permanent link")).to_be_visible()
    for name in ("Copy", "Print", "Share with"):
        expect(page.get_by_role("button", name=name)).to_have_count(0)


@pytest.mark.parametrize("address", PAGES)
def test_data_in_the_head_offend_no_policy(page: Page, address: str) -> None:
    said: list[str] = []

    def note(message: ConsoleMessage) -> None:
        said.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(address, wait_until="networkidle")
    data = page.locator("script[type='application/ld+json']").text_content() or ""
    assert json.loads(data)["url"].endswith(address)
    assert said == []


def test_paper_has_the_address_and_the_day_and_no_tools(page: Page) -> None:
    page.goto("/actors/russia/?q=a")
    expect(page.locator(".tools")).to_be_visible()
    expect(page.locator(".printed")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".tools")).to_be_hidden()
    # But where it stood, without the query by which one came, and when it was read.
    expect(page.locator(".printed")).to_contain_text("/actors/russia/ · read on ")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_tools_and_what_is_missing_suit_everyone(page: Page, width: int, scheme: str) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    for address, tool in (("/actors/russia/", "Cite"), ("/statements/", "Share"), ("/no/", "")):
        page.goto(address)
        if tool:
            page.locator(".tool > summary", has_text=tool).click()
        assert Axe().run(page).response["violations"] == [], address
        assert page.evaluate("document.documentElement.scrollWidth") == width, address

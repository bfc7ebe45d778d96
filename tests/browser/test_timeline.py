"""The timeline as its readers use it: with htmx, without JavaScript, and by keyboard alone."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

PAGES = [
    "/",
    "/events/?actor=nobody",
    "/embed/events/",
    "/about/exports/",
    "/events/?q=nothing-of-the-kind",
    "/events/khan-sheikhoun-chemical-attack/",
    "/events/us-cruise-missile-strike/",
    "/actors/",
    "/actors/vladimir-putin/",
    "/actors/russia/",
    "/countries/SYR/",
    "/locations/",
    "/locations/khan-sheikhoun/",
    "/statements/",
    "/relations/",
    "/relations/united-states/russia/",
    "/sources/",
    "/sources/us-russian-relations-deteriorate-over-syria/",
    "/about/",
    "/admin/login/",
]


def count(page: Page, words: str) -> None:
    expect(page.locator("#count")).to_have_text(re.compile(rf"^\s*{words}"))


def open_filters(page: Page) -> None:
    """On a narrow screen the filters are folded away."""
    for summary in page.locator("#filters details:not([open]) > summary").all():
        if summary.is_visible():
            summary.click()


def test_choosing_a_filter_changes_the_list_in_place(page: Page) -> None:
    page.goto("/events/")
    count(page, "10 events")
    page.evaluate("document.body.dataset.kept = 'yes'")
    open_filters(page)
    box = page.get_by_role("checkbox", name="Rex Tillerson")
    box.check()
    count(page, "1 event")
    expect(page).to_have_url(re.compile(r"/events/\?actor=rex-tillerson$"))
    expect(page.locator("article.entry")).to_have_count(1)
    # The page was not loaded anew, and the box that was used still has the focus.
    expect(page.locator("body")).to_have_attribute("data-kept", "yes")
    expect(box).to_be_focused()
    expect(box).to_be_checked()


def test_back_and_forward_show_what_was_there(page: Page) -> None:
    page.goto("/events/")
    open_filters(page)
    page.get_by_role("checkbox", name="Turkey").first.check()
    count(page, "1 event")
    page.go_back()
    count(page, "10 events")
    expect(page).to_have_url(re.compile(r"/events/$"))
    page.go_forward()
    count(page, "1 event")
    open_filters(page)
    expect(page.get_by_role("checkbox", name="Turkey").first).to_be_checked()


def test_enter_searches_for_the_words_and_keeps_the_caret(page: Page) -> None:
    page.goto("/events/")
    words = page.locator("#q")
    words.press_sequentially("sarin")
    words.press("Enter")
    expect(page).to_have_url(re.compile(r"q=sarin$"))
    count(page, "[1-4] event")
    expect(words).to_be_focused()
    expect(words).to_have_value("sarin")


def test_chip_takes_its_filter_away(page: Page) -> None:
    page.goto("/events/?actor=rex-tillerson&since=2017")
    count(page, "1 event")
    page.get_by_role("link", name="Actor Rex Tillerson").click()
    expect(page).to_have_url(re.compile(r"/events/\?since=2017$"))
    count(page, "(9|10) events")


def test_bad_filter_says_what_is_wrong(page: Page) -> None:
    page.goto("/events/?since=2017-13")
    expect(page.get_by_role("alert")).to_contain_text("2017-13")
    expect(page.locator("article.entry")).to_have_count(0)


def test_everything_works_without_javascript(page_without_javascript: Page) -> None:
    page = page_without_javascript
    page.goto("/events/")
    open_filters(page)
    page.get_by_role("checkbox", name="Rex Tillerson").check()
    page.get_by_role("button", name="Apply filters").click()
    count(page, "1 event")
    page.get_by_role("link", name=re.compile("Moscow|Tillerson")).first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_a_reader_with_a_keyboard_reaches_the_list_and_an_event(page: Page) -> None:
    page.goto("/events/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    entry = page.locator("article.entry a").first
    for _ in range(120):
        page.keyboard.press("Tab")
        if entry.evaluate("link => link === document.activeElement"):
            break
    expect(entry).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/events/[a-z-]+/$"))


def test_a_mark_leads_to_its_reference_and_on_to_the_source(page: Page) -> None:
    page.goto("/events/khan-sheikhoun-chemical-attack/")
    page.locator(".marks a").first.click()
    expect(page).to_have_url(re.compile(r"#r-[a-z0-9.-]+$"))
    place = page.locator(".places > li:target")
    place.get_by_role("link", name="Back to").first.press("Enter")
    expect(page).to_have_url(re.compile(r"#f-\d+$"))
    expect(page.locator(".marks:target")).to_have_count(1)
    place = page.locator(".references li").first
    place.locator("a").first.click()
    expect(page).to_have_url(re.compile(r"/sources/"))


def test_who_denied_it_when_and_where_is_seen_without_a_key_or_a_tap(page: Page) -> None:
    for width, height in ((1280, 800), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        page.goto("/events/khan-sheikhoun-chemical-attack/")
        expect(page.locator(".contested")).to_have_text("2 of 4 claims contested")
        row = page.locator("#claim-syrian-government-carried-out-the-attack .said").first
        expect(row).to_contain_text("Vladimir Putin")
        expect(row).to_contain_text("denies")
        expect(row).to_contain_text("11 April 2017")
        expect(row.get_by_role("link", name="¶2.1")).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 800})
    page.locator(".contested").click()
    expect(page.locator("#says")).to_be_in_viewport()


def test_the_table_leads_into_the_list_and_is_never_on_a_phone(page: Page) -> None:
    page.goto("/events/khan-sheikhoun-chemical-attack/")
    expect(page.locator("table")).to_have_count(0)
    page.get_by_role("link", name="Table", exact=True).click()
    table, rows = page.locator("table.matrix"), page.locator(".is-in-table")
    expect(table).to_be_visible()
    expect(rows.first).to_be_hidden()
    assert Axe().run(page).response["violations"] == []
    table.get_by_role("link", name="calls for").click()
    expect(page.locator(".said:target")).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/events/khan-sheikhoun-chemical-attack/?says=table")
    expect(table).to_be_hidden()
    expect(rows.first).to_be_visible()


# Each word of six letters or more, grown to eighty.
LONG_WORDS = """() => {
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode;
    text.data = text.data.replace(/[\\p{L}]{6,}/gu, (word) => word.padEnd(80, word));
  }
}"""


@pytest.mark.parametrize("query", ["", "?says=table"])
def test_words_of_eighty_letters_make_no_event_wider_than_the_screen(
    page: Page, query: str
) -> None:
    page.goto(f"/events/khan-sheikhoun-chemical-attack/{query}")
    page.evaluate(LONG_WORDS)
    expect(page.locator("h1")).to_contain_text("Chemical" * 10)
    for width in (320, 390, 900, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("path", PAGES)
def test_no_page_breaks_a_rule_or_is_wider_than_a_phone(page: Page, path: str) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(path)
    expect(page.locator("h1")).to_have_count(1)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        violations = Axe().run(page).response["violations"]
        found = [(v["id"], [n["html"] for n in v["nodes"]][:3]) for v in violations]
        assert found == [], scheme
    # Nothing was refused by the Content-Security-Policy, nothing failed to load.
    assert complaints == []
    page.set_viewport_size({"width": 390, "height": 844})
    page.reload()
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390


def test_arrow_keys_choose_a_range_on_the_histogram(page: Page) -> None:
    page.goto("/events/?location=syria")
    columns = page.locator(".histogram-columns > li")
    last = columns.count() - 1
    since = columns.nth(last).get_attribute("data-since")
    first = page.get_by_role("slider", name="From")
    first.press("End")
    expect(first).to_have_attribute(
        "aria-valuetext", columns.nth(last).get_attribute("data-words") or ""
    )
    expect(page).to_have_url(re.compile(rf"since={since}&until="))
    expect(page.locator("#since")).to_have_value(since or "")


def test_drawing_over_the_bars_chooses_a_range(page: Page) -> None:
    page.goto("/events/?location=syria")
    columns = page.locator(".histogram-columns > li")
    box = page.locator(".histogram-columns").bounding_box()
    assert box is not None
    since = columns.nth(0).get_attribute("data-since")
    until = columns.nth(columns.count() // 2).get_attribute("data-until")
    page.mouse.move(box["x"] + 2, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2 + 2, box["y"] + 20, steps=4)
    page.mouse.up()
    expect(page).to_have_url(re.compile(rf"since={since}&until={until}&"))


@pytest.mark.parametrize("is_scripted", [True, False])
def test_a_bar_leads_to_its_events(browser: Browser, base_url: str, is_scripted: bool) -> None:
    context = browser.new_context(java_script_enabled=is_scripted, base_url=base_url)
    page = context.new_page()
    page.goto("/events/?location=syria")
    bar = page.locator(".histogram-columns a").last
    [number] = re.findall(r"\d+$", bar.get_attribute("title") or "")
    bar.click()
    # The one that has no date at all may lie anywhere.
    expect(page.locator("article.entry")).to_have_count(int(number) + 1)
    context.close()


@pytest.mark.parametrize("is_scripted", [True, False])
def test_values_of_a_facet_are_found_by_name_and_chosen(
    browser: Browser, base_url: str, is_scripted: bool
) -> None:
    context = browser.new_context(java_script_enabled=is_scripted, base_url=base_url)
    page = context.new_page()
    page.goto("/events/facets/actor/?country=RUS")
    find = page.get_by_role("searchbox", name="Find in Actor")
    find.fill("tïller")
    find.press("Enter")
    found = page.locator(".facet-page label.choice")
    expect(found).to_have_count(1)
    found.click()
    page.get_by_role("button", name="Show these events").click()
    expect(page).to_have_url(re.compile(r"/events/\?actor=rex-tillerson&country=RUS$"))
    expect(page.locator("article.entry")).to_have_count(1)
    context.close()

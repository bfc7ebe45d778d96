"""The timeline as its readers use it: with htmx, without JavaScript, and by keyboard alone."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import LONG_WORD
from tests.browser.filters import box, leave_filters, press, reveal, tick

pytestmark = pytest.mark.browser

MISSING = "/nothing-of-the-kind/"
PAGES = [
    "/",
    "/?view=full",
    "/?country=RUS&since=2017&until=2017-13",
    "/events/facets/actor/?country=RUS",
    "/events/?actor=nobody",
    "/embed/events/",
    "/about/exports/",
    "/events/?q=nothing-of-the-kind",
    "/events/khan-sheikhoun-chemical-attack/",
    "/events/khan-sheikhoun-chemical-attack/?says=table",
    "/events/us-cruise-missile-strike/",
    "/actors/",
    "/actors/vladimir-putin/",
    "/actors/russia/",
    "/countries/",
    "/countries/SYR/",
    "/locations/",
    "/locations/khan-sheikhoun/",
    "/statements/",
    "/statements/1/",
    "/relations/",
    "/relations/united-states/russia/",
    "/sources/",
    "/sources/us-russian-relations-deteriorate-over-syria/",
    "/about/",
    "/api/",
    MISSING,
    "/admin/login/",
]

# Of a page that was judged in the light, the dark changes its colours only.
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}


# Pairs of texts of a row, of labels of the axis, or of the bar, that lie over each other.
OVERLAPS = """() => {
    const groups = [...document.querySelectorAll(".event-row")].map((row) =>
        [...row.querySelectorAll("h3, .event-date, .event-who, .event-facts > .standing, .mark")]);
    groups.push([...document.querySelectorAll(".axis-label, .count, .order-in-force, .views")]);
    groups.push([...document.querySelectorAll(".list-bar input[type=search], .list-bar summary")]);
    const found = [];
    for (const group of groups) {
        const shown = group.map((e) => [e, e.getBoundingClientRect()]).filter(([e, box]) =>
            box.width > 2 && box.height > 2 && e.checkVisibility());
        shown.forEach(([one, a], i) => shown.slice(i + 1).forEach(([other, b]) => {
            const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
            const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
            if (across > 1 && down > 1) found.push([one.outerHTML, other.outerHTML]);
        }));
    }
    return found;
}"""


def count(page: Page, words: str) -> None:
    expect(page.locator("#count")).to_have_text(re.compile(rf"^\s*{words}"))


def test_choosing_a_filter_changes_the_list_in_place(page: Page) -> None:
    page.goto("/events/")
    count(page, "10 events")
    page.evaluate("document.body.dataset.kept = 'yes'")
    tillerson = box(page, "Rex Tillerson")
    reveal(page, tillerson)
    tillerson.check()
    count(page, "1 event")
    expect(page).to_have_url(re.compile(r"/events/\?actor=rex-tillerson$"))
    expect(page.locator("article.entry")).to_have_count(1)
    # The page was not loaded anew, and the box that was used still has the focus.
    expect(page.locator("body")).to_have_attribute("data-kept", "yes")
    expect(tillerson).to_be_focused()
    expect(tillerson).to_be_checked()


def test_back_and_forward_show_what_was_there(page: Page) -> None:
    page.goto("/events/")
    tick(page, "Turkey")
    count(page, "1 event")
    page.go_back()
    count(page, "10 events")
    expect(page).to_have_url(re.compile(r"/events/$"))
    page.go_forward()
    count(page, "1 event")
    expect(box(page, "Turkey")).to_be_checked()


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
    reveal(page, box(page, "Rex Tillerson"))
    box(page, "Rex Tillerson").check()
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
    for _ in range(14):
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


def test_the_number_of_contested_claims_leads_to_them(page: Page) -> None:
    page.goto("/events/khan-sheikhoun-chemical-attack/")
    expect(page.locator(".contested")).to_have_text("2 of 4 claims contested")
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


@pytest.mark.parametrize(
    "path",
    [
        "/events/khan-sheikhoun-chemical-attack/",
        "/events/khan-sheikhoun-chemical-attack/?says=table",
        "/actors/russia/",
        "/actors/vladimir-putin/",
        "/countries/SYR/",
        "/locations/khan-sheikhoun/",
        "/sources/us-russian-relations-deteriorate-over-syria/",
    ],
)
def test_words_of_eighty_letters_make_no_record_wider_than_the_screen(
    page: Page, path: str
) -> None:
    page.goto(path)
    page.evaluate(LONG_WORDS)
    expect(page.locator("main")).to_contain_text(re.compile(r"[^\W\d_]{80}"))
    for width in (320, 390, 900, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def broken_rules(page: Page) -> list[tuple[str, str, list[str]]]:
    """In light and dark: what axe finds, and where."""
    found = []
    for scheme, options in (("light", None), ("dark", COLOURS)):
        page.emulate_media(color_scheme=scheme)
        for rule in Axe().run(page, options=options).response["violations"]:
            found.append((scheme, rule["id"], [node["html"] for node in rule["nodes"]][:3]))
    return found


@pytest.mark.parametrize("path", PAGES)
def test_no_page_breaks_a_rule_or_is_wider_than_a_phone(page: Page, path: str) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    response = page.goto(path)
    assert response
    assert response.status == (404 if path == MISSING else 200)
    expect(page.locator("h1")).to_have_count(1)
    assert broken_rules(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert broken_rules(page) == []
    # Nothing was refused by the Content-Security-Policy, nothing failed to load.
    assert [text for text in complaints if path != MISSING or "404" not in text] == []


def test_a_menu_closes_by_escape_and_by_a_click_elsewhere(page: Page) -> None:
    page.goto("/events/")
    who = page.locator("#menu-who")
    press(page, who.locator("summary"))
    expect(who).to_have_attribute("open", "")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(who).not_to_have_attribute("open", "")
    expect(who.locator("summary")).to_be_focused()
    press(page, who.locator("summary"))
    page.locator("#menu-when > summary").click()
    expect(who).not_to_have_attribute("open", "")
    page.locator("h1").click()
    expect(page.locator("#menu-when")).not_to_have_attribute("open", "")


def test_filters_of_the_phone_are_a_sheet_whose_button_shows_the_events(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/events/")
    expect(page.locator("#menu-who")).not_to_be_visible()
    tick(page, "Turkey")
    button = page.get_by_role("button", name="Show 1 event")
    expect(button).to_be_in_viewport()
    leave_filters(page)
    expect(button).not_to_be_visible()
    expect(page.locator("#count")).to_be_focused()


def test_the_first_screen_names_the_subject_and_shows_the_events(page: Page) -> None:
    for width, height, least in ((1280, 800, 10), (390, 844, 5)):
        page.set_viewport_size({"width": width, "height": height})
        page.goto("/")
        expect(page.locator("h1")).to_have_text("Timeline")
        expect(page.locator(".site-name")).to_have_text(
            "US–Russian relations over Syria, April 2017"
        )
        bottoms = page.locator(".event-row").evaluate_all(
            "rows => rows.map((row) => row.getBoundingClientRect().bottom)"
        )
        assert sum(bottom <= height for bottom in bottoms) >= least, (width, bottoms)


def test_nothing_on_the_list_overlaps(page: Page) -> None:
    """Texts of the rows and of the axis, also from right to left."""
    for width in (390, 768, 1280, 1440):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto("/")
        for direction in ("ltr", "rtl"):
            page.evaluate("dir => (document.documentElement.dir = dir)", direction)
            assert page.evaluate(OVERLAPS) == [], (width, direction)
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_arrow_keys_choose_a_range_on_the_histogram(page: Page, busy_site: str) -> None:
    page.goto(f"{busy_site}/events/")
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


def test_drawing_over_the_bars_chooses_a_range(page: Page, busy_site: str) -> None:
    page.goto(f"{busy_site}/events/")
    columns = page.locator(".histogram-columns > li")
    box = page.locator(".histogram-columns").bounding_box()
    assert box is not None
    since = columns.nth(0).get_attribute("data-since")
    until = columns.nth(columns.count() // 2).get_attribute("data-until")
    page.mouse.move(box["x"] + 2, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2 + 2, box["y"] + 20, steps=4)
    page.mouse.up()
    expect(page).to_have_url(re.compile(rf"since={since}&until={until}$"))


@pytest.mark.parametrize("is_scripted", [True, False])
def test_a_bar_leads_to_its_events(browser: Browser, busy_site: str, is_scripted: bool) -> None:
    context = browser.new_context(java_script_enabled=is_scripted)
    page = context.new_page()
    page.goto(f"{busy_site}/events/")
    bar = page.locator(".histogram-columns a").last
    [number] = re.findall(r"\d+$", bar.get_attribute("title") or "")
    bar.click()
    # The one that has no date at all may lie anywhere.
    expect(page.locator("article.entry")).to_have_count(int(number) + 1)
    context.close()


def test_a_list_of_many_breaks_no_rule_and_is_no_wider_than_a_phone(
    page: Page, busy_site: str
) -> None:
    page.goto(f"{busy_site}/events/")
    expect(page.locator(".timeline-heading").first).to_be_visible()
    assert broken_rules(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert broken_rules(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate(OVERLAPS) == []


LISTS = ["events", "events/?view=full", "actors", "locations", "statements", "sources", "relations"]


@pytest.mark.parametrize("name", LISTS)
def test_words_of_eighty_letters_make_no_list_wider_than_the_screen(
    page: Page, busy_site: str, name: str
) -> None:
    page.goto(f"{busy_site}/{name if '?' in name else name + '/'}")
    query = "&q=" if "?" in name else "?q="
    page.goto(f"{page.url}{query}{LONG_WORD}")
    expect(page.locator("#list").get_by_text(LONG_WORD).first).to_be_attached()
    page.locator("details").evaluate_all("menus => menus.forEach((menu) => (menu.open = true))")
    for width in (320, 390, 900, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


# What a finger is meant for; links in running text aside.
TARGETS = (
    ".site-name, .site-nav a, .chip, .views a, .pager a, .list-bar > .tools :is(summary, button),"
    ".follow > summary, #filters-more > summary, #menu-who > summary, #menu-who .choice,"
    ".filters-submit button, .way-back > a, .steps > a, .tool-link, #q, #scheme"
)


@pytest.mark.parametrize("path", ["/events/?since=2017&until=2018", "/events/?view=full", "EVENT"])
def test_what_a_finger_touches_is_44_pixels_high(
    new_context: Any, busy_site: str, path: str
) -> None:
    page = new_context(has_touch=True, viewport={"width": 390, "height": 844}).new_page()
    path = path.replace("EVENT", "/events/khan-sheikhoun-chemical-attack/")
    page.goto(f"{busy_site}{path}")
    for sheet in (False, True):
        if sheet and page.locator("#filters-more").count():
            page.locator("#filters-more > summary").tap()
            page.locator("#menu-who > summary").tap()
        low = page.locator(TARGETS).evaluate_all(
            """found => found.filter((target) => target.checkVisibility()
                && target.getBoundingClientRect().height < 43.9)
                .map((target) => [target.outerHTML, target.getBoundingClientRect().height])"""
        )
        assert low == []
    assert page.locator(".pager, .steps").count() == 1


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

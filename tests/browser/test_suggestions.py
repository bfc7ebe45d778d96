"""The search box of the timeline: by mouse, by keyboard alone, on a phone, without a script."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, Route, expect

pytestmark = pytest.mark.browser


def type_words(page: Page, words: str) -> Locator:
    """Types into the search box; returns the suggestions."""
    page.get_by_label("Search", exact=True).press_sequentially(words)
    grid = page.get_by_role("grid", name="Suggestions")
    expect(grid).to_be_visible()
    return grid


def test_arrows_move_in_the_suggestions_and_enter_opens_a_page(page: Page) -> None:
    page.goto("/events/?since=2017")
    grid = type_words(page, "til")
    box = page.get_by_role("combobox", name="Search")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(grid.get_by_role("row")).to_have_count(2)
    page.keyboard.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", "suggestion-1")
    page.keyboard.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", "suggestion-2")
    page.keyboard.press("ArrowUp")
    expect(box).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/actors/rex-tillerson/$"))


def test_the_second_cell_of_an_actor_filters_the_timeline(page: Page) -> None:
    page.goto("/events/?since=2017")
    type_words(page, "til")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-suggestions]")).to_have_attribute(
        "aria-activedescendant", "suggestion-1-filter"
    )
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/events/\?since=2017&actor=rex-tillerson$"))
    expect(page.locator("article.entry")).to_have_count(1)


def test_escape_closes_and_the_words_stay(page: Page) -> None:
    page.goto("/events/")
    grid = type_words(page, "til")
    page.keyboard.press("Escape")
    expect(grid).to_be_hidden()
    box = page.get_by_role("combobox", name="Search")
    expect(box).to_have_value("til")
    expect(box).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("grid", name="Suggestions")).to_be_visible()
    # From the first row up is back in the box, and Enter there searches.
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"\?q=til$"))


def test_suggestions_that_come_after_escape_stay_away(page: Page) -> None:
    page.goto("/events/")
    grid = type_words(page, "ti")
    rows = page.locator("#suggestions [role=row]")
    expect(rows).to_have_count(1)
    box = page.get_by_role("combobox", name="Search")
    late: list[Route] = []
    page.route("**/suggest/**", lambda route: late.append(route))
    with page.expect_request("**/suggest/**"):
        box.press("l")
    box.press("Escape")
    with page.expect_response("**/suggest/**"):
        late[0].continue_()
    expect(rows).to_have_count(2)
    expect(grid).to_be_hidden()
    expect(box).to_have_attribute("aria-expanded", "false")
    page.unroute("**/suggest/**")
    box.press("Backspace")
    expect(grid).to_be_visible()


def test_suggestions_are_put_away_by_enter_and_by_leaving_the_box(page: Page) -> None:
    page.goto("/events/")
    grid = type_words(page, "sarin")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"q=sarin$"))
    expect(page.locator("mark").first).to_have_text("sarin")
    expect(grid).to_be_hidden()
    page.get_by_label("Search", exact=True).fill("til")
    expect(grid).to_be_visible()
    expect(page).to_have_url(re.compile(r"q=sarin$"))
    page.keyboard.press("Tab")
    expect(grid).to_be_hidden()
    expect(page).to_have_url(re.compile(r"q=til$"))


def test_suggestions_that_come_after_enter_stay_away(page: Page) -> None:
    page.goto("/events/")
    late: list[Route] = []
    page.route("**/suggest/**", lambda route: late.append(route))
    box = page.get_by_label("Search", exact=True)
    with page.expect_request("**/suggest/**"):
        box.press_sequentially("til")
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"q=til$"))
    with page.expect_response("**/suggest/**"):
        late[0].continue_()
    expect(page.locator("#suggestions [role=row]").first).to_be_attached()
    expect(page.locator("#suggestions")).to_be_hidden()


def test_a_click_opens_a_suggestion(page: Page) -> None:
    page.goto("/events/")
    type_words(page, "idl").get_by_role("link", name="Idlib place").click()
    expect(page).to_have_url(re.compile(r"/locations/idlib/$"))


def test_emptied_box_gives_up_the_order_by_best_match(page: Page) -> None:
    page.goto("/events/?q=sarin&order=relevance")
    page.get_by_label("Search", exact=True).fill("")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/events/$"))
    expect(page.get_by_role("alert")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_open_suggestions_and_marks_on_a_phone(page: Page, scheme: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(color_scheme=scheme)
    page.goto("/events/?q=khan she")
    page.get_by_label("Search", exact=True).press("End")
    type_words(page, "i")
    page.keyboard.press("ArrowDown")
    width = page.evaluate("() => document.documentElement.scrollWidth")
    assert width <= 390
    violations = Axe().run(page).response["violations"]
    assert [(v["id"], [n["html"] for n in v["nodes"]][:3]) for v in violations] == []


def test_without_a_script_the_box_is_a_search_box(page_without_javascript: Page) -> None:
    page = page_without_javascript
    page.goto("/events/")
    expect(page.get_by_role("combobox", name="Search")).to_have_count(0)
    page.get_by_role("searchbox", name="Search").fill("Tilerson")
    page.get_by_role("searchbox", name="Search").press("Enter")
    expect(page.locator(".understood").first).to_contain_text("“Tillerson”")
    expect(page.locator("article.entry")).to_have_count(1)

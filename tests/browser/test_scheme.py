"""Light and dark, as the system has it or as the reader chose at the foot of the page."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser

LIGHT, DARK = "rgb(251, 251, 248)", "rgb(20, 24, 27)"
# What the page knows when its body begins, before any of it is painted.
WATCH = """new MutationObserver(() => {
    if (document.body) window.atFirst ??= document.documentElement.dataset.scheme;
}).observe(document, {childList: true, subtree: true});"""


def choice(page: Page) -> Locator:
    return page.get_by_label("Colours")


def expect_paper(page: Page, colour: str) -> None:
    expect(page.locator("body")).to_have_css("background-color", colour)


def test_without_a_choice_the_page_follows_the_system(page: Page) -> None:
    page.goto("/")
    expect(choice(page)).to_have_value("system")
    expect_paper(page, LIGHT)
    page.emulate_media(color_scheme="dark")
    expect_paper(page, DARK)


def test_choice_is_kept_over_a_reload_and_on_every_page(page: Page) -> None:
    page.add_init_script(WATCH)
    page.goto("/")
    choice(page).select_option("Dark")
    expect_paper(page, DARK)
    page.reload()
    expect_paper(page, DARK)
    for path in ("/events/khan-sheikhoun-chemical-attack/", "/about/", "/nothing-here/"):
        page.goto(path)
        assert page.evaluate("window.atFirst") == "dark"
        expect_paper(page, DARK)
        expect(choice(page)).to_have_value("dark")
    page.emulate_media(color_scheme="dark")
    choice(page).select_option("Light")
    expect_paper(page, LIGHT)
    choice(page).select_option("As the system")
    expect_paper(page, DARK)


def test_choice_is_sent_to_nobody_and_shown_in_other_windows(page: Page) -> None:
    page.goto("/")
    other = page.context.new_page()
    other.goto("/about/")
    choice(page).select_option("Dark")
    expect_paper(other, DARK)
    expect(choice(other)).to_have_value("dark")
    assert page.context.cookies() == []


def test_choice_is_made_by_keyboard(page: Page) -> None:
    page.goto("/about/")
    page.get_by_role("contentinfo").get_by_role("link", name="API").focus()
    page.keyboard.press("Tab")
    expect(choice(page)).to_be_focused()
    page.keyboard.press("End")
    expect(choice(page)).to_have_value("dark")
    expect_paper(page, DARK)
    assert Axe().run(page).response["violations"] == []


def test_choice_holds_for_the_page_where_nothing_can_be_kept(page: Page) -> None:
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('refused'); }})"
    )
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto("/")
    choice(page).select_option("Dark")
    expect_paper(page, DARK)
    page.reload()
    expect_paper(page, LIGHT)
    assert problems == []


def test_what_is_kept_and_unknown_is_no_choice(page: Page) -> None:
    page.goto("/")
    page.evaluate("localStorage.setItem('chancery-scheme', 'sepia')")
    page.reload()
    expect(choice(page)).to_have_value("system")
    expect_paper(page, LIGHT)


def test_frame_follows_the_system(page: Page) -> None:
    page.goto("/")
    choice(page).select_option("Dark")
    page.goto("/embed/events/")
    expect_paper(page, LIGHT)


def test_control_is_not_shown_where_no_script_runs(page_without_javascript: Page) -> None:
    page = page_without_javascript
    page.emulate_media(color_scheme="dark")
    page.goto("/")
    expect(choice(page)).to_be_hidden()
    expect_paper(page, DARK)

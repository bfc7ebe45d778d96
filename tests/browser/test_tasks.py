"""Four tasks of readers, and how many steps they take.

A step is a key that is pressed, or a tap. Letters of a date that is typed are none. Each task is
done by keyboard at 1280 pixels and by finger at 390, with a script and without. Without a script
Escape does not close a menu, so that Tab goes through all that is in it.
"""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.readers import Reader

pytestmark = pytest.mark.browser

ATTACK = "/events/khan-sheikhoun-chemical-attack/"
RUSSIA_BEFORE = "?actor=russia&until=2017-04-09"
EVENTS_OF_RUSSIA_BEFORE = [
    "Alleged interference in the United States elections",
    "Russian interference in Ukraine",
    "Intervention of outside states in the Syrian conflict",
]

STEPS_TO_WHO_DENIED_IT = 0
STEPS_TO_RUSSIA_BEFORE_10_APRIL = {
    "keyboard": 15,
    "keyboard, no script": 24,
    "finger": 6,
    "finger, no script": 6,
}
STEPS_TO_FOLLOW = {"keyboard": 14, "keyboard, no script": 14, "finger": 1, "finger, no script": 1}
STEPS_BACK = {"keyboard": 4, "keyboard, no script": 4, "finger": 1, "finger, no script": 1}


def titles(page: Page) -> Locator:
    return page.locator(".event-row h3")


def narrow_to_russia_before_10_april(reader: Reader) -> None:
    page = reader.page
    reader.skip_to_content()
    if not reader.has_keyboard:
        reader.press(page.locator("#filters-more > summary"))
    reader.press(page.locator("#menu-who > summary"))
    reader.press(page.locator("#menu-who").get_by_label("Russia", exact=False).first, "Space")
    if reader.has_keyboard and reader.has_script:
        reader.key("Escape")
    reader.press(page.locator("#menu-when > summary"))
    until = page.locator("#until")
    if reader.has_keyboard:
        reader.reach(until)
    else:
        reader.press(until)
    page.keyboard.type("2017-04-09")
    if reader.has_keyboard:
        reader.key("Enter")
    else:
        reader.press(page.locator(".filters-submit button"))


def test_who_denied_the_attack_when_and_where_it_is_written_is_on_the_first_screen(
    reader: Reader,
) -> None:
    page = reader.page
    page.goto(ATTACK)
    # The typefaces are there the second time; the first may be drawn without them.
    page.wait_for_load_state("networkidle")
    page.reload()
    row = page.locator("#claim-syrian-government-carried-out-the-attack .said").first
    for words in ("Vladimir Putin", "denies", "11 April 2017"):
        expect(row.get_by_text(words).first).to_be_in_viewport(ratio=1)
    expect(row.get_by_role("link", name="¶2.1")).to_be_in_viewport(ratio=1)
    assert reader.steps == STEPS_TO_WHO_DENIED_IT


def test_what_russia_took_part_in_before_10_april_is_found(reader: Reader) -> None:
    page = reader.page
    page.goto("/")
    narrow_to_russia_before_10_april(reader)
    expect(titles(page)).to_have_text(EVENTS_OF_RUSSIA_BEFORE)
    expect(titles(page).first).to_be_in_viewport(ratio=1)
    chips = page.get_by_role("list", name="Filters in force")
    expect(chips).to_contain_text("Russia")
    expect(chips).to_contain_text("9 April 2017")
    assert reader.steps == STEPS_TO_RUSSIA_BEFORE_10_APRIL[reader.name]


def test_the_view_is_followed_with_its_filters(reader: Reader) -> None:
    page = reader.page
    page.goto(f"/{RUSSIA_BEFORE}")
    reader.skip_to_content()
    reader.press(page.locator("#follow > summary"))
    atom = page.locator("#follow").get_by_role("link", name="Atom")
    expect(atom).to_have_attribute("href", f"/events.atom{RUSSIA_BEFORE}")
    if reader.has_keyboard:
        reader.reach(atom)
    else:
        atom.tap(trial=True)
    feed = page.request.get(atom.get_attribute("href") or "").text()
    assert [title in feed for title in EVENTS_OF_RUSSIA_BEFORE] == [True, True, True]
    assert "Rex Tillerson visits Russia" not in feed
    assert reader.steps == STEPS_TO_FOLLOW[reader.name]


def test_the_way_back_leads_to_the_view_that_the_reader_came_from(reader: Reader) -> None:
    page = reader.page
    page.goto(f"/{RUSSIA_BEFORE}")
    page.get_by_role("link", name="Russian interference in Ukraine").click()
    expect(page.locator("h1")).to_contain_text("Russian interference in Ukraine")
    reader.skip_to_content()
    reader.press(page.get_by_role("link", name="Back to the timeline"))
    expect(titles(page)).to_have_text(EVENTS_OF_RUSSIA_BEFORE)
    assert page.url.endswith(f"/events/{RUSSIA_BEFORE}")
    assert reader.steps == STEPS_BACK[reader.name]


def test_the_browsers_own_way_back_leads_to_the_row_that_was_left(reader: Reader) -> None:
    page = reader.page
    page.goto("/")
    left = titles(page).filter(has_text="Intervention of outside states")
    left.get_by_role("link").click()
    expect(page.locator("h1")).to_contain_text("Intervention of outside states")
    page.go_back()
    expect(left).to_be_in_viewport()

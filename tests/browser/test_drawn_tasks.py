"""Four tasks of readers on the drawn timeline, and how many steps they take.

As in `test_tasks`, a step is a key or a tap, by keyboard at 1280 pixels and by finger at 390, with
a script and without. The table alone is enough for the two of them that ask what is known.
"""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.readers import Reader

pytestmark = pytest.mark.browser

ATTACK = "khan-sheikhoun-chemical-attack"
STEPS_TO_THE_ATTACK = {
    "keyboard": 29,
    "keyboard, no script": 48,
    "finger": 1,
    "finger, no script": 1,
}
STEPS_TO_A_WEEK = 4
STEPS_BACK_FROM_A_WEEK = 1


def panel_of_the_attack(reader: Reader) -> None:
    page = reader.page
    if reader.has_keyboard:
        reader.skip_to_content()
        mark = page.locator(f".lanes a.drawn[href*='event={ATTACK}']").first
        if reader.has_script:
            reader.reach(page.locator(".lanes a.drawn[tabindex='0']"))
            while not page.locator(f".lane:focus-within a[href*='event={ATTACK}']").count():
                reader.key("ArrowDown")
                assert reader.steps < 60
            reader.key("ArrowLeft")
        reader.press(mark)
    else:
        reader.press(page.locator(f".narrow-title a[href*='event={ATTACK}']").first)


def test_what_happened_around_4_april_and_who_answered_whom(reader: Reader) -> None:
    page = reader.page
    page.goto("/timeline/")
    panel_of_the_attack(reader)
    panel = page.locator("#chosen")
    expect(panel).to_be_in_viewport()
    for words in ("4 April 2017", "Syria’s government carried out the attack", "The Kremlin"):
        expect(panel).to_contain_text(words)
    # The lines lead from what is about the attack to it.
    if reader.has_keyboard:
        expect(page.locator(".lanes-link").first).to_be_attached()
    assert reader.steps <= STEPS_TO_THE_ATTACK[reader.name], reader.steps
    panel.get_by_role("link", name="Read the event and its sources").click()
    expect(page.locator("#related, .related").first).to_contain_text("United Nations investigation")


def test_what_is_known_only_vaguely_is_told_in_words_and_by_its_mark(reader: Reader) -> None:
    """Without a step: each vague date is in words beside its mark, or in the table."""
    page = reader.page
    page.goto("/timeline/?view=table" if reader.name == "keyboard, no script" else "/timeline/")
    vague = ("about 2011", "no start or end given", "one day between 3 and 9 April 2017")
    place = page.locator("table, .lanes, .lanes-narrow").locator("visible=true").first
    for words in vague:
        assert words in place.inner_text() + " ".join(place.locator("title").all_text_contents())
    assert reader.steps == 0


def test_from_thirty_years_to_a_week_and_back(reader: Reader) -> None:
    page = reader.page
    page.goto(f"/timeline/?span=1988/2017&event={ATTACK}")
    where = page.locator(".zoom-crumbs strong")
    expect(where).to_have_text("1988 to 2017")
    step = page.locator(".zoom-steps [aria-label='Closer']")
    if reader.has_keyboard:
        step.focus()
    for words in ("2010 to 2019", "2017", "April 2017", "3 to 9 April 2017"):
        reader.press(step)
        expect(where).to_have_text(words)
        if reader.has_keyboard and not reader.has_script and words != "3 to 9 April 2017":
            step.focus()
    assert reader.steps == STEPS_TO_A_WEEK
    expect(page.locator("#chosen")).to_contain_text("Chemical attack on Khan Sheikhoun")
    back = page.get_by_role("link", name="All dates")
    if reader.has_keyboard:
        back.focus()
    reader.press(back)
    expect(where).to_have_text("All dates")
    assert reader.steps == STEPS_TO_A_WEEK + STEPS_BACK_FROM_A_WEEK


def test_the_table_alone_tells_when_what_happened(page: Page) -> None:
    page.goto("/timeline/?view=table&order=date")
    rows = page.locator(".lanes-table tr", has_text="Chemical attack on Khan Sheikhoun")
    expect(rows.first).to_contain_text("4 April 2017")
    expect(rows.first).to_contain_text("alleged perpetrator")
    expect(page.locator(".lanes-table tr", has_text="cruise missile strike").first).to_contain_text(
        "one day between 3 and 9 April 2017"
    )

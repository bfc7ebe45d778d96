"""The drawn timeline in a real browser: by keyboard, by pointer, by finger, with no script."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_timeline import broken_rules

pytestmark = pytest.mark.browser

ATTACK = "khan-sheikhoun-chemical-attack"
WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
# Titles of marks of which one lies on another, by their boxes on the screen.
OVERLAPPING = """() => {
  const boxes = [...document.querySelectorAll(".lane-title, .badge-words")]
    .map((text) => [text.textContent, text.getBoundingClientRect()]);
  const across = (a, b) => a.left < b.right - 1 && b.left < a.right - 1;
  const meet = (a, b) => across(a, b) && a.top < b.bottom - 3 && b.top < a.bottom - 3;
  return boxes.flatMap(([one, a], i) =>
    boxes.slice(i + 1).filter(([, b]) => meet(a, b)).map(([other]) => [one, other]));
}"""
SHIFTS = """() => new Promise((done) => {
  const unasked = (list) => list.getEntries().filter((entry) => !entry.hadRecentInput);
  new PerformanceObserver((list) => done(unasked(list).reduce((sum, e) => sum + e.value, 0)))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(0), 500);
})"""


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.querySelector('title')?.textContent ?? ''"))


@pytest.mark.parametrize(
    "query",
    [f"?event={ATTACK}", "?span=2017-04", "?view=table", "?lanes=none", "?span=1950"],
)
def test_no_view_breaks_a_rule_or_is_wider_than_the_screen(page: Page, query: str) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    for size in (WIDE, PHONE):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.goto(f"/timeline/{query}")
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        assert broken_rules(page) == []
    assert complaints == []


def test_no_title_lies_on_another(page: Page, busy_site: str) -> None:
    for path in ("/timeline/", f"{busy_site}/timeline/?lanes=kind"):
        for width in (1240, 1280, 1440):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(path)
            for direction in ("ltr", "rtl"):
                page.evaluate("dir => (document.documentElement.dir = dir)", direction)
                assert page.evaluate(OVERLAPPING) == [], (path, width, direction)
                assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_labels_of_the_axis_stand_at_their_lines_in_both_directions(page: Page) -> None:
    """On the list, where the axis has a place of its own, and above the lanes."""
    page.set_viewport_size({"width": 1440, "height": 900})
    for path, axis, marks in (
        ("/", ".timeline > .axis", ".event-row > .mark"),
        ("/timeline/", ".lanes-head", ".lanes-body .lane-picture"),
    ):
        page.goto(path)
        for direction in ("ltr", "rtl"):
            page.evaluate("dir => (document.documentElement.dir = dir)", direction)
            boxes = [page.locator(name).first.bounding_box() for name in (axis, marks)]
            edges = [(round(box["x"]), round(box["width"])) for box in boxes if box]
            assert edges[0] == edges[1], (path, direction)
            inside = page.locator(f"{axis} text").evaluate_all(
                "(texts, axis) => { const { left, right } ="
                " document.querySelector(axis).getBoundingClientRect();"
                " return texts.every((text) => { const box = text.getBoundingClientRect();"
                " return box.left >= left - 4 && box.right <= right + 4 }) }",
                axis,
            )
            assert inside, (path, direction)


def test_arrows_go_from_mark_to_mark_and_enter_chooses(page: Page) -> None:
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    page.goto("/timeline/")
    # The marks are one stop of the Tab key.
    assert page.locator("a.drawn[tabindex='0']").count() == 1
    page.locator("a.drawn[tabindex='0']").focus()
    assert focused(page).startswith("Alleged interference")
    page.keyboard.press("ArrowDown")
    assert focused(page).startswith("United States intelligence report")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert "target" in focused(page) or "initiator" in focused(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    panel = page.locator("#chosen")
    expect(panel).to_contain_text("United States intelligence report on access to sarin")
    expect(page).to_have_url(re.compile(r"\?event=us-intelligence"))
    page.locator("a.drawn.is-chosen").first.focus()
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)


def test_plus_and_minus_zoom_around_the_chosen_event(page: Page) -> None:
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    page.goto(f"/timeline/?event={ATTACK}")
    page.locator("a.drawn.is-chosen").first.focus()
    page.keyboard.press("+")
    expect(page.locator(".zoom-crumbs strong")).to_have_text("3 to 9 April 2017")
    page.locator("a.drawn.is-chosen").first.focus()
    page.keyboard.press("-")
    expect(page.locator(".zoom-crumbs strong")).to_have_text("All dates")
    page.go_back()
    expect(page.locator(".zoom-crumbs strong")).to_have_text("3 to 9 April 2017")


def test_a_time_is_drawn_over_the_lanes(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 1200})
    page.goto("/timeline/?span=2017-04")
    box = page.locator(".lanes-behind").bounding_box()
    assert box
    day, y = box["width"] / 30, box["y"] + box["height"] - 6
    page.mouse.move(box["x"] + 9.5 * day, y)
    page.mouse.down()
    page.mouse.move(box["x"] + 12.5 * day, y, steps=4)
    page.mouse.up()
    expect(page.locator(".zoom-crumbs strong")).to_have_text("10 to 13 April 2017")
    expect(page).to_have_url(re.compile(r"span=2017-04-10%2F2017-04-13"))


def test_a_picture_is_swapped_without_a_shift(page: Page) -> None:
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    page.goto("/timeline/?lanes=country")
    assert page.evaluate(SHIFTS) < 0.01
    page.get_by_role("link", name="Kind", exact=True).click()
    expect(page).to_have_url(re.compile("lanes=kind"))
    expect(page.locator(".switch [aria-current]").first).to_have_text("Kind")
    assert page.evaluate(SHIFTS) < 0.01


def test_all_of_it_works_without_a_script(page_without_javascript: Page) -> None:
    page = page_without_javascript
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    page.goto("/timeline/")
    page.get_by_role("link", name="3 to 9 April 2017").first.click()
    expect(page.locator(".zoom-crumbs strong")).to_have_text("3 to 9 April 2017")
    page.locator("a.drawn", has_text="Chemical attack").first.click()
    expect(page.locator("#chosen")).to_contain_text("Syria’s government carried out the attack")
    page.get_by_role("link", name="Next").click()
    expect(page.locator("#chosen h2")).not_to_have_text("Chemical attack on Khan Sheikhoun")
    page.get_by_role("link", name="Close").click()
    expect(page.locator("#chosen")).to_have_count(0)
    page.get_by_role("link", name="The same as a table").click()
    expect(page.locator("table")).to_contain_text("alleged perpetrator")


def test_on_the_phone_an_event_is_chosen_by_a_tap(new_context: object, base_url: str) -> None:
    context = new_context(viewport=PHONE, has_touch=True)  # type: ignore[operator]
    page: Page = context.new_page()
    page.goto("/timeline/")
    expect(page.locator(".lanes")).to_be_hidden()
    title = page.locator(".narrow-title a", has_text="Chemical attack").first
    title.tap()
    expect(page.locator("#chosen")).to_be_in_viewport()
    expect(page.locator("#chosen")).to_contain_text("Contested.")
    # However long the panel is, what leads away from it is in reach.
    page.locator("#chosen").evaluate("panel => panel.scrollTo(0, panel.scrollHeight)")
    for name in ("Previous", "Next", "Close"):
        expect(page.locator("#chosen").get_by_role("link", name=name)).to_be_in_viewport()
    assert page.locator("#chosen").bounding_box()["height"] <= 0.4 * PHONE["height"] + 1  # type: ignore[index]
    page.get_by_role("link", name="Close", exact=True).tap()
    expect(page.locator("#chosen")).to_have_count(0)


@pytest.mark.parametrize("width", [320, 390])
def test_the_controls_take_two_lines_of_the_phone(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.goto("/timeline/")
    tops = page.locator(".switch, .zoom-steps > *").evaluate_all(
        "all => all.map((e) => Math.round(e.getBoundingClientRect().top))"
    )
    assert len(tops) == 5
    assert len(set(tops)) == 2


def test_names_of_one_long_word_are_broken(page: Page, busy_site: str) -> None:
    page.set_viewport_size({"width": 320, "height": 844})
    for query in ("", "?view=table", "?span=2017-04"):
        page.goto(f"{busy_site}/timeline/{query}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, query


def test_paper_has_the_panel_and_no_controls(page: Page) -> None:
    page.goto(f"/timeline/?event={ATTACK}")
    page.emulate_media(media="print")
    expect(page.locator("#chosen")).to_contain_text("Contested.")
    expect(page.locator(".narrow-title").first).to_be_visible()
    for name in ("lanes", "switch", "zoom-steps", "picture-ways", "chosen-ways", "legend-link"):
        expect(page.locator(f".{name}").first).to_be_hidden()


def test_the_list_leads_to_the_lanes_and_back(page: Page) -> None:
    page.goto("/?actor=russia")
    page.get_by_role("link", name="Lanes").click()
    expect(page).to_have_url(re.compile(r"/timeline/\?actor=russia$"))
    expect(page.locator(".lane-name").first).to_contain_text("Russia")
    page.get_by_role("link", name="List", exact=True).click()
    expect(page).to_have_url(re.compile(r"/events/\?actor=russia$"))

"""The map in a browser: drawn under the policy, by keyboard alone, without a script, on a phone."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

SYRIA = "/map/?at=34.84,38.98&wide=900"
CHOSEN = f"{SYRIA}&place=syria"
PAGES = ["/map/", SYRIA, CHOSEN, "/map/?at=1", "/embed/map/", "/locations/khan-sheikhoun/"]
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}

# Pairs of names on the picture that is shown which lie on each other, as the browser sets them.
OVERLAPS = """() => {
    const texts = [...document.querySelectorAll(".map-names text, .map-lands text, .map-bar text")];
    const shown = texts.filter((e) => e.checkVisibility());
    const boxes = shown.map((e) => [e.textContent, e.getBoundingClientRect()]);
    const found = [];
    boxes.forEach(([one, a], i) => boxes.slice(i + 1).forEach(([other, b]) => {
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (across > 1 && down > 4) found.push([one, other]);
    }));
    return [boxes.length, found];
}"""


def picture(page: Page, name: str = "wide") -> str:
    return f".map-view.is-{name} .map-picture"


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_wrong_for_those_who_hear_it_or_see_little(page: Page, path: str) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 844})
        page.goto(path)
        for scheme, options in (("light", None), ("dark", COLOURS)):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            found = Axe().run(page, options=options)
            assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    # Nothing was refused by the Content-Security-Policy, nothing failed to load.
    assert complaints == []


@pytest.mark.parametrize("path", ["/map/", SYRIA])
def test_shapes_are_drawn_in_the_colours_of_the_page(page: Page, path: str) -> None:
    page.goto(path)
    page.wait_for_load_state("networkidle")
    shapes = page.locator(f"{picture(page)} use.map-land")
    sizes = shapes.evaluate_all("(uses) => uses.map((use) => use.getBBox().width)")
    assert min(sizes) > 0
    assert max(sizes) > 200
    fills = set()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        fills.add(shapes.first.evaluate("(use) => getComputedStyle(use).fill"))
    assert len(fills) == 2


def test_names_do_not_lie_on_each_other(page: Page) -> None:
    for path in ("/map/", SYRIA, "/map/?at=50,15&wide=3000", "/map/?at=5,20&wide=8000"):
        page.goto(path)
        page.evaluate("document.fonts.ready")
        number, found = page.evaluate(OVERLAPS)
        assert number > 1
        assert found == []


def test_zoom_by_keyboard_changes_the_picture_in_place(page: Page) -> None:
    page.goto(SYRIA)
    page.evaluate("document.body.dataset.kept = 'yes'")
    before = page.locator(picture(page)).bounding_box()
    closer = page.get_by_role("link", name="Zoom in")
    closer.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("wide=450"))
    expect(page.locator(".map-crumbs")).to_contain_text("450 km across")
    expect(page.locator("body")).to_have_attribute("data-kept", "yes")
    expect(closer).to_be_focused()
    assert page.locator(picture(page)).bounding_box() == before
    page.get_by_role("link", name="To the west").press("Enter")
    expect(page).to_have_url(re.compile(r"at=34\.82(,|%2C)36\.51"))
    page.go_back()
    expect(page.locator(".map-crumbs")).to_contain_text("450 km across")


def test_the_wheel_with_ctrl_and_two_fingers_zoom_by_a_step(
    page: Page, browser: Browser, base_url: str
) -> None:
    page.goto(SYRIA)
    page.locator(picture(page)).hover()
    page.mouse.wheel(0, -120)
    expect(page).to_have_url(re.compile("wide=900"))
    page.keyboard.down("Control")
    page.mouse.wheel(0, -120)
    expect(page.locator(".map-crumbs")).to_contain_text("450 km across")
    page.keyboard.up("Control")
    context = browser.new_context(
        base_url=base_url, has_touch=True, viewport={"width": 390, "height": 844}
    )
    phone = context.new_page()
    phone.goto(SYRIA)
    box = phone.locator(picture(phone, "narrow")).bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    hand = context.new_cdp_session(phone)
    for kind, gaps in (("touchStart", [30]), ("touchMove", range(32, 60, 4)), ("touchEnd", [0])):
        for gap in gaps:
            points = [{"x": x - gap, "y": y, "id": 1}, {"x": x + gap, "y": y, "id": 2}]
            sent = {"type": kind, "touchPoints": [] if kind == "touchEnd" else points}
            hand.send("Input.dispatchTouchEvent", sent)
    expect(phone.locator(".map-crumbs")).to_contain_text("450 km across")
    context.close()


def test_marks_are_links_in_order_behind_a_way_past_them(page: Page) -> None:
    page.goto(SYRIA)
    skip = page.get_by_role("link", name="Skip the picture")
    skip.focus()
    page.keyboard.press("Tab")
    focused = "document.activeElement.querySelector('title')?.textContent ?? ''"
    assert page.evaluate(focused) == "Somewhere in Syria: 3 events"
    page.keyboard.press("Tab")
    assert page.evaluate(focused) == "Khan Sheikhoun: 1 event"
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("place=khan-sheikhoun"))
    expect(page.locator(".map-panel:visible")).to_contain_text("Chemical attack on Khan Sheikhoun")
    skip.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#map-list-wide")).to_be_focused()
    page.locator(".map-panel:visible").get_by_role("link", name="Close").press("Enter")
    expect(page.locator(".map-panel")).to_have_count(0)


def test_a_filter_changes_the_map_in_place_and_keeps_its_window(page: Page) -> None:
    page.goto(SYRIA)
    page.locator("#q").fill("sarin")
    page.locator("#q").press("Enter")
    expect(page).to_have_url(re.compile(r"/map/\?q=sarin&at=34\.84(,|%2C)38\.98&wide=900"))
    expect(page.locator(".map-crumbs")).to_contain_text("Syria")


def test_without_a_script_the_same_can_be_seen(page_without_javascript: Page) -> None:
    page = page_without_javascript
    page.goto("/map/")
    page.locator(f"{picture(page)} a", has_text="3").click()
    expect(page.locator(".map-crumbs")).to_have_text(re.compile("World.*Syria", re.DOTALL))
    page.locator(".map-rows:visible").get_by_role("link", name="Khan Sheikhoun").click()
    expect(page.locator(".map-panel:visible h2")).to_have_text("Khan Sheikhoun")
    page.get_by_role("link", name="Zoom out").click()
    expect(page).to_have_url(re.compile("wide=1800"))


def test_on_a_phone_the_list_is_below_and_two_buttons_zoom(browser: Browser, base_url: str) -> None:
    context = browser.new_context(
        base_url=base_url, viewport={"width": 390, "height": 844}, has_touch=True
    )
    page = context.new_page()
    page.goto(SYRIA)
    expect(page.locator(picture(page))).to_be_hidden()
    box, rows = (
        page.locator(s).bounding_box() for s in (picture(page, "narrow"), ".is-narrow .map-rows")
    )
    assert box
    assert rows
    assert rows["y"] > box["y"] + box["height"]
    assert page.locator(".map-move:visible").count() == 2
    page.get_by_role("link", name="Zoom in").tap()
    expect(page).to_have_url(re.compile("wide=450"))
    context.close()


def test_a_map_is_never_mirrored(page: Page) -> None:
    page.goto(SYRIA)
    town = page.locator(f"{picture(page)} a.is-in circle").last
    before = town.bounding_box()
    frame = page.locator(picture(page)).bounding_box()
    page.evaluate("document.documentElement.dir = 'rtl'")
    after = town.bounding_box()
    turned = page.locator(picture(page)).bounding_box()
    assert before
    assert after
    assert frame
    assert turned
    assert after["x"] - turned["x"] == pytest.approx(before["x"] - frame["x"], abs=1)

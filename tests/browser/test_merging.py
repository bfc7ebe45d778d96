"""Merging in a browser: the other record is typed, and both pages are for everyone."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def violations(page: Page) -> list[str]:
    found = Axe().run(page, "#content").response["violations"]
    return [f"{rule['id']}: {rule['nodes'][0]['html'][:100]}" for rule in found]


@pytest.mark.parametrize("width", [390, 1280])
def test_the_other_record_is_typed_and_the_page_says_what_moves(
    page: Page, sign_in: Callable[..., None], width: int
) -> None:
    page.set_default_timeout(20_000)
    page.set_viewport_size({"width": width, "height": 844})
    sign_in(page, "cora")
    page.goto("/admin/actors/actor/?q=isis")
    page.locator("#result_list tbody th a").first.click()
    page.get_by_role("link", name="Merge with another").click()
    expect(page.get_by_label("Merge with")).to_be_visible()
    assert violations(page) == []
    page.get_by_label("Merge with").fill("Other rebel")
    expect(page.locator("[role=option][aria-selected=true]")).to_contain_text("ebel")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Show what would change").click()
    expect(page.get_by_role("heading", name="Merge two actors")).to_be_visible()
    expect(page.get_by_role("button", name="Merge", exact=True)).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width

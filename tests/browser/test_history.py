"""The history of a record without a script, by the keyboard, and at the width of a phone."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def violations(page: Page) -> list[str]:
    found = Axe().run(page, context={"include": ["#content"]}).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in found]


def rename(page: Page, title: str, reason: str) -> None:
    page.get_by_label("Title:").fill(title)
    page.get_by_label("Reason for this change").fill(reason)
    page.get_by_role("button", name="Save and continue editing").last.click()
    expect(page.locator(".messagelist")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_earlier_title_is_compared_and_restored(
    page: Page, sign_in: Callable[..., None], scheme: str
) -> None:
    page.emulate_media(color_scheme=scheme)
    sign_in(page, "cora")
    page.goto("/admin/events/source/add/")
    page.get_by_label("Kind:").select_option("article")
    rename(page, f"A paper {scheme}", "")
    rename(page, f"Another paper {scheme}", "Its full name")
    page.get_by_role("link", name="History").click()
    rows = page.locator(".history-versions tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("Its full name")
    rows.last.get_by_role("radio", name=re.compile("^from")).check()
    rows.first.get_by_role("radio", name=re.compile("^to")).check()
    page.get_by_role("button", name="Compare these two").press("Enter")
    expect(page.locator("del")).to_have_text("A")
    expect(page.locator("ins")).to_have_text("Another")
    assert violations(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert violations(page) == []
    page.get_by_role("link", name="Restore everything").click()
    assert violations(page) == []
    page.get_by_label("Reason for this change").fill("It was right")
    page.get_by_role("button", name="Restore").click()
    expect(page.locator(".messagelist")).to_contain_text("It changes 1 field.")
    expect(rows).to_have_count(3)
    expect(page.get_by_role("heading", level=1)).to_have_text(f"History: A paper {scheme}")
    page.goto("/admin/deleted/?kind=source")
    assert violations(page) == []

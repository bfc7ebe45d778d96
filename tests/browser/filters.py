"""The filter bar of a list, as a reader uses it by mouse, keyboard or finger."""

import re

from playwright.sync_api import Locator, Page


def press(page: Page, target: Locator) -> None:
    """By finger where there is one, by keyboard otherwise."""
    if page.evaluate("navigator.maxTouchPoints"):
        target.tap()
    else:
        is_box = target.evaluate("element => element.type === 'checkbox'")
        target.press("Space" if is_box else "Enter")


def box(page: Page, name: str) -> Locator:
    label = page.locator("#filters label.choice")
    return label.filter(has_text=re.compile(rf"^\s*{name}", re.I)).locator("input").first


def reveal(page: Page, target: Locator) -> None:
    """Open the sheet and the menu that hold it, where they are closed."""
    closed = target.locator("xpath=ancestor::details[not(@open)]/summary")
    while (summary := closed.locator("visible=true").first).count():
        press(page, summary)


def tick(page: Page, name: str) -> None:
    reveal(page, box(page, name))
    press(page, box(page, name))


def leave_filters(page: Page) -> None:
    """On the phone the sheet is put away by its button; a menu closes by Escape."""
    button = page.locator(".filters-submit button")
    if page.locator("#filters-more[open]").count() and button.is_visible():
        press(page, button)
    else:
        page.keyboard.press("Escape")

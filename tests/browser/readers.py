"""Readers who count their steps: by keyboard or by finger, with a script and without."""

from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page, expect

READERS = ["keyboard", "keyboard, no script", "finger", "finger, no script"]
KEYBOARD = {"viewport": {"width": 1280, "height": 800}}
FINGER = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


@dataclass
class Reader:
    """Presses keys or taps, and counts them."""

    name: str
    page: Page
    steps: int = field(default=0, init=False)

    @property
    def has_keyboard(self) -> bool:
        return self.name.startswith("keyboard")

    @property
    def has_script(self) -> bool:
        return not self.name.endswith("no script")

    def key(self, name: str) -> None:
        self.page.keyboard.press(name)
        self.steps += 1

    def reach(self, target: Locator) -> None:
        """Tab by Tab."""
        for _ in range(80):
            if target.evaluate("element => element === document.activeElement"):
                return
            self.key("Tab")
        expect(target).to_be_focused()

    def press(self, target: Locator, key: str = "Enter") -> None:
        if self.has_keyboard:
            self.reach(target)
            self.key(key)
        else:
            target.tap()
            self.steps += 1

    def skip_to_content(self) -> None:
        """By finger one is there."""
        if self.has_keyboard:
            self.press(self.page.get_by_role("link", name="Skip to the content"))

"""A second factor as a curator sets it up and uses it: by keyboard, and without JavaScript."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from config.accounts.sessions import SessionStore
from tests.browser.conftest import PASSWORD
from tests.config.accounts.signing_in import code_of_app
from tests.databases import using

pytestmark = pytest.mark.browser
ACCOUNT = "/admin/account/"


@pytest.fixture
def eve(site_database: str, django_db_blocker: Any) -> Iterator[str]:
    """An account of this test alone."""
    with django_db_blocker.unblock(), using(site_database):
        User.objects.create_superuser("eve", password=PASSWORD)
    yield "eve"
    with django_db_blocker.unblock(), using(site_database):
        User.objects.filter(username="eve").delete()


def give_password(page: Page, name: str) -> None:
    page.goto(f"/admin/login/?next={ACCOUNT}")
    expect(page.get_by_label("Username")).to_be_focused()
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/admin/login/" not in url)


def set_up(page: Page) -> str:
    """The secret that the page shows."""
    page.get_by_role("link", name="Set up a second factor").press("Enter")
    expect(page.get_by_role("img", name="The secret as a QR code")).to_be_visible()
    secret = "".join(page.locator(".sign-in-secret span").all_inner_texts())
    page.get_by_label("Code that the app shows").press_sequentially(code_of_app(secret=secret))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Your second factor is set up.")).to_be_visible()
    return secret


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Log out").press("Enter")
    expect(page.get_by_role("button", name="Log out")).to_have_count(0)


@pytest.mark.parametrize("which", ["page", "page_without_javascript"])
def test_a_code_is_set_up_used_and_removed(
    eve: str, which: str, request: pytest.FixtureRequest
) -> None:
    page: Page = request.getfixturevalue(which)
    give_password(page, eve)
    secret = set_up(page)
    recovery = page.locator(".sign-in-codes code").first.inner_text()
    expect(page.locator(".sign-in-codes code")).to_have_count(10)
    sign_out(page)
    for code in (code_of_app(secret=secret), recovery):
        give_password(page, eve)
        expect(page.get_by_label("Code")).to_be_focused()
        page.keyboard.type(code)
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(f"{ACCOUNT}$"))
        sign_out(page)
    give_password(page, eve)
    page.get_by_label("Code").fill(recovery)
    page.keyboard.press("Enter")
    expect(page.locator(".errornote")).to_contain_text("This code is wrong, or was used before.")
    page.get_by_label("Code").fill(code_of_app(1, secret=secret))
    page.keyboard.press("Enter")
    expect(page.get_by_text("9 recovery codes are left.")).to_be_visible()
    page.get_by_role("link", name="Remove the second factor").press("Enter")
    page.get_by_role("button", name="Remove the second factor").press("Enter")
    expect(page.get_by_role("link", name="Set up a second factor")).to_be_visible()


@pytest.fixture
def grow_stale(site_database: str, django_db_blocker: Any) -> Callable[[Page], None]:
    """The password was given long ago."""

    def change(page: Page) -> None:
        key = next(c["value"] for c in page.context.cookies() if c["name"] == "sessionid")
        with django_db_blocker.unblock(), using(site_database):
            session = SessionStore(key)
            session["fresh_at"] = 0
            session.save()

    return change


def test_the_password_is_asked_for_before_a_deletion(
    eve: str, page: Page, grow_stale: Callable[[Page], None]
) -> None:
    give_password(page, eve)
    grow_stale(page)
    page.goto("/admin/auth/user/")
    page.get_by_label(f"Select this object for an action - {eve}").check()
    page.get_by_label("Action:").select_option("delete_selected")
    page.get_by_role("button", name="Go", exact=True).press("Enter")
    expect(page.get_by_label("Password")).to_be_focused()
    judge(page)
    page.keyboard.type("something else")
    page.keyboard.press("Enter")
    expect(page.locator(".errornote")).to_have_text("This password is wrong.")
    judge(page)
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Are you sure you want to delete the selected")).to_be_visible()
    expect(page.locator("#content")).to_contain_text(eve)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_pages_of_signing_in_are_accessible_and_no_wider_than_the_window(
    eve: str, page: Page, width: int, scheme: Any
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    give_password(page, eve)
    page.goto(f"{ACCOUNT}second-factor/")
    judge(page)
    page.goto(ACCOUNT)
    set_up(page)
    for address in ("recovery-codes/", "", "recovery-codes/new/", "second-factor/remove/"):
        page.goto(ACCOUNT + address)
        judge(page)
    sign_out(page)
    give_password(page, eve)
    page.get_by_label("Code").fill("000000")
    page.keyboard.press("Enter")
    expect(page.locator(".errornote")).to_be_visible()
    judge(page)


def judge(page: Page) -> None:
    """What is ours of the page; the rest is Django's."""
    assert Axe().run(page, context="#content").response["violations"] == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url

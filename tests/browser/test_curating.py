"""What a curator types is in the browser until it is saved, whatever comes between."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser
SignIn = Callable[..., None]
ADD = "/admin/events/event/add/"
LONG = "Typed at length,\nin two lines."


@pytest.fixture
def curating(page: Page, sign_in: SignIn) -> Page:
    """Signed in; a dialog that asks before a page is left is answered with yes, and noted."""
    page.set_default_timeout(20_000)
    sign_in(page, "cora")
    return page


@pytest.fixture
def asked(page: Page) -> list[str]:
    """The kinds of dialogs that came up."""
    found: list[str] = []

    def accept(dialog: Any) -> None:
        found.append(dialog.type)
        dialog.accept()

    page.on("dialog", accept)
    return found


def offers(page: Page) -> Locator:
    return page.locator(".kept-offer")


def put_back(page: Page) -> None:
    offers(page).get_by_role("button", name="Put it back").click()


def wait_until_kept(page: Page, words: str) -> None:
    page.wait_for_function(
        "(words) => JSON.stringify(localStorage).includes(words)", arg=words, timeout=10_000
    )


def make_source(page: Page, title: str) -> str:
    """A record of its own for a test, made by the form; returns the address of its form."""
    page.goto("/admin/events/source/add/")
    page.get_by_label("Title:").fill(title)
    page.get_by_label("Kind:").select_option("article")
    page.get_by_role("button", name="Save and continue editing").first.click()
    page.wait_for_url(re.compile("/change/"))
    return page.url


def end_session(page: Page) -> None:
    page.context.clear_cookies(name="sessionid")


def test_text_is_offered_back_after_the_session_ended(curating: Page) -> None:
    page = curating
    address = make_source(page, "A source of the session")
    page.get_by_label("Note:", exact=True).fill(LONG)
    end_session(page)
    page.get_by_role("button", name="Save", exact=True).first.click()
    expect(page.get_by_text("You were signed out before you saved")).to_be_visible()
    page.get_by_label("Username").fill("cora")
    page.get_by_label("Password").fill("a password of the tests")
    page.get_by_role("button", name="Log in").click()
    expect(page).to_have_url(address)
    expect(page.get_by_label("Note:", exact=True)).to_have_value("")
    expect(offers(page)).to_contain_text("it was not saved")
    put_back(page)
    expect(page.get_by_label("Note:", exact=True)).to_have_value(LONG)
    page.get_by_role("button", name="Save and continue editing").first.click()
    expect(page.get_by_label("Note:", exact=True)).to_have_value(LONG)
    expect(page.locator(".messagelist .success")).to_be_visible()
    expect(offers(page)).to_have_count(0)
    assert page.evaluate("Object.keys(localStorage).filter((k) => k.startsWith('chancery'))") == []


def test_a_new_event_comes_back_with_its_rows_and_choices(curating: Page, asked: list[str]) -> None:
    page = curating
    page.goto(ADD)
    page.get_by_label("What happened").press_sequentially("A meeting")
    expect(page.get_by_label("Name in the address")).to_have_value("a-meeting")
    page.get_by_label("When", exact=True).fill("2017-04")
    page.get_by_label("Reported", exact=True).check()
    for number, (term, role) in enumerate([("tillerson", "host"), ("putin", "victim")]):
        row = page.locator(f"#participations-{number}")
        row.locator("[data-picker-box]").fill(term)
        row.get_by_role("option", name=re.compile(term, re.I)).first.click()
        row.locator("select[name$=role]").select_option(role)
    page.locator("[name=participations-1-note]").fill("Typed at length")
    page.locator("[name=participations-1-is_alleged]").check()
    wait_until_kept(page, "Typed at length")
    page.goto("/admin/")  # answered with yes
    assert asked == ["beforeunload"]
    expect(offers(page)).to_contain_text("A meeting")
    page.goto(ADD)
    expect(page.get_by_label("What happened")).to_have_value("")
    put_back(page)
    expect(page.get_by_label("What happened")).to_have_value("A meeting")
    expect(page.get_by_label("Name in the address")).to_have_value("a-meeting")
    expect(page.get_by_label("When", exact=True)).to_have_value("2017-04")
    expect(page.locator(".edtf-understood").first).to_contain_text("April 2017")
    expect(page.get_by_label("Reported", exact=True)).to_be_checked()
    for number, name in enumerate(("Rex Tillerson", "Vladimir Putin")):
        expect(page.locator(f"#id_participations-{number}-actor")).to_have_value(name)
        expect(page.locator(f"[name=participations-{number}-actor]")).not_to_have_value("")
    expect(page.locator("[name=participations-0-role]")).to_have_value("host")
    expect(page.locator("[name=participations-1-role]")).to_have_value("victim")
    expect(page.locator("[name=participations-1-note]")).to_have_value("Typed at length")
    expect(page.locator("[name=participations-1-is_alleged]")).to_be_checked()
    # The slug goes on following the title, as if nothing had been between.
    page.get_by_label("What happened").press("End")
    page.get_by_label("What happened").press_sequentially(" again")
    expect(page.get_by_label("Name in the address")).to_have_value("a-meeting-again")
    offered = page.evaluate("Object.keys(localStorage).filter((k) => k.startsWith('chancery'))")
    assert len(offered) == 1
    drop_all(page)


def drop_all(page: Page) -> None:
    page.evaluate("localStorage.clear()")
    page.goto("about:blank")


def test_passwords_are_not_kept(curating: Page, asked: list[str]) -> None:
    page = curating
    page.goto("/admin/auth/user/add/")
    page.get_by_label("Username:").fill("emil")
    page.get_by_label("Password:").fill("not to be kept")
    wait_until_kept(page, "emil")
    kept = page.evaluate("JSON.stringify(localStorage) + JSON.stringify(sessionStorage)")
    assert "emil" in kept
    assert "not to be kept" not in kept
    assert "csrf" not in kept
    page.reload()
    put_back(page)
    expect(page.get_by_label("Username:")).to_have_value("emil")
    expect(page.get_by_label("Password:")).to_have_value("")
    assert asked == ["beforeunload"]


def test_chosen_permissions_come_back(curating: Page, asked: list[str]) -> None:
    page = curating
    page.goto("/admin/auth/group/add/")
    page.get_by_label("Name:").fill("Readers of logs")
    page.locator("#id_permissions_from").select_option(
        label="Administration | log entry | Can view log entry"
    )
    page.locator("#id_permissions_add, #id_permissions_add_link").first.click()
    expect(page.locator("#id_permissions_to option")).to_have_count(1)
    wait_until_kept(page, "Can view log entry")
    page.reload()
    expect(page.locator("#id_permissions_to option")).to_have_count(0)
    put_back(page)
    expect(page.locator("#id_permissions_to option")).to_have_text(
        ["Administration | log entry | Can view log entry"]
    )
    page.get_by_role("button", name="Save and continue editing").first.click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    expect(page.locator("#id_permissions_to option")).to_have_count(1)


def test_rows_of_a_stored_record_come_back_by_their_keys(curating: Page, asked: list[str]) -> None:
    page = curating
    page.goto("/admin/actors/actor/?q=rex-tillerson")
    page.locator("#result_list").get_by_role("link", name="Rex Tillerson").click()
    expect(page.locator("#tenures-group")).to_be_visible()
    address = page.url
    offices = page.locator("[name^=tenures-][name$=-note]:not([name*=__prefix__])")
    last = offices.count() - 1
    stored_key = page.locator(f"[name=tenures-{last}-id]").input_value()
    page.locator(f"[name=tenures-{last}-note]").fill("Of the last office")
    wait_until_kept(page, "Of the last office")
    page.reload()
    put_back(page)
    expect(page.locator(f"[name=tenures-{last}-id]")).to_have_value(stored_key)
    expect(page.locator(f"[name=tenures-{last}-note]")).to_have_value("Of the last office")
    assert page.url == address
    assert asked == ["beforeunload"]
    drop_all(page)


def test_discarded_text_does_not_come_back(curating: Page, asked: list[str]) -> None:
    page = curating
    page.goto(ADD)
    page.get_by_label("In short").fill("To be thrown away")
    wait_until_kept(page, "thrown away")
    page.reload()
    expect(page.get_by_label("In short")).to_have_value("")
    offers(page).get_by_text("What you typed").click()
    expect(offers(page)).to_contain_text("To be thrown away")
    offers(page).get_by_role("button", name="Discard").click()
    expect(offers(page)).to_have_count(0)
    page.reload()
    page.wait_for_load_state("load")
    page.wait_for_timeout(500)  # milliseconds: an offer would have come
    expect(offers(page)).to_have_count(0)
    assert asked == ["beforeunload"]


def test_nothing_is_asked_where_nothing_was_typed(curating: Page, asked: list[str]) -> None:
    page = curating
    page.goto(ADD)
    page.get_by_label("What happened").fill("x")
    page.get_by_label("What happened").fill("")
    page.wait_for_timeout(500)  # milliseconds: longer than the script waits for another key
    page.goto("/admin/")
    assert asked == []
    expect(offers(page)).to_have_count(0)


def test_a_closed_tab_leaves_its_text_to_the_next(curating: Page) -> None:
    tab = curating.context.new_page()
    tab.goto(ADD)
    tab.get_by_label("In short").fill("From the closed tab")
    wait_until_kept(tab, "From the closed tab")
    tab.close()
    curating.goto(ADD)
    put_back(curating)
    expect(curating.get_by_label("In short")).to_have_value("From the closed tab")


def test_two_tabs_do_not_mix(curating: Page) -> None:
    first, second = curating, curating.context.new_page()
    for number, tab in enumerate((first, second)):
        tab.goto(ADD)
        tab.get_by_label("In short").fill(f"From tab {number}")
        wait_until_kept(tab, f"From tab {number}")
    second.wait_for_timeout(500)  # milliseconds: an offer would have come
    expect(offers(second)).to_have_count(0)
    expect(second.get_by_label("In short")).to_have_value("From tab 1")
    # When the first is gone, the second offers what it held.
    first.close()
    expect(offers(second)).to_have_count(1)
    offers(second).get_by_text("What you typed").click()
    expect(offers(second)).to_contain_text("From tab 0")
    expect(second.get_by_label("In short")).to_have_value("From tab 1")


def test_another_account_sees_nothing_of_it(curating: Page, sign_in: SignIn) -> None:
    page = curating
    page.goto(ADD)
    page.get_by_label("In short").fill("For my eyes only")
    wait_until_kept(page, "For my eyes only")
    end_session(page)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/admin/login/?next=/admin/")
    sign_in(page, "dan")
    for address in ("/admin/", ADD):
        page.goto(address)
        page.wait_for_timeout(500)  # milliseconds: an offer would have come
        expect(offers(page)).to_have_count(0)
        expect(page.locator("body")).not_to_contain_text("For my eyes only")
    end_session(page)
    page.goto("/admin/login/?next=/admin/")
    sign_in(page, "cora")
    page.goto(ADD)
    put_back(page)
    expect(page.get_by_label("In short")).to_have_value("For my eyes only")


def test_text_of_a_deleted_record_becomes_a_new_one(curating: Page) -> None:
    page = curating
    make_source(page, "A vanished source")
    page.get_by_label("Note:", exact=True).fill(LONG)
    other = page.context.new_page()
    other.goto(page.url.replace("/change/", "/delete/"))
    other.get_by_role("button", name="Yes, I’m sure").click()
    expect(other.locator(".messagelist .success")).to_be_visible()
    other.close()
    page.get_by_role("button", name="Save", exact=True).first.click()
    expect(page.locator(".errorlist").first).to_contain_text("was deleted while you changed it")
    expect(page.get_by_label("Note:", exact=True)).to_have_value(LONG)
    page.get_by_role("button", name="Save and continue editing").first.click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    expect(page.get_by_label("Title:")).to_have_value("A vanished source")
    expect(page.get_by_label("Note:", exact=True)).to_have_value(LONG)


def test_kept_text_of_a_deleted_record_is_on_the_first_page(
    curating: Page, asked: list[str]
) -> None:
    page = curating
    address = make_source(page, "Kept and gone")
    page.get_by_label("Note:", exact=True).fill(LONG)
    wait_until_kept(page, "Typed at length")
    page.goto(address.replace("/change/", "/delete/"))
    page.get_by_role("button", name="Yes, I’m sure").click()
    page.goto(address)
    expect(page.locator(".messagelist .warning")).to_contain_text("Perhaps it was deleted?")
    expect(offers(page)).to_contain_text("Kept and gone")
    offers(page).get_by_text("What you typed").click()
    expect(offers(page)).to_contain_text("Typed at length")
    offers(page).get_by_role("link", name="Put it into a new record").click()
    put_back(page)
    expect(page.get_by_label("Note:", exact=True)).to_have_value(LONG)


def test_a_form_of_before_the_last_sign_in_is_explained(curating: Page) -> None:
    page = curating
    address = make_source(page, "A source of another sign-in")
    page.get_by_label("Note:", exact=True).fill(LONG)
    page.context.clear_cookies(name="csrftoken")
    page.get_by_role("button", name="Save", exact=True).first.click()
    expect(page.get_by_role("heading", name="This form is out of date")).to_be_visible()
    page.get_by_role("link", name="Open the form again").click()
    expect(page).to_have_url(address)
    put_back(page)
    expect(page.get_by_label("Note:", exact=True)).to_have_value(LONG)


def test_put_back_text_writes_nothing_of_others_over(
    curating: Page, new_context: Any, sign_in: SignIn
) -> None:
    page = curating
    address = make_source(page, "A source of two")
    page.get_by_label("Note:", exact=True).fill("Mine")
    wait_until_kept(page, "Mine")
    other = new_context().new_page()
    sign_in(other, "dan")
    other.goto(address)
    other.get_by_label("Note:", exact=True).fill("His")
    other.get_by_label("Licence:").fill("CC0")
    other.get_by_role("button", name="Save", exact=True).first.click()
    expect(other.locator(".messagelist .success")).to_be_visible()
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.get_by_label("Note:", exact=True)).to_have_value("His")
    put_back(page)
    expect(page.get_by_label("Note:", exact=True)).to_have_value("Mine")
    page.get_by_role("button", name="Save", exact=True).first.click()
    expect(page.get_by_role("heading", name="Two people changed this source")).to_be_visible()
    note = page.get_by_role("group", name="Note")
    expect(note).to_contain_text("His")
    expect(note).to_contain_text("dan, ")
    note.get_by_role("radio").last.check()
    page.get_by_role("button", name="Save this result").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    page.goto(address)
    expect(page.get_by_label("Note:", exact=True)).to_have_value("Mine")
    expect(page.get_by_label("Licence:")).to_have_value("CC0")
    expect(offers(page)).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_offer_and_conflict_fit_and_can_be_read(curating: Page, scheme: str, width: int) -> None:
    page = curating
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    address = make_source(page, f"As wide as {width}, {scheme}")
    other = page.context.new_page()
    other.goto(address)
    for tab, words in ((other, "Words of the other window"), (page, "Words of this window")):
        tab.get_by_label("Note:", exact=True).fill(f"{words}, " * 12)
        tab.get_by_role("button", name="Save", exact=True).first.click()
    other.close()
    expect(page.get_by_role("group", name="Note")).to_be_visible()
    assert_fits(page, width)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(address)
    expect(offers(page)).to_be_visible()
    offers(page).get_by_text("What you typed").click()
    assert_fits(page, width, ".kept")


def assert_fits(page: Page, width: int, inside: str = "#content-main") -> None:
    box = page.locator(inside).first.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= width
    violations = Axe().run(page, context=inside).response["violations"]
    assert [(v["id"], [n["html"] for n in v["nodes"]][:3]) for v in violations] == []

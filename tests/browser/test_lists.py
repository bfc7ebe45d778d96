"""Lists that change in place: their heads, their history, and what is said when no answer comes."""

import re
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request, Route, expect

from tests.browser.filters import box, leave_filters, press, reveal, tick

pytestmark = pytest.mark.browser

# Of the first chronology.
TITLE = "US–Russian relations over Syria, April 2017"
# A list, one of its boxes, and what its address and title say with that box ticked.
LISTS = [
    ("/events/", "Rex Tillerson", "?actor=rex-tillerson", f"Rex Tillerson · Timeline · {TITLE}"),
    ("/actors/", "person", "?kind=person", f"Person · Actors · {TITLE}"),
    ("/locations/", "town", "?kind=town", f"Town or village · Places · {TITLE}"),
    ("/statements/", "denies", "?stance=denies", f"denies · Statements · {TITLE}"),
    ("/sources/", "article", "?kind=article", f"Article · Sources · {TITLE}"),
    (
        "/relations/united-states/russia/",
        "Statement",
        "?what=statement",
        f"Statement · United States and Russia · {TITLE}",
    ),
]
FAILED = "The list could not be loaded."


@pytest.fixture(params=["desk", "phone"])
def screen(request: pytest.FixtureRequest, browser: Browser, base_url: str) -> Iterator[Page]:
    """A wide window with a mouse and keys, and a phone that is touched."""
    size = {"width": 390, "height": 844} if request.param == "phone" else None
    context = browser.new_context(
        base_url=base_url, has_touch=bool(size), is_mobile=bool(size), viewport=size
    )
    yield context.new_page()
    context.close()


def expect_canonical(page: Page, address: str) -> None:
    expect(page.locator("link[rel=canonical]")).to_have_attribute("href", address)


def entries(page: Page) -> int:
    return int(page.evaluate("history.length"))


def offer_more(page: Page) -> None:
    """The article has fewer actors than a facet shows: the link that a longer one ends with."""
    page.evaluate(
        """() => {
            const facet = document.querySelector("#menu-who fieldset");
            const address = "/events/facets/actor/";
            facet.insertAdjacentHTML("beforeend", `<div class="facet-found" id="found-actor">
                <a href="${address}" hx-get="${address}" hx-target="#found-actor">More…</a></div>`);
            facet.closest("details").open = true;
            htmx.process(facet);
        }"""
    )


def requests_to(page: Page, path: str) -> list[str]:
    """The addresses of a list that are asked for from now on."""
    found: list[str] = []

    def note(request: Request) -> None:
        if request.url.partition("?")[0].endswith(path):
            found.append(request.url)

    page.on("request", note)
    return found


# ---- The head


@pytest.mark.parametrize(("path", "name", "query", "title"), LISTS)
def test_head_is_that_of_the_view_that_is_shown(
    page: Page, path: str, name: str, query: str, title: str
) -> None:
    page.goto(path)
    plain = page.title()
    tick(page, name)
    expect(page).to_have_title(title)
    expect_canonical(page, f"{path}{query}")
    expect(page.locator("meta[name=robots]")).to_have_attribute("content", "noindex")
    expect(page.locator("head title, head meta[name=description]")).to_have_count(2)
    page.go_back()
    expect(page).to_have_title(plain)
    expect_canonical(page, path)
    expect(page.locator("meta[name=robots]")).to_have_count(0)
    page.go_forward()
    expect(page).to_have_title(title)
    expect_canonical(page, f"{path}{query}")
    tick(page, name)
    expect(page).to_have_title(plain)
    expect_canonical(page, path)


def test_feeds_and_exports_are_those_of_the_view_that_is_shown(page: Page) -> None:
    page.goto("/events/")
    feed = page.locator("head link[rel=alternate]").first
    export = page.locator("#follow a[href^='/events.csv']")
    tick(page, "Turkey")
    for query in ("?actor=turkey", ""):
        expect(feed).to_have_attribute("href", f"/events.atom{query}")
        expect(export).to_have_attribute("href", f"/events.csv{query}")
        expect(page.locator("head link[rel=alternate]")).to_have_count(2)
        page.get_by_role("link", name="Actor Turkey").click() if query else None
    page.go_back()
    expect(feed).to_have_attribute("href", "/events.atom?actor=turkey")
    page.go_forward()
    expect(feed).to_have_attribute("href", "/events.atom")


# ---- Typing


@pytest.mark.parametrize(
    ("path", "words", "key"),
    [
        ("/events/", "tillerson", "Enter"),
        ("/events/", "tillerson", "Tab"),
        ("/actors/", "tillerson", "Enter"),
        ("/locations/", "moscow", "Tab"),
        ("/statements/", "putin", "Enter"),
        ("/sources/", "relations", "Tab"),
        ("/relations/", "russia", "Enter"),
    ],
)
def test_typing_changes_nothing_until_it_ends(page: Page, path: str, words: str, key: str) -> None:
    page.goto(path)
    before, count = entries(page), page.locator("#count").inner_text()
    asked = requests_to(page, path)
    page.locator("#q").press_sequentially(words, delay=15)
    page.wait_for_timeout(500)  # milliseconds: longer than any pause that was waited for
    assert (asked, page.locator("#count").inner_text()) == ([], count)
    page.keyboard.press(key)
    expect(page).to_have_url(re.compile(rf"{path}\?q={words}$"))
    expect(page.locator("#count")).not_to_have_text(count)
    page.locator("h1").click()
    page.wait_for_timeout(300)
    assert (len(asked), entries(page)) == (1, before + 1)
    page.go_back()
    expect(page).to_have_url(re.compile(rf"{path}$"))
    expect(page.locator("#q")).to_have_value("")


def test_words_and_the_box_that_is_ticked_next_are_one_view(screen: Page) -> None:
    screen.goto("/events/")
    target = box(screen, "Rex Tillerson")
    before = entries(screen)
    screen.locator("#q").press_sequentially("moscow")
    screen.evaluate("document.querySelector('#filters-more').open = true")
    screen.evaluate("document.querySelector('#menu-who').open = true")
    target.check()
    expect(screen).to_have_url(re.compile(r"q=moscow.*actor=rex-tillerson"))
    screen.wait_for_timeout(300)
    assert entries(screen) == before + 1
    screen.go_back()
    expect(screen).to_have_url(re.compile(r"/events/$"))


def test_emptying_the_search_box_by_its_cross_or_key_ends_the_search(page: Page) -> None:
    page.goto("/events/?q=sarin")
    before = entries(page)
    page.locator("#q").press("Escape")
    expect(page).to_have_url(re.compile(r"/events/$"))
    page.keyboard.press("Tab")
    page.wait_for_timeout(300)
    assert entries(page) == before + 1


def test_arrow_keys_in_a_select_are_one_view(page: Page) -> None:
    page.goto("/events/")
    before = entries(page)
    reveal(page, page.locator("#order"))
    page.locator("#order").focus()
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    expect(page).to_have_url(re.compile(r"\?order=updated$"))
    assert entries(page) == before + 1


def test_looking_through_a_facet_moves_its_values_alone(page: Page) -> None:
    page.goto("/events/")
    count = page.locator("#count").inner_text()
    offer_more(page)
    page.locator("#found-actor > a").focus()
    before = entries(page)
    page.keyboard.press("Enter")
    find = page.get_by_role("searchbox", name="Find in Actor")
    expect(find).to_be_visible()
    asked = requests_to(page, "/events/")
    find.press_sequentially("tiller")
    expect(page.locator("#values-actor label")).to_have_count(1)
    find.press("Enter")
    page.keyboard.press("Tab")
    page.wait_for_timeout(300)
    assert (asked, entries(page)) == ([], before)
    assert page.locator("#count").inner_text() == count
    press(page, page.locator("#values-actor input"))
    expect(page).to_have_url(re.compile("actor=rex-tillerson"))


# ---- No answer


def say_nothing(route: Route) -> None:
    """As a site that never answers."""


def answer(status: int, text: str) -> Callable[[Route], None]:
    """As a site that answers every request with this page."""

    def fulfill(route: Route) -> None:
        route.fulfill(status=status, body=text, content_type="text/html")

    return fulfill


def test_a_lost_network_is_said_and_tried_again(screen: Page) -> None:
    screen.goto("/events/")
    reveal(screen, box(screen, "Rex Tillerson"))
    count = screen.locator("#count").inner_text()
    before = entries(screen)
    screen.context.set_offline(True)
    press(screen, box(screen, "Rex Tillerson"))
    notice = screen.locator("#failure")
    expect(notice).to_contain_text(FAILED)
    expect(notice).to_contain_text("There is no connection to the network.")
    expect(notice).to_have_attribute("role", "status")
    again = notice.get_by_role("button", name="Try again")
    expect(again).to_be_in_viewport()
    expect(box(screen, "Rex Tillerson")).not_to_be_checked()
    assert (screen.locator("#count").inner_text(), entries(screen)) == (count, before)
    press(screen, again)
    expect(notice).to_contain_text(FAILED)
    screen.context.set_offline(False)
    press(screen, again)
    expect(screen).to_have_url(re.compile(r"/events/\?actor=rex-tillerson$"))
    expect(box(screen, "Rex Tillerson")).to_be_checked()
    expect(notice).to_have_text("")
    expect(screen.locator("#count")).to_be_focused()
    assert entries(screen) == before + 1


def test_the_notice_is_reached_by_tab_and_breaks_no_rule_of_accessibility(page: Page) -> None:
    page.goto("/sources/")
    page.context.set_offline(True)
    tick(page, "article")
    again = page.get_by_role("button", name="Try again")
    expect(again).to_be_visible()
    violations = Axe().run(page).response["violations"]
    assert [(v["id"], [n["html"] for n in v["nodes"]][:3]) for v in violations] == []
    for _ in range(10):
        page.keyboard.press("Tab")
        if again.evaluate("button => button === document.activeElement"):
            break
    expect(again).to_be_focused()


@pytest.mark.parametrize(("path", "name", "query", "title"), LISTS)
def test_every_list_says_that_it_could_not_be_loaded(
    page: Page, path: str, name: str, query: str, title: str
) -> None:
    page.goto(path)
    page.context.set_offline(True)
    tick(page, name)
    expect(page.locator("#failure")).to_contain_text(FAILED)
    expect(box(page, name)).not_to_be_checked()
    page.context.set_offline(False)
    page.get_by_role("button", name="Try again").click()
    expect(page).to_have_url(re.compile(re.escape(f"{path}{query}") + "$"))
    expect(page.locator("#failure")).to_have_text("")


@pytest.mark.parametrize("status", [400, 404, 429, 500, 503])
def test_an_error_of_the_site_is_said_in_its_words(page: Page, status: int) -> None:
    page.goto("/events/")
    text = "<h1>Not just now</h1><p class=lede>The site rests &amp; <b>returns</b>.</p>"
    page.route("**/events/?*", answer(status, text))
    tick(page, "Rex Tillerson")
    expect(page.locator("#failure")).to_contain_text(
        f"{FAILED} Not just now. The site rests & returns."
    )
    expect(box(page, "Rex Tillerson")).not_to_be_checked()
    expect(page).to_have_url(re.compile(r"/events/$"))
    expect(page.locator("article.entry")).to_have_count(10)
    page.unroute("**/events/?*")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("article.entry")).to_have_count(1)


def test_a_page_of_another_site_in_between_is_no_list(page: Page) -> None:
    page.goto("/events/")
    page.route("**/events/?*", answer(200, "<title>Sign in to this network</title><p>Pay first."))
    tick(page, "Rex Tillerson")
    expect(page.locator("#failure")).to_contain_text(FAILED)
    expect(page).to_have_title(f"Timeline · {TITLE}")
    expect(page.locator("article.entry")).to_have_count(10)


def test_an_answer_that_takes_too_long_is_given_up(page: Page) -> None:
    page.goto("/events/")
    page.evaluate("htmx.config.defaultTimeout = 300")
    page.route("**/events/?*", say_nothing)
    tick(page, "Rex Tillerson")
    expect(page.locator("#failure")).to_contain_text("The site takes too long to answer.")


def test_chips_and_words_are_tried_again_too(page: Page) -> None:
    page.goto("/events/?actor=rex-tillerson&since=2017")
    page.context.set_offline(True)
    page.get_by_role("link", name="Actor Rex Tillerson").click()
    expect(page.locator("#failure")).to_contain_text(FAILED)
    page.locator("#q").fill("moscow")
    page.locator("#q").press("Enter")
    expect(page.locator("#q")).to_have_value("")
    page.context.set_offline(False)
    page.get_by_role("button", name="Try again").click()
    expect(page).to_have_url(re.compile(r"q=moscow&actor=rex-tillerson&since=2017$"))
    expect(page.locator("#q")).to_have_value("moscow")


def test_suggestions_and_values_that_do_not_come_are_said(page: Page) -> None:
    page.goto("/events/")
    offer_more(page)
    page.context.set_offline(True)
    page.locator("#found-actor > a").click()
    expect(page.locator("#failure")).to_contain_text("The values could not be loaded.")
    page.locator("#q").fill("til")
    expect(page.locator("#failure")).to_contain_text("The suggestions could not be loaded.")
    expect(page.locator("#q")).to_have_value("til")
    page.context.set_offline(False)
    page.locator("#q").press("l")
    expect(page.locator("#suggestions [role=row]").first).to_be_visible()
    expect(page.locator("#failure")).to_have_text("")


def test_going_back_without_a_network_is_said_and_tried_again(page: Page) -> None:
    page.goto("/events/")
    tick(page, "Turkey")
    expect(page.locator("article.entry")).to_have_count(1)
    page.context.set_offline(True)
    page.go_back()
    expect(page.locator("#failure")).to_contain_text(FAILED)
    expect(page.locator("article.entry")).to_have_count(1)
    page.context.set_offline(False)
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("article.entry")).to_have_count(10)
    expect(page).to_have_url(re.compile(r"/events/$"))
    expect(page.locator("#failure")).to_have_text("")


def test_what_is_being_typed_outlasts_an_answer_to_something_else(page: Page) -> None:
    page.goto("/events/")
    late: list[Route] = []
    page.route("**/events/?*", lambda route: late.append(route))
    tick(page, "Rex Tillerson")
    page.locator("#q").press_sequentially("mos")
    late[0].continue_()
    expect(page.locator("article.entry")).to_have_count(1)
    expect(page.locator("#q")).to_have_value("mos")


# ---- Answers that come late


def test_a_late_answer_does_not_replace_a_newer_one(page: Page) -> None:
    page.goto("/events/?since=2016")
    late: list[Route] = []
    page.route("**/events/?*rex-tillerson*", lambda route: late.append(route))
    tick(page, "Rex Tillerson")
    page.get_by_role("link", name="Since 2016").click()
    expect(page).to_have_url(re.compile(r"/events/$"))
    expect(page.locator("article.entry")).to_have_count(10)
    late[0].continue_()
    page.wait_for_timeout(300)
    expect(page).to_have_url(re.compile(r"/events/$"))
    expect(page.locator("article.entry")).to_have_count(10)
    expect(box(page, "Rex Tillerson")).not_to_be_checked()


def test_going_back_gives_up_what_was_asked_for(page: Page) -> None:
    page.goto("/events/")
    tick(page, "Turkey")
    expect(page).to_have_url(re.compile("actor=turkey"))
    late: list[Route] = []
    page.route("**/events/?*rex-tillerson*", lambda route: late.append(route))
    tick(page, "Rex Tillerson")
    page.go_back()
    expect(page.locator("article.entry")).to_have_count(10)
    late[0].continue_()
    page.wait_for_timeout(300)
    expect(page).to_have_url(re.compile(r"/events/$"))
    expect(page.locator("article.entry")).to_have_count(10)


# ---- The way back


@pytest.mark.parametrize("is_scripted", [True, False])
@pytest.mark.parametrize(
    ("query", "row", "label"),
    [
        ("/events/?actor=turkey&since=2017", "article.entry h3 a", "Back to the timeline"),
        ("/actors/?kind=person", ".row-title a", "Back to the actors"),
        ("/locations/?kind=town", ".row-title a", "Back to the places"),
        ("/statements/?stance=denies", ".row-title a", "Back to the statements"),
        ("/sources/?kind=article", ".row-title a", "Back to the sources"),
    ],
)
def test_a_record_leads_back_to_the_filtered_list(
    browser: Browser, base_url: str, is_scripted: bool, query: str, row: str, label: str
) -> None:
    context = browser.new_context(
        java_script_enabled=is_scripted,
        base_url=base_url,
        viewport={"width": 390, "height": 844},
        has_touch=True,
    )
    page = context.new_page()
    page.goto(query)
    count = page.locator("#count").inner_text()
    page.locator(row).first.tap()
    way_back = page.get_by_role("link", name=label)
    expect(page.locator(".way-back")).to_contain_text("filtered:")
    way_back.tap()
    expect(page).to_have_url(f"{base_url}{query}")
    assert page.locator("#count").inner_text() == count
    context.close()


def test_a_record_of_a_list_that_was_filtered_in_place_leads_back_to_it(screen: Page) -> None:
    screen.goto("/events/")
    tick(screen, "Turkey")
    expect(screen).to_have_url(re.compile("actor=turkey"))
    leave_filters(screen)
    press(screen, screen.locator("article.entry h3 a").first)
    expect(screen).to_have_url(re.compile(r"/events/[a-z-]+/\?actor=turkey$"))
    press(screen, screen.get_by_role("link", name="Back to the timeline"))
    expect(screen).to_have_url(re.compile(r"/events/\?actor=turkey$"))
    expect(screen.locator("article.entry")).to_have_count(1)

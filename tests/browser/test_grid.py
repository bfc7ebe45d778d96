"""The grid of corrections in a browser: by keyboard, on the phone, with and without a script."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from events.models import Source
from tests.databases import using
from tests.factories import make_source

pytestmark = pytest.mark.browser


@pytest.fixture
def sources(site_database: str, django_db_blocker: Any) -> list[Source]:
    """Drafts, so that no public page shows them."""
    with django_db_blocker.unblock(), using(site_database):
        return [make_source(title=f"Paper {name}", state="draft") for name in ("A", "B", "C")]


@pytest.fixture
def titles(
    sources: list[Source], site_database: str, django_db_blocker: Any
) -> Callable[[], list[tuple[str, str]]]:
    """Title and language of the sources as they are stored."""

    def stored() -> list[tuple[str, str]]:
        with django_db_blocker.unblock(), using(site_database):
            rows = Source.objects.filter(pk__in=[source.pk for source in sources])
            return list(rows.order_by("pk").values_list("title", "language"))

    return stored


def open_grid(page: Page, sources: list[Source]) -> None:
    keys = ",".join(str(source.pk) for source in sources)
    page.goto(f"/admin/events/source/grid/?ids={keys}")
    expect(page.locator(".grid tbody tr")).to_have_count(3)


def test_rows_are_corrected_by_keyboard(
    page: Page,
    sign_in: Callable[..., None],
    sources: list[Source],
    titles: Callable[[], list[tuple[str, str]]],
) -> None:
    sign_in(page, "cora")
    open_grid(page, sources)
    first, second, third = (f"#id_row-{source.pk}-title" for source in sources)
    page.locator(first).focus()
    page.keyboard.press("End")
    page.keyboard.type(", the first")
    page.keyboard.press("Enter")
    expect(page.locator(second)).to_be_focused()
    page.keyboard.type("Paper B anew")  # over the text, which is selected
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+Enter")
    expect(page.locator(second)).to_be_focused()
    assert [title for title, _language in titles()] == ["Paper A", "Paper B", "Paper C"]
    page.locator(".grid-all summary").press("Enter")
    page.locator("#id_all-language").press_sequentially("fr")
    expect(page.locator("[name=set-language]")).to_be_checked()
    page.locator(".grid-done [name=_preview]").press("Enter")
    expect(page.locator(".grid-change ins")).to_have_text(
        ["Paper A, the first", "fr", "anew", "fr", "fr"]
    )
    page.locator("[name=_back]").press("Enter")
    expect(page.locator(second)).to_have_value("Paper B anew")
    page.locator(third).fill("Paper C, too")
    page.locator(".grid-done [name=_preview]").press("Enter")
    page.locator("[name=_confirm]").press("Enter")
    expect(page.locator(".messagelist .success")).to_have_text("3 records were changed.")
    assert titles() == [
        ("Paper A, the first", "fr"),
        ("Paper B anew", "fr"),
        ("Paper C, too", "fr"),
    ]


def test_a_grid_works_without_a_script(
    page_without_javascript: Page,
    sign_in: Callable[..., None],
    sources: list[Source],
    titles: Callable[[], list[tuple[str, str]]],
) -> None:
    page = page_without_javascript
    sign_in(page, "cora")
    open_grid(page, sources)
    page.locator(f"#id_row-{sources[0].pk}-title").fill("Renamed")
    page.locator(f"#id_row-{sources[0].pk}-title").press("Enter")
    expect(page.locator("h1")).to_have_text("What changes")
    assert titles()[0] == ("Paper A", "")
    page.get_by_role("button", name="Change 1 record").click()
    expect(page.locator(".messagelist .success")).to_have_text("1 record was changed.")
    assert titles()[0] == ("Renamed", "")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_grid_and_preview_fit_and_can_be_read(
    page: Page, sign_in: Callable[..., None], sources: list[Source], scheme: Any, width: int
) -> None:
    sign_in(page, "cora")
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    open_grid(page, sources)
    page.locator(".grid-all summary").click()
    look_at(page, width)
    page.locator(f"#id_row-{sources[0].pk}-title").fill("")
    page.locator(".grid-done [name=_preview]").click()
    expect(page.locator(".problems a")).to_contain_text("Row 1 (Paper A), Title")
    look_at(page, width)
    page.locator(f"#id_row-{sources[0].pk}-title").fill("Paper A, and more")
    page.locator(".grid-done [name=_preview]").click()
    expect(page.locator(".grid-change")).to_have_count(1)
    look_at(page, width)
    page.on("dialog", lambda dialog: dialog.accept())


def look_at(page: Page, width: int) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    violations = Axe().run(page, context={"include": ["#content"]}).response["violations"]
    assert [(v["id"], [n["html"] for n in v["nodes"]][:3]) for v in violations] == []

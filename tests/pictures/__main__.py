"""`make pictures`: the screenshots of `docs/pictures`, and what the first view weighs.

More of the article's are in `var/pictures/article`. With GED_CSV, which names a UCDP GED file,
pictures of its events are made instead, in `var/pictures`. PICTURES_EVENTS says of how many
(2,000).
"""

import os
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.bench.place import ROOT, Folder
from tests.bench.processes import Server
from tests.bench.site import site
from tests.browser.chromium import launch_args
from tests.pictures import weights
from tests.pictures.pages import ARTICLE, ARTICLE_ASIDE, GED, Picture

HOME = ROOT / "var" / "pictures"
OF_ARTICLE = ROOT / "docs" / "pictures"


def main() -> None:
    data = os.environ.get("GED_CSV", "")
    events = os.environ.get("PICTURES_EVENTS", "2000")
    folder = Folder(HOME / (f"ged-{events}" if data else "article"))
    folder.path.mkdir(parents=True, exist_ok=True)
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    env |= {"EMBEDDED_PG_DIR": str(folder.cluster), "LOCAL_HTTP": "1"}
    prepare = ["-m", "tests.pictures.load", data, events] if data else ["manage.py", "prepare"]
    subprocess.run([sys.executable, *prepare], env=env, cwd=ROOT, check=True)
    with (
        site(folder.cluster, cache=True, log=folder.path / "site.log") as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(**launch_args())
        for picture in GED if data else ARTICLE:
            take(browser, server, picture, HOME if data else OF_ARTICLE)
        for picture in () if data else ARTICLE_ASIDE:
            take(browser, server, picture, folder.path)
        print(weights.markdown(weights.measure(browser, f"http://127.0.0.1:{server.port}/")))
        browser.close()


def take(browser: Browser, server: Server, picture: Picture, folder: Path) -> None:
    context = browser.new_context(
        viewport={"width": picture.width, "height": picture.height},
        color_scheme="dark" if picture.is_dark else "light",
        has_touch=picture.width < 500,
    )
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{server.port}{picture.path}")
    # Fonts that come too late for a first view are there for the second.
    page.reload()
    if picture.is_rtl:
        page.evaluate("document.documentElement.dir = 'rtl'")
    page.evaluate("document.fonts.ready")
    file = folder / f"{picture.name}.png"
    page.screenshot(path=file, full_page=picture.is_whole)
    context.close()
    print(f"{file.relative_to(ROOT)}: {file.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()

"""What the first view of a page weighs, when it is painted, and how much it moves, in Chromium.

The largest paint is measured at a fourth of the processor's speed, as Lighthouse does for phones.
"""

from collections import defaultdict
from dataclasses import dataclass

from playwright.sync_api import Browser, CDPSession, Page

_SLOWER = 4
_WATCH = """
    window.painted = 0; window.moved = 0;
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) window.painted = entry.startTime;
    }).observe({type: "largest-contentful-paint", buffered: true});
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
            if (!entry.hadRecentInput) window.moved += entry.value;
        }
    }).observe({type: "layout-shift", buffered: true});
"""


@dataclass(frozen=True, slots=True)
class Weight:
    """Bytes as they were sent, by kind of resource; the largest paint in milliseconds; the
    cumulative layout shift, which has no unit."""

    width: int
    sent: dict[str, int]
    painted_ms: float
    moved: float


def measure(browser: Browser, address: str) -> list[Weight]:
    return [_measure(browser, address, width) for width in (1280, 390)]


def _measure(browser: Browser, address: str, width: int) -> Weight:
    context = browser.new_context(viewport={"width": width, "height": 844})
    page = context.new_page()
    page.add_init_script(_WATCH)
    session = context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER})
    sent = _watched(session)
    page.goto(address, wait_until="networkidle")
    weight = Weight(width, dict(sent), *_seen(page))
    context.close()
    return weight


def _watched(session: CDPSession) -> dict[str, int]:
    """Fills with the bytes of each kind while the page is loaded."""
    kinds: dict[str, str] = {}
    sent: dict[str, int] = defaultdict(int)
    session.on("Network.responseReceived", lambda e: kinds.update({e["requestId"]: e["type"]}))

    def note(event: dict[str, object]) -> None:
        sent[kinds.get(str(event["requestId"]), "Other")] += int(str(event["encodedDataLength"]))

    session.on("Network.loadingFinished", note)
    session.send("Network.enable")
    return sent


def _seen(page: Page) -> tuple[float, float]:
    page.wait_for_timeout(500)
    return float(page.evaluate("window.painted")), float(page.evaluate("window.moved"))


def markdown(weights: list[Weight]) -> str:
    kinds = sorted({kind for weight in weights for kind in weight.sent})
    head = ["width, px", *kinds, "all, kB", "largest paint, ms", "layout shift"]
    rows = [
        [
            f"{weight.width}",
            *(f"{weight.sent.get(kind, 0) / 1000:.1f}" for kind in kinds),
            f"{sum(weight.sent.values()) / 1000:.1f}",
            f"{weight.painted_ms:.0f}",
            f"{weight.moved:.3f}",
        ]
        for weight in weights
    ]
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)

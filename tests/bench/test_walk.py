from collections import Counter
from collections.abc import Iterator
from random import Random

import pytest

from tests.bench.stand_in import StandIn, standing_in
from tests.bench.walk import along_links, kind_of, query_of

FIRST = """
<a href="/actors/">Known 1 <b>actor</b></a> <a href="/events/one/#part">A day</a> of silence
<a href="?page=2">2</a> <a href="/events.csv">C</a> <a href="/api/events">J</a>
<a href="/api/">A</a>
<a href="/static/site.css">S</a> <a href="/admin/">In</a> <a href="https://example.org/">O</a>
<a href="/embed/events/">F</a> <a href="/statements/1/citation.bib">B</a> <a>none</a>
<form><input type="search" name="q"><input type="hidden" name="q" value="x">
<select name="kind"><option value="fight"></select>
<input type="checkbox" name="match" value="all">
<input type="checkbox" name="kind" value="x" checked>
<select name="order"><option value=""><option value="date"></select></form>
"""
# The server's milliseconds, of the first answer and of all others.
TIMES = {"/": (10, 10), "/actors/": (1500, 60), "/events/one/": (1200, 1300)}


@pytest.fixture
def asked() -> Counter[str]:
    return Counter()


@pytest.fixture
def port(asked: Counter[str]) -> Iterator[int]:
    class Handler(StandIn):
        def answer(self) -> None:
            asked[self.path] += 1
            body = (FIRST if self.path == "/" else '<a href="/">Back there</a>').encode()
            first, others = TIMES.get(self.path, (20, 20))
            self.send_response(asked["away"] if self.path == "/?page=2" and asked["away"] else 200)
            self.send_header("Content-Length", str(len(body)))
            taken = first if asked[self.path] == 1 else others
            self.send_header("Server-Timing", f"total;dur={taken}")
            self.end_headers()
            self.wfile.write(body)

    with standing_in(Handler) as port:
        yield port


def test_the_walk_meets_all_pages_and_searches_for_their_words(
    port: int, asked: Counter[str]
) -> None:
    walk = along_links(port)
    [searched] = [address for address in asked if address.startswith("/?q=")]
    linked = {"/", "/actors/", "/events/one/", "/?page=2", "/api/"}
    assert set(asked) == {*linked, "/?order=date", "/?match=all", searched}
    assert (walk.pages, walk.kinds) == (8, 8)
    # What took long is asked again, and counts if it still does.
    assert asked["/actors/"] == asked["/events/one/"] == 4
    assert (walk.p50_ms, walk.p95_ms, walk.slowest_ms) == (20, 1300, 1300)
    assert (walk.slowest, walk.wrong) == ("/events/one/", 0)


def test_the_walk_ends_after_so_many_pages_and_is_the_same_each_time(
    port: int, asked: Counter[str]
) -> None:
    walks = [along_links(port, pages=3, seed=2) for _ in range(2)]
    assert [walk.pages for walk in walks] == [3, 3]
    first = [address for address, number in asked.items() if address not in TIMES]
    assert {asked[address] for address in first} <= {2}
    assert along_links(port, pages=1).slowest == "/"


@pytest.mark.parametrize(("status", "server_errors"), [(404, 0), (503, 1)])
def test_a_link_that_leads_to_no_page_is_counted(
    port: int, asked: Counter[str], status: int, server_errors: int
) -> None:
    asked["away"] = status
    walk = along_links(port)
    assert (walk.pages, walk.wrong, walk.server_errors) == (7, 1, server_errors)
    assert walk.first_wrong == f"/?page=2: status {status}"


def test_words_are_searched_for_as_one_may_type_them() -> None:
    random = Random(1)  # noqa: S311 - the same each time
    queries = {query_of(["Known", "actor"], random) for _ in range(200)}
    typed = {"Known", "actor Known", "Known or actor", "actor -Known", '"Known" actor', "-actor"}
    assert typed | {"Konwn", "atcor Known"} <= queries
    assert len(queries) < 40


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("/", "/"),
        ("/events/?q=a&actor=b&actor=c", "/events actor q"),
        ("/events/facets/actor/?kind=a", "/events/*/* kind"),
        ("/countries/SYR/", "/countries/*"),
        ("/api/", "/api"),
        ("/api/events", ""),
        ("/events.timelinejs.json?q=a", ""),
        ("/statements/1/citation.bib", ""),
        ("/embed/events/", ""),
        ("/admin/events/", ""),
        ("/healthz", ""),
        ("/suggest/?q=a", ""),
    ],
)
def test_a_kind_of_page_is_its_address_and_its_parameters(address: str, kind: str) -> None:
    assert kind_of(address) == kind

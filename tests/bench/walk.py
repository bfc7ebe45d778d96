"""Along the site's own links and forms: are pages that nobody chose as quick as those of the cases?

A random walk from the first page, seeded, that takes as many steps to each kind of page: what the
address is, and which parameters it has. Where a page has a search, its own words are searched for,
alone or several, misspelt, as a phrase, without others; where it can be narrowed or put in another
order, it is.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from random import Random
from statistics import median
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from tests.bench.clients import Reader, WrongAnswerError
from tests.bench.measuring import percentile
from tests.bench.results import Walk

PAGES = 1_000
# Of fewer events than the goal is about.
FEWER_PAGES = 300
# Milliseconds of the server: what takes longer is asked so often again, as the machine may have
# been busy.
_DOUBTED = 1000.0
_AGAIN = 3
# What is there to be loaded, framed or asked by programs, rather than read: files, too.
_NO_PAGE = re.compile(r"/(admin|embed|static|suggest)/.*|/api/.+|.*\.[a-z.]+|/(healthz|readyz)")
_WORD = re.compile(r"[^\W\d_]{4,}")


class _Page(HTMLParser):
    """What a page leads to: links, the words of these, and what its form offers to choose."""

    def __init__(self, body: bytes) -> None:
        super().__init__()
        self.links: list[str] = []
        self.words: list[str] = []
        self.orders: list[str] = []
        self.choices: list[tuple[str, str]] = []
        self.has_search = False
        self._is_link = self._is_order = False
        self.feed(body.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a" and given.get("href"):
            self._is_link = True
            self.links.append(given["href"] or "")
        elif tag == "input" and given.get("name") == "q" and given.get("type") != "hidden":
            self.has_search = True
        elif tag == "input" and given.get("type") == "checkbox" and "checked" not in given:
            self.choices.append((given["name"] or "", given["value"] or ""))
        elif tag == "select":
            self._is_order = given.get("name") == "order"
        elif tag == "option" and self._is_order and given.get("value"):
            self.orders.append(given["value"] or "")

    def handle_endtag(self, tag: str) -> None:
        self._is_link = self._is_link and tag != "a"

    def handle_data(self, data: str) -> None:
        if self._is_link:
            self.words += _WORD.findall(data)


@dataclass
class _Way:
    """Where the walk may go on: addresses that were not asked yet, by their kind."""

    random: Random
    seen: set[str] = field(default_factory=set)
    waiting: dict[str, list[str]] = field(default_factory=dict)

    def add(self, address: str) -> None:
        kind = kind_of(address)
        if kind and address not in self.seen:
            self.seen.add(address)
            self.waiting.setdefault(kind, []).append(address)

    def next(self) -> str:
        kind = self.random.choice(list(self.waiting))
        addresses = self.waiting[kind]
        address = addresses.pop(self.random.randrange(len(addresses)))
        if not addresses:
            del self.waiting[kind]
        return address


def kind_of(address: str) -> str:
    """What page it is, by its first part and depth, and by which parameters; nothing for what is no
    page to read."""
    path, query = urlsplit(address)[2:4]
    if _NO_PAGE.fullmatch(path):
        return ""
    first, *others = path.strip("/").split("/")
    names = sorted({name for name, _value in parse_qsl(query)})
    return " ".join([f"/{first}{'/*' * len(others)}", *names])


def along_links(port: int, pages: int = PAGES, seed: int = 1) -> Walk:
    """Where a link leads to no page, the walk goes on without it."""
    way, taken = _Way(Random(seed)), dict[str, float]()  # noqa: S311 - the same walk each time
    wrong: list[WrongAnswerError] = []
    way.add("/")
    reader = Reader(port)
    try:
        while way.waiting and len(taken) + len(wrong) < pages:
            address = way.next()
            try:
                page = _Page(reader.get(address))
                taken[address] = _served(reader, address)
            except WrongAnswerError as error:
                wrong.append(error)
                continue
            for following in _leads_to(address, page, way.random):
                way.add(following)
    finally:
        reader.close()
    return _walk(taken, wrong)


def _served(reader: Reader, address: str) -> float:
    """Milliseconds of the server for the address that was just asked."""
    if reader.served[-1] <= _DOUBTED:
        return reader.served[-1]
    for _ in range(_AGAIN):
        reader.get(address)
    return median(reader.served[-_AGAIN:])


def _leads_to(address: str, page: _Page, random: Random) -> Iterator[str]:
    for link in page.links:
        parts = urlsplit(urljoin(address, link))
        if not parts.netloc:
            yield parts._replace(fragment="").geturl()
    path, query = urlsplit(address)[2:4]
    asked = parse_qsl(query)
    names = {name for name, _value in asked}
    if page.has_search and page.words and "q" not in names:
        yield f"{path}?{urlencode([*asked, ('q', query_of(page.words, random))])}"
    if page.choices:
        yield f"{path}?{urlencode([*asked, random.choice(page.choices)])}"
    if page.orders and "order" not in names:
        yield f"{path}?{urlencode([*asked, ('order', random.choice(page.orders))])}"


def query_of(words: Sequence[str], random: Random) -> str:
    """A search for some of these words, as one may type it."""
    one, other = random.choice(words), random.choice(words)
    place = random.randrange(1, len(one) - 2)
    misspelt = one[:place] + one[place + 1] + one[place] + one[place + 2 :]
    forms = [one, f"{one} {other}", f"{one} or {other}", f"{one} -{other}", f'"{one}" {other}']
    return random.choice([*forms, misspelt, f"{misspelt} {other}", f"-{one}"])


def _walk(taken: dict[str, float], wrong: list[WrongAnswerError]) -> Walk:
    slowest = max(taken, key=lambda address: taken[address], default="/")
    times = list(taken.values()) or [0.0]
    return Walk(
        pages=len(taken),
        kinds=len({kind_of(address) for address in taken}),
        p50_ms=percentile(times, 50),
        p95_ms=percentile(times, 95),
        slowest_ms=max(times),
        slowest=slowest,
        wrong=len(wrong),
        server_errors=sum(error.status >= 500 for error in wrong),
        first_wrong=str(wrong[0]) if wrong else "",
    )

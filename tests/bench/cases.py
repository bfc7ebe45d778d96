"""What is asked of each, and how an answer shows that it is one."""

import re
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from config import cursors
from tests.bench import bare_sql
from tests.bench.bare_sql import Page, Question, Session
from tests.bench.clients import Check, WrongAnswerError
from tests.bench.countries import Finder
from tests.bench.facts import Facts

DEEP_ROW = 500_000
_FACETS = [("_facet", "country"), ("_facet", "side_a"), ("_facet", "kind")]


def cursor_of(sort_day: int, event: int) -> str:
    """The cursor that stands behind this event, for the order `-date`."""
    return cursors.encode([sort_day, event])


@dataclass(frozen=True)
class Case:
    """Our address and Datasette's, what bare SQL fetches, and how each answer is checked."""

    name: str
    ours: str
    datasette: str
    sql: Callable[[Session], object]
    check_ours: Check
    check_datasette: Check


@dataclass(frozen=True)
class Setting:
    """What all cases are made from. `embed` is the address of the page without facets.

    `sqlite` is Datasette's file, None where there is no Datasette.
    """

    session: Session
    sqlite: sqlite3.Connection | None
    facts: Facts
    finder: Finder
    embed: str
    events: int

    @property
    def deep_row(self) -> int:
        """Row 500,000, or the one in the middle where there are not as many."""
        return DEEP_ROW if self.events > DEEP_ROW else self.events // 2


def all_cases(setting: Setting) -> list[Case]:
    """The same names for all data and sizes; `asked` says what stands behind them."""
    facts, find = setting.facts, setting.finder.find
    pair = [bare_sql.slug_of_actor(setting.session, name) for name in facts.pair]
    syria, country = find("Syria") or "", find(facts.country) or ""
    after = bare_sql.place_of_row(setting.session, setting.deep_row)
    both = dict(zip(("first", "second"), pair, strict=True))
    everything = Question()
    return [
        _listed(setting, "newest, no facets", setting.embed, [], Question(has_facets=False), []),
        _listed(setting, "facets", "/events/", [], everything, _FACETS),
        _listed(
            setting,
            "Syria, facets",
            "/events/",
            [("country", syria)],
            Question(bare_sql.IN_COUNTRY, {"country": syria}),
            [("country", "Syria"), *_FACETS],
        ),
        _listed(
            setting,
            "two actors, facets",
            "/events/",
            [("actor", pair[0]), ("actor", pair[1]), ("match", "all")],
            Question(bare_sql.WITH_BOTH_ACTORS, both),
            [("side_a", facts.pair[0]), ("side_b", facts.pair[1]), *_FACETS],
        ),
        _listed(
            setting,
            "word, facets",
            "/events/",
            [("q", facts.word)],
            Question(bare_sql.WITH_WORD, {"word": facts.word}),
            [("_search", facts.word), *_FACETS],
        ),
        _detail(setting, after[1]),
        _deep(setting, after),
        _export(setting, country),
    ]


def asked(setting: Setting) -> str:
    """What was chosen from the data, in words."""
    facts = setting.facts
    return (
        f"two actors: {facts.pair[0]} and {facts.pair[1]}; word: {facts.word};"
        f" CSV of one country: {facts.country}; deep page: after row {setting.deep_row:,}"
    )


def _listed(
    setting: Setting,
    name: str,
    path: str,
    ours: list[tuple[str, str]],
    question: Question,
    theirs: list[tuple[str, str]],
) -> Case:
    expected = bare_sql.page(setting.session, question)
    newest = [*theirs, ("_sort_desc", "date"), ("_size", "50")]
    return Case(
        name,
        f"{path}?{urlencode(ours)}" if ours else path,
        f"/ged/events?{urlencode(newest)}",
        lambda session: bare_sql.page(session, question),
        shows(expected),
        datasette_shows(len(expected.rows), [value for key, value in theirs if key == "_facet"]),
    )


def _deep(setting: Setting, after: tuple[int, int]) -> Case:
    """What follows a row far down, with the facets of all rows, as on the first page."""
    return _listed(
        setting,
        "deep page, facets",
        "/events/",
        [("after", cursor_of(*after))],
        Question(after=after),
        [*_FACETS, ("_next", _datasette_cursor(setting))],
    )


def _datasette_cursor(setting: Setting) -> str:
    """The same row in Datasette's order: newest first, on a day by number."""
    statement = "SELECT date || ',' || id FROM events ORDER BY date DESC, id LIMIT 1 OFFSET ?"
    return str(_one(setting, statement, setting.deep_row - 1))


def _one(setting: Setting, statement: str, value: object) -> object:
    """One value from Datasette's file; None where there is none."""
    return setting.sqlite and setting.sqlite.execute(statement, [value]).fetchone()[0]


def _detail(setting: Setting, event: int) -> Case:
    slug = bare_sql.slug_of_event(setting.session, event)
    title = bare_sql.title_of_event(setting.session, event)
    return Case(
        "detail",
        f"/events/{slug}/",
        f"/ged/events/{event}",
        lambda session: bare_sql.detail(session, slug),
        holds([_escaped(title)]),
        holds([_escaped(title)]),
    )


def _export(setting: Setting, country: str) -> Case:
    question = Question(bare_sql.IN_COUNTRY, {"country": country}, has_facets=False)
    name = setting.facts.country
    theirs = _one(setting, "SELECT count(*) FROM events WHERE country = ?", name)
    ours = bare_sql.count(setting.session, question)
    query = urlencode({"country": name, "_stream": "on", "_size": "max"})
    return Case(
        "CSV of one country",
        f"/events.csv?country={country}",
        f"/ged/events.csv?{query}",
        lambda session: bare_sql.everything(session, question),
        is_csv(ours, "slug,"),
        is_csv(int(str(theirs or 0)), "id,"),
    )


def shows(expected: Page) -> Check:
    """A page of ours holds exactly these events, their number, and the top of each facet."""
    wanted = {slug.encode() for slug in expected.slugs}
    facets = [expected.numbers(facet) for facet in ("all", "country", "actor", "kind")]
    numbers = [counts[0] for counts in facets if counts]

    def check(body: bytes) -> None:
        found = set(re.findall(rb'href="[^"]*/events/([a-z0-9-]+)/(?:\?[^"]*)?"', body))
        if found != wanted:
            others = b", ".join(sorted(found - wanted)[:3]).decode() or "none"
            raise WrongAnswerError(
                f"{len(wanted & found)} of {len(wanted)} events, and others: {others}"
            )
        for number in numbers:
            if not re.search(rf"(?<![\d,])({number}|{number:,})(?![\d,]\d)".encode(), body):
                raise WrongAnswerError(f"the number {number} is missing")

    return check


def datasette_shows(rows: int, facets: Iterable[str]) -> Check:
    """A page of Datasette has as many rows, and every facet."""
    wanted = [f'data-column="{facet}">' for facet in facets]

    def check(body: bytes) -> None:
        if (found := body.count(b'<td class="col-id ')) != rows:
            raise WrongAnswerError(f"Datasette shows {found} rows of {rows}")
        if b"facets-timed-out" in body:
            raise WrongAnswerError("Datasette left facets out")
        holds(wanted)(body)

    return check


def holds(texts: Iterable[str]) -> Check:
    wanted = [text.encode() for text in texts]

    def check(body: bytes) -> None:
        for text in wanted:
            if text not in body:
                raise WrongAnswerError(f"“{text.decode()}” is missing")

    return check


def is_csv(rows: int, start: str) -> Check:
    """A whole file: so many lines under its header. No cell of these events has a line break."""
    first = start.encode()

    def check(body: bytes) -> None:
        lines = body.count(b"\n") - 1
        if not body.removeprefix(b"\xef\xbb\xbf").startswith(first) or lines < rows:
            raise WrongAnswerError(f"{lines} lines of {rows}")

    return check


def _escaped(text: str) -> str:
    """The longest piece of a text that every escaping of HTML leaves alone."""
    pieces: list[str] = re.findall(r"[\w .–-]+", text)
    return max(pieces, key=len)

"""What is asked of each, and how an answer shows that it is one."""

import re
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlencode

from config.lists import cursors
from tests.bench import bare_sql
from tests.bench.bare_sql import Page, Question, Session
from tests.bench.chosen import Chosen, Named
from tests.bench.clients import Check, WrongAnswerError

_FACETS = [("_facet", "country"), ("_facet", "side_a"), ("_facet", "kind")]
_BEHIND = "SELECT date || ',' || id FROM events ORDER BY date DESC, id LIMIT 1 OFFSET ?"


def cursor_of(sort_day: int, event: int) -> str:
    """The cursor that stands behind this event, for the order `-date`."""
    return cursors.cursor_of(("sort_day", "pk"), [sort_day, event])


@dataclass(frozen=True)
class Theirs:
    """The same page of Datasette, and what bare SQL fetches for it."""

    path: str
    check: Check
    sql: Callable[[Session], object]


@dataclass(frozen=True)
class Case:
    """Our address; `theirs` is None for a page that Datasette does not have."""

    name: str
    path: str
    check: Check
    theirs: Theirs | None = None


def all_cases(session: Session, sqlite: sqlite3.Connection | None, chosen: Chosen) -> list[Case]:
    """The same names for all data and sizes; `sqlite` is Datasette's file, where there is one."""
    behind = sqlite.execute(_BEHIND, [chosen.deep_row - 1]).fetchone()[0] if sqlite else ""
    return [*_timelines(partial(_listed, session), chosen, behind), *_records(chosen)]


def _timelines(listed: Callable[..., Case], chosen: Chosen, behind: str) -> list[Case]:
    """`behind` is where Datasette's page far down begins."""
    (first, second), country, word = chosen.pair, chosen.country, chosen.word
    return [
        listed("facets", [], Question(), []),
        listed(
            "one country, facets",
            [("country", country.slug)],
            Question(bare_sql.IN_COUNTRY, {"country": country.slug}),
            [("country", country.name)],
        ),
        listed(
            "two actors, facets",
            [("actor", first.slug), ("actor", second.slug), ("match", "all")],
            Question(bare_sql.WITH_BOTH_ACTORS, {"first": first.slug, "second": second.slug}),
            [("side_a", first.name), ("side_b", second.name)],
        ),
        listed(
            "word, facets",
            [("q", word)],
            Question(bare_sql.WITH_WORD, {"word": word}),
            [("_search", word)],
        ),
        listed(
            "deep page, facets",
            [("after", cursor_of(*chosen.deep))],
            Question(after=chosen.deep),
            # The same row in its order: newest first, on a day by number.
            [("_next", behind)],
        ),
    ]


def _listed(
    session: Session,
    name: str,
    ours: list[tuple[str, str]],
    question: Question,
    theirs: list[tuple[str, str]],
) -> Case:
    expected = bare_sql.page(session, question)
    newest = [*theirs, *_FACETS, ("_sort_desc", "date"), ("_size", "50")]
    facets = [value for key, value in newest if key == "_facet"]
    return Case(
        name,
        f"/events/?{urlencode(ours)}" if ours else "/events/",
        shows(expected),
        Theirs(
            f"/ged/events?{urlencode(newest)}",
            datasette_shows(len(expected.rows), facets),
            partial(bare_sql.page, question=question),
        ),
    )


def _records(chosen: Chosen) -> list[Case]:
    first, second = chosen.pair
    return [
        _record("event", f"/events/{chosen.event.slug}/", chosen.event),
        _record("actor", f"/actors/{chosen.actor.slug}/", chosen.actor),
        _record("place", f"/locations/{chosen.place.slug}/", chosen.place),
        _record("source", f"/sources/{chosen.source.slug}/", chosen.source),
        _record("relation", f"/relations/{first.slug}/{second.slug}/", first, second),
        Case("pairs", "/relations/", holds(['href="/relations/'])),
    ]


def _record(name: str, path: str, *shown: Named) -> Case:
    return Case(name, path, holds(_plain_piece(each.name) for each in shown))


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
    wanted = holds([f'data-column="{facet}">' for facet in facets])

    def check(body: bytes) -> None:
        if (found := body.count(b'<td class="col-id ')) != rows:
            raise WrongAnswerError(f"Datasette shows {found} rows of {rows}")
        if b"facets-timed-out" in body:
            raise WrongAnswerError("Datasette left facets out")
        wanted(body)

    return check


def holds(texts: Iterable[str]) -> Check:
    wanted = [text.encode() for text in texts]

    def check(body: bytes) -> None:
        for text in wanted:
            if text not in body:
                raise WrongAnswerError(f"“{text.decode()}” is missing")

    return check


def _plain_piece(text: str) -> str:
    """The longest piece of a text that every escaping of HTML leaves alone."""
    pieces: list[str] = re.findall(r"[\w .–-]+", text)
    return max(pieces, key=len)

"""Items of CSL-JSON, as Zotero and other processors of CSL read them."""

import datetime
import re
from typing import Any

from config.edtf.dates import UncertainDate
from events.models import Source
from events.pages.citation_authors import Author, read_authors

Item = dict[str, Any]

_TYPES = {
    Source.Kind.ARTICLE: "article-newspaper",
    Source.Kind.REPORT: "report",
    Source.Kind.BOOK: "book",
    Source.Kind.DATASET: "dataset",
    Source.Kind.GAZETTEER: "dataset",
}
_CALENDAR_DATE = re.compile(r"((?!0000)[0-9]{4})(?:-(0[1-9]|1[0-2])(?:-([0-9]{2}))?)?(~?)")


def source_item(source: Source, key: str, locators: list[str]) -> Item:
    kind = _type(source)
    is_contained = kind in ("article-newspaper", "webpage")
    return given(
        {
            "id": key,
            "type": kind,
            "author": [_author(author) for author in read_authors(source.author)],
            "title": source.title,
            # What an article or a page stands in.
            "container-title": source.publisher if is_contained else "",
            "publisher": "" if is_contained else source.publisher,
            "issued": date(source.published_date),
            "language": source.language,
            "URL": source.url or source.archived_url,
            "accessed": _day(source.accessed_on),
            "locator": "; ".join(locators),
        }
    )


def _day(day: datetime.date | None) -> Item | None:
    return {"date-parts": [[day.year, day.month, day.day]]} if day else None


def _type(source: Source) -> str:
    """An article that is not known to have stood in a newspaper or journal is a page or a text."""
    kind = Source.Kind(source.kind)
    is_loose = kind == Source.Kind.ARTICLE and not source.publisher
    if kind in _TYPES and not is_loose:
        return _TYPES[kind]
    is_online = source.url or source.archived_url
    return "webpage" if is_online and kind in (kind.ARTICLE, kind.OTHER) else "document"


def _author(author: Author) -> dict[str, str]:
    if not author.given:
        return {"literal": author.family}
    return author._asdict()


def date(when: UncertainDate) -> Item | None:
    """Year, month and day as far as known, twice for a span; `circa` for "about"; else words."""
    if not when.text:
        return None
    ends = [_CALENDAR_DATE.fullmatch(end) for end in when.text.split("/")]
    parts = [[int(part) for part in end.groups()[:3] if part] for end in ends if end]
    if len(parts) < len(ends):
        return {"literal": when.words}
    item: Item = {"date-parts": parts if parts[0] != parts[-1] else parts[:1]}
    return item | {"circa": True} if any(end and end[4] for end in ends) else item


def given(item: Item) -> Item:
    return {name: value for name, value in item.items() if value}

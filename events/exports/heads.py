"""What the head of a record's page tells of it to search engines and to whoever shows a link."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from actors.models import Actor, Country
from config.http.addresses import absolute
from config.http.requests import PREVIEW
from events.exports import record_data
from events.exports.addresses import Addresses
from events.exports.json_text import encode
from events.exports.page_record import read_page
from events.exports.record_data import Data
from events.exports.wording import standing_before
from events.models import Location, Source, Statement
from events.pages.event import EventRecord

# Words of a description.
_LENGTH = 30
# As Django's own filter writes JSON into a page: nothing in it ends the element.
_ESCAPES = str.maketrans({"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"})


class ScriptText(str):
    """JSON that may stand within a script element as it is."""

    def __html__(self) -> str:
        return self.translate(_ESCAPES)


@dataclass(frozen=True, slots=True)
class Head:
    """`address` is the canonical one, whole; `kind` a type of the Open Graph protocol. `data` is
    JSON-LD, "" for what is not public: a curator's preview."""

    title: str
    description: str
    address: str
    kind: str = "website"
    data: ScriptText | str = ""


def head_of_event(request: HttpRequest, page: EventRecord) -> Head:
    """With the standing, where the title might be taken for a fact."""
    event = page.event
    standing = str(event.get_standing_display())
    parts = [f"{standing}, {event.when.words}.", event.summary]
    data = None
    if event.is_published:
        data = record_data.of_event(read_page(page), Addresses(request))
    title = standing_before(event.title, event.standing, standing)
    return _head(request, event, title, parts, data, kind="article")


def head_of_actor(request: HttpRequest, actor: Actor) -> Head:
    parts = [actor.summary or f"{actor.name}: {actor.kind.name}."]
    data = record_data.of_actor(actor, Addresses(request))
    kind = "profile" if actor.is_person else "website"
    return _head(request, actor, actor.name, parts, data, kind=kind)


def head_of_country(request: HttpRequest, country: Country) -> Head:
    parts = [_("%(name)s: events, actors, places and offices.") % {"name": country.name}]
    return _head(
        request, country, country.name, parts, record_data.of_country(country, Addresses(request))
    )


def head_of_location(request: HttpRequest, location: Location) -> Head:
    where = f", {location.country.name}" if location.country else ""
    parts = [f"{location.name}{where}: {location.get_kind_display()}."]
    return _head(
        request,
        location,
        location.name,
        parts,
        record_data.of_location(location, Addresses(request)),
    )


def head_of_source(request: HttpRequest, source: Source) -> Head:
    given = [source.author, source.publisher, source.published_date.words if source.date else ""]
    told = "; ".join(part for part in given if part)
    parts = [f"{source.get_kind_display()}{f': {told}' if told else ''}."]
    data = record_data.of_source(source, Addresses(request))
    return _head(request, source, source.title, parts, data, kind="article")


def head_of_statement(request: HttpRequest, statement: Statement) -> Head:
    said = " ".join(statement.paraphrase.split())
    title = f"{statement.speaker.name}: {Truncator(said).chars(60)}"
    parts = [f"{statement.speaker.name}, {statement.when.words}:", said]
    data = record_data.of_statement(statement, Addresses(request))
    return _head(request, statement, title, parts, data, kind="article")


def _head(
    request: HttpRequest,
    record: Any,
    title: str,
    parts: list[str],
    data: Data | None,
    kind: str = "website",
) -> Head:
    text = " ".join(" ".join(part.split()) for part in parts if part)
    is_told = data is not None and _published(record) and PREVIEW not in request.GET
    return Head(
        title=title,
        description=Truncator(text).words(_LENGTH),
        address=absolute(request, record.get_absolute_url()),
        kind=kind,
        data=ScriptText(encode(data)) if is_told else "",
    )


def _published(record: Any) -> bool:
    """Countries have no state."""
    return bool(getattr(record, "is_published", True))

"""What the search of events finds, whatever page asks for it."""

from urllib.parse import urlencode

from django.http import QueryDict

from config.search.query import Query, parse
from config.search.spelling import Understood
from events.filters.events import EventFilterSet
from events.index.current import current_state
from events.index.selection import Selection
from events.index.words import Words
from events.models import Event
from events.models.events import EventQuerySet


def understand(words: str) -> Understood:
    """What a reader of the timeline asks for."""
    asked = QueryDict(urlencode({"q": words}))
    return EventFilterSet(asked, queryset=Event.objects.none()).understood


def events_with(words: str | Query) -> EventQuerySet:
    return Event.objects.filter(pk__in=_found(words).keys)


def ranked(words: str | Query) -> list[Event]:
    """The best match first."""
    keys = _found(words).keys
    events = Event.objects.in_bulk(keys)
    return [events[key] for key in keys]


def _found(words: str | Query) -> Selection:
    query = parse(words) if isinstance(words, str) else words
    state = current_state()
    found = Words(state, are_ranked=True)
    masks = {"q": found.answering(query)}
    return Selection(state, masks, "relevance", found.relevance(query))

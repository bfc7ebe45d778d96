"""The query parameters of the drawn timeline: those of the list, and how it is drawn."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.edtf.units import Period
from config.lists.date_filters import DateFilter
from config.lists.filtering import OptionFilter, Problem
from config.lists.slugs import SlugFilter
from events.filters.events import EventFilterSet
from events.models import Event


def published_events(request: Any = None) -> QuerySet[Event]:
    return Event.objects.published()


class TimelineFilterSet(EventFilterSet):
    """What is drawn are the events of the list under the same filters."""

    OTHER_PARAMETERS = frozenset()
    APPEARANCE = frozenset({"view", "lanes", "height", "span", "event"})
    MEANINGS = {
        **EventFilterSet.MEANINGS,
        "lanes": gettext_lazy("What parts the lanes of the drawn timeline."),
        "height": gettext_lazy("“same”: the bars of all lanes have one scale."),
        "span": gettext_lazy("The time that is shown; events outside it stay selected."),
        "event": gettext_lazy("The event that is chosen in the picture."),
    }

    lanes = OptionFilter(
        label=gettext_lazy("Lanes"),
        choices=[
            ("actor", gettext_lazy("Actor")),
            ("country", gettext_lazy("Country")),
            ("kind", gettext_lazy("Kind")),
            ("none", gettext_lazy("None")),
        ],
    )
    height = OptionFilter(
        label=gettext_lazy("Height"), choices=[("same", gettext_lazy("the same"))]
    )
    span = DateFilter(label=gettext_lazy("Time shown"))
    event = SlugFilter(label=gettext_lazy("Chosen event"), queryset=published_events)
    view = OptionFilter(label=gettext_lazy("View"), choices=[("table", gettext_lazy("as a table"))])

    @cached_property
    def problems(self) -> list[Problem]:
        return [*super().problems, *self._event_problems()]

    def _event_problems(self) -> list[Problem]:
        if len(self.data.getlist("event")) > 1:
            return [Problem("event", _("This takes one value, and several were given."))]
        return []

    @property
    def by(self) -> str:
        return self.chosen("lanes") or "actor"

    @property
    def window(self) -> Period | None:
        span = self.chosen("span")
        return Period(span.first_day, span.last_day) if span else None

    @property
    def event_chosen(self) -> Event | None:
        chosen: list[Event] = self.chosen("event") or []
        return chosen[0] if chosen else None

    @property
    def is_table(self) -> bool:
        return bool(self.chosen("view") == "table")

    @property
    def has_same_height(self) -> bool:
        return bool(self.chosen("height"))

"""The query parameters of the map: those of the timeline, and what part of the world is shown."""

import math
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.lists.filtering import Problem, TextFilter
from config.lists.slugs import SlugFilter
from events.charts.map.windows import NARROWEST, WIDEST, Window, window_at
from events.filters.events import EventFilterSet, published_locations
from events.models import Location

# What changes no results.
WINDOW = frozenset({"at", "wide", "place"})
_LONGEST = 40  # characters of a number, or of two


class AtField(forms.CharField):
    """Latitude and longitude in degrees, with a comma between them."""

    def clean(self, value: Any) -> tuple[float, float] | None:
        text = super().clean(value)
        if not text:
            return None
        numbers = [_number(part) for part in text.split(",")]
        if len(numbers) != 2 or not (abs(numbers[0]) <= 90 and abs(numbers[1]) <= 180):
            message = _("This takes a latitude and a longitude in degrees, such as 34.9,38.75.")
            raise forms.ValidationError(message)
        return numbers[0], numbers[1]


class WideField(forms.CharField):
    """A number of km."""

    def clean(self, value: Any) -> float | None:
        text = super().clean(value)
        if not text:
            return None
        if not NARROWEST <= (wide := _number(text)) <= WIDEST:
            message = _("This takes a width in km, from %(least)s to %(most)s.")
            raise forms.ValidationError(message % {"least": NARROWEST, "most": WIDEST})
        return wide


class AtFilter(TextFilter):
    field_class = AtField


class WideFilter(TextFilter):
    field_class = WideField


class MapFilterSet(EventFilterSet):
    """The map has no pages."""

    OTHER_PARAMETERS = frozenset()
    APPEARANCE = EventFilterSet.APPEARANCE | WINDOW
    MEANINGS = EventFilterSet.MEANINGS | {
        "at": gettext_lazy("The middle of what is shown; changes no results."),
        "wide": gettext_lazy("How many km across are shown; changes no results."),
        "place": gettext_lazy("The place whose events stand beside the map; changes no results."),
    }

    at = AtFilter(label=gettext_lazy("Around"))
    wide = WideFilter(label=gettext_lazy("Width"))
    place = SlugFilter(label=gettext_lazy("Place on the map"), queryset=published_locations)

    @cached_property
    def problems(self) -> list[Problem]:
        problems = super().problems
        if ("at" in self.data) != ("wide" in self.data):
            missing = "wide" if "at" in self.data else "at"
            words = _("“at” and “wide” say together what is shown; give both or none.")
            problems = [*problems, Problem(missing, words)]
        if len(self.data.getlist("place")) > 1:
            words = _("This takes one value, and several were given.")
            problems = [*problems, Problem("place", words)]
        return problems

    @property
    def window(self) -> Window:
        """The part of the world that is asked for; all of it where the query is bad."""
        at, wide = self.chosen("at"), self.chosen("wide")
        return window_at(at[0], at[1], wide) if at and wide else Window()

    @property
    def chosen_place(self) -> Location | None:
        found = self.chosen("place")
        return found[0] if found else None


def _number(text: str) -> float:
    """NaN for what is no number."""
    if len(text) > _LONGEST or not text.isascii():
        return math.nan
    try:
        return float(text)
    except ValueError:
        return math.nan

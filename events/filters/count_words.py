"""How the lists of events, places, statements, sources and pairs say how many rows they have."""

from django.utils.translation import gettext_lazy, ngettext_lazy

from config.lists.count_words import CountWords

EVENTS = CountWords(
    none=gettext_lazy("No event"),
    whole=ngettext_lazy("%(number)s event", "%(number)s events", "count"),
    part=ngettext_lazy(
        "%(first)s to %(last)s of %(number)s event",
        "%(first)s to %(last)s of %(number)s events",
        "count",
    ),
    rest=ngettext_lazy(
        "%(shown)s more of %(number)s event", "%(shown)s more of %(number)s events", "count"
    ),
    show=ngettext_lazy("Show %(number)s event", "Show %(number)s events", "count"),
    no_match=gettext_lazy("No event answers to all of these filters."),
    none_yet=gettext_lazy("No event has been published yet."),
)

PLACES = CountWords(
    none=gettext_lazy("No place"),
    whole=ngettext_lazy("%(number)s place", "%(number)s places", "count"),
    part=ngettext_lazy(
        "%(first)s to %(last)s of %(number)s place",
        "%(first)s to %(last)s of %(number)s places",
        "count",
    ),
    rest=ngettext_lazy(
        "%(shown)s more of %(number)s place", "%(shown)s more of %(number)s places", "count"
    ),
    show=ngettext_lazy("Show %(number)s place", "Show %(number)s places", "count"),
    no_match=gettext_lazy("No place answers to all of these filters."),
    none_yet=gettext_lazy("No place has been published yet."),
)

STATEMENTS = CountWords(
    none=gettext_lazy("No statement"),
    whole=ngettext_lazy("%(number)s statement", "%(number)s statements", "count"),
    part=ngettext_lazy(
        "%(first)s to %(last)s of %(number)s statement",
        "%(first)s to %(last)s of %(number)s statements",
        "count",
    ),
    rest=ngettext_lazy(
        "%(shown)s more of %(number)s statement", "%(shown)s more of %(number)s statements", "count"
    ),
    show=ngettext_lazy("Show %(number)s statement", "Show %(number)s statements", "count"),
    no_match=gettext_lazy("No statement answers to all of these filters."),
    none_yet=gettext_lazy("No statement has been published yet."),
)

SOURCES = CountWords(
    none=gettext_lazy("No source"),
    whole=ngettext_lazy("%(number)s source", "%(number)s sources", "count"),
    part=ngettext_lazy(
        "%(first)s to %(last)s of %(number)s source",
        "%(first)s to %(last)s of %(number)s sources",
        "count",
    ),
    rest=ngettext_lazy(
        "%(shown)s more of %(number)s source", "%(shown)s more of %(number)s sources", "count"
    ),
    show=ngettext_lazy("Show %(number)s source", "Show %(number)s sources", "count"),
    no_match=gettext_lazy("No source answers to all of these filters."),
    none_yet=gettext_lazy("No source has been published yet."),
)

PAIRS = CountWords(
    none=gettext_lazy("No pair"),
    whole=ngettext_lazy("%(number)s pair", "%(number)s pairs", "count"),
    part=ngettext_lazy(
        "%(first)s to %(last)s of %(number)s pair",
        "%(first)s to %(last)s of %(number)s pairs",
        "count",
    ),
    rest=ngettext_lazy(
        "%(shown)s more of %(number)s pair", "%(shown)s more of %(number)s pairs", "count"
    ),
    show=ngettext_lazy("Show %(number)s pair", "Show %(number)s pairs", "count"),
    no_match=gettext_lazy("No pair answers to all of these filters."),
    none_yet=gettext_lazy("No pair has been published yet."),
)
# What stands between two actors: events and statements.
RECORDS_OF_TWO = CountWords(
    none=gettext_lazy("No record between the two"),
    whole=ngettext_lazy(
        "%(number)s record between the two", "%(number)s records between the two", "count"
    ),
    part=ngettext_lazy(
        "%(first)s to %(last)s of %(number)s record between the two",
        "%(first)s to %(last)s of %(number)s records between the two",
        "count",
    ),
    rest=ngettext_lazy(
        "%(shown)s more of %(number)s record between the two",
        "%(shown)s more of %(number)s records between the two",
        "count",
    ),
    show=ngettext_lazy("Show %(number)s record", "Show %(number)s records", "count"),
    no_match=gettext_lazy("No record between the two answers to all of these filters."),
    none_yet=gettext_lazy("No record between the two has been published yet."),
)

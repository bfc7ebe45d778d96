"""The query parameters of the list of pairs and of the page of two actors."""

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actors.filters import ActorFilterSet
from actors.models import Actor
from config.lists.dated_filters import DatedFilterSet
from config.lists.filtering import WordsFilter
from events.filters.count_words import PAIRS, RECORDS_OF_TWO
from events.models import Event, EventType
from events.relations.rows import Direction


class PairFilterSet(ActorFilterSet):
    """Pairs of which one actor, or a part of it, is of that name, kind or country."""

    INPUTS = frozenset({"q", "country"})
    COUNT_WORDS = PAIRS


class RelationFilterSet(DatedFilterSet):
    """What stands between two actors; `direction` is seen from the first of the address.

    It only reads what is asked: `record` finds the rows, which are of two kinds.
    """

    INPUTS = frozenset({"since", "until", "certain"})
    COUNT_WORDS = RECORDS_OF_TWO

    direction = WordsFilter(
        label=gettext_lazy("Direction"), choices=[(way, way) for way in Direction]
    )
    what = WordsFilter(
        label=gettext_lazy("Record"),
        choices=[("event", gettext_lazy("Event")), ("statement", gettext_lazy("Statement"))],
    )
    quad = WordsFilter(label=gettext_lazy("Quad class"), choices=EventType.Quad.choices)

    class Meta:
        model = Event
        fields: list[str] = []

    def __init__(self, data: QueryDict, *, first: Actor, second: Actor) -> None:
        super().__init__(data, queryset=Event.objects.none())
        to = _("%(first)s to %(second)s")
        self.filters["direction"].extra["choices"] = [
            (Direction.FORTH.value, to % {"first": first, "second": second}),
            (Direction.BACK.value, to % {"first": second, "second": first}),
            (Direction.TOGETHER.value, _("together")),
            (Direction.BEARING.value, _("on their relations")),
        ]

    @property
    def drawn_directions(self) -> list[str]:
        """Those chosen; else all but what only bears on the relations, not between the two."""
        chosen: list[str] | None = self.chosen("direction")
        return chosen or [str(way) for way in Direction if way != Direction.BEARING]

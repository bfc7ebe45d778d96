"""The rows of the desk: what each asks, of which kinds of record, and how many there are."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.contrib.admin import AdminSite
from django.db.models import Count, Max, Model, QuerySet, Value
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actors.models import Actor, Tenure
from config import rights
from config.admin import mine, needs
from config.db.publication import State
from config.rights import keys_entered_by
from events.desk.questions import FACTS, needs_of
from events.models import Claim, Event, EventLink, Location, Source, Statement

Rows = QuerySet[Any]
RECORDS: tuple[Any, ...] = (Event, Actor, Location, Source, Statement, Claim)
Words = str | Promise


@dataclass(frozen=True, eq=False)
class Part:
    """Records of one kind. `query` filters their list in the admin as `rows` are filtered."""

    model: type[Model]
    query: dict[str, str]
    rows: Rows

    @property
    def address(self) -> str:
        options = self.model._meta
        page = reverse(f"admin:{options.app_label}_{options.model_name}_changelist")
        return f"{page}?{urlencode(self.query)}"


Counts = dict[Part, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Counted:
    part: Part
    number: int
    newest: Any

    @property
    def in_words(self) -> str:
        """The number and the name of the kind."""
        options = self.part.model._meta
        name = options.verbose_name if self.number == 1 else options.verbose_name_plural
        return _("%(number)s %(records)s") % {"number": f"{self.number:,}", "records": name}


@dataclass(frozen=True)
class Row:
    """`tone` is "work", "wrong" or ""; `promise` is said in place of an example where there is
    nothing, and such a row stays where it is."""

    label: Words
    parts: list[Part]
    tone: str = ""
    promise: Words = ""


@dataclass(frozen=True)
class Answer:
    """A row with its numbers."""

    row: Row
    counted: list[Counted]

    @cached_property
    def number(self) -> int:
        return sum(counted.number for counted in self.counted)

    @property
    def in_digits(self) -> str:
        return f"{self.number:,}"

    @property
    def address(self) -> str:
        """Of the list, where all that is counted is of one kind."""
        return self.counted[0].part.address if len(self.counted) == 1 else ""

    @property
    def example(self) -> Any:
        """The newest record of the kind that has most."""
        return self.counted[0].newest


@dataclass(frozen=True)
class Group:
    label: Words
    rows: list[Row]
    hint: Words = ""
    # Of the account's own records, which it sees whatever it sees of others.
    is_own: bool = False


def _asked(name: str, *models: type[Model]) -> list[Part]:
    return [_part(model, name) for model in models]


def _part(model: type[Model], name: str) -> Part:
    rows = needs_of(model)[name].find(model._default_manager.all())
    return Part(model, {needs.PARAMETER: name}, rows)


def _drafts_of(user_id: int) -> list[Part]:
    query = {"state__exact": State.DRAFT.value, mine.PARAMETER: mine.ME}
    return [
        Part(
            model,
            query,
            model.objects.filter(state=State.DRAFT, pk__in=keys_entered_by(user_id, model)),
        )
        for model in RECORDS
    ]


def groups_for(user: Any) -> list[Group]:
    """What is to be done with records of others is told who may see them."""
    drafts = Row(gettext_lazy("My drafts"), _drafts_of(user.pk))
    own = Group(gettext_lazy("Mine"), [drafts], is_own=True)
    if not any(rights.sees_all(user, model) for model in RECORDS):
        return [own]
    return [own, _group_of_sources(), _group_of_gaps()]


def _group_of_sources() -> Group:
    promise = gettext_lazy("Every published fact leads to its place in a source.")
    used = (Actor, Location, Source, Event, Claim, Statement)
    rows = [
        Row(
            gettext_lazy("Uncited, and published"),
            _asked("uncited-public", *FACTS),
            "wrong",
            promise,
        ),
        Row(gettext_lazy("Uncited, in drafts"), _asked("uncited-draft", *FACTS), "work"),
        Row(gettext_lazy("Events in one source only"), _asked("one-source", Event)),
        Row(gettext_lazy("Sources without an address or a copy"), _asked("address", Source)),
        Row(gettext_lazy("Drafts that published records use"), _asked("publishing", *used), "work"),
    ]
    hint = gettext_lazy("what readers see as “no source recorded”")
    return Group(gettext_lazy("Sources"), rows, hint)


def _group_of_gaps() -> Group:
    return Group(
        gettext_lazy("Gaps and contradictions"),
        [
            Row(gettext_lazy("Likely doubles"), _asked("double", Actor, Location), "work"),
            Row(gettext_lazy("Impossible"), _asked("impossible", EventLink, Tenure), "wrong"),
            Row(gettext_lazy("Events without a place"), _asked("place", Event)),
            Row(gettext_lazy("Events without a date"), _asked("date", Event)),
            Row(gettext_lazy("Statements without a position"), _asked("position", Statement)),
        ],
    )


def answers_of(group: Group, site: AdminSite, request: HttpRequest) -> list[Answer]:
    """Of its own records, and of the kinds of which the account sees all: one query for the numbers
    of the whole group, and one for each example."""
    parts = [part for row in group.rows for part in row.parts]
    told = [
        part
        for part in parts
        if may_see(site, part.model, request)
        and (group.is_own or rights.sees_all(request.user, part.model))
    ]
    counts = _count(told)
    return [Answer(row, list(_counted(row, counts, site))) for row in group.rows]


def may_see(site: AdminSite, model: type[Model], request: HttpRequest) -> bool:
    return site._registry[model].has_view_permission(request)


def _count(parts: list[Part]) -> Counts:
    """Of each part that has any rows: how many, and the key of the newest."""
    asked = [
        part.rows.order_by()
        .annotate(part=Value(place))
        .values("part")
        .annotate(number=Count("pk"), newest=Max("pk"))
        .values_list("part", "number", "newest")
        for place, part in enumerate(parts)
    ]
    if not asked:
        return {}
    found: Iterable[Any] = asked[0].union(*asked[1:], all=True) if len(asked) > 1 else asked[0]
    return {parts[place]: (number, newest) for place, number, newest in found if number}


def _counted(row: Row, counts: Counts, site: AdminSite) -> Iterator[Counted]:
    """The parts of a row that have any, the largest first and with its newest record."""
    parts = [part for part in row.parts if part in counts]
    parts.sort(key=lambda part: -counts[part][0])
    for place, part in enumerate(parts):
        number, newest = counts[part]
        yield Counted(part, number, None if place else read_one(site, part.model, newest))


def read_one(site: AdminSite, model: type[Model], key: int) -> Any:
    """With what its name is made of."""
    rows = model._default_manager.filter(pk=key)
    related = site._registry[model].list_select_related
    return (rows if isinstance(related, bool) else rows.select_related(*related)).first()

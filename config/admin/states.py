"""Publishing and withdrawing chosen rows of a list: the curator is asked first.

The page that asks says how many rows change and which, and what readers will see. It is confirmed
by a digest of these rows: where they are others by then, it asks again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.admin.dependents import NAMED_AT_MOST, Dependents
from config.admin.publishing import lock_rows, set_state
from config.admin.site import REASON
from config.db.publication import State

if TYPE_CHECKING:
    _ModelAdmin = admin.ModelAdmin[Any]
else:
    _ModelAdmin = admin.ModelAdmin

CHANGED_AT_ONCE = 1000
CONFIRMED = "confirmed_change"
_LONGEST_REASON = 500


@dataclass
class Change:
    """Of the state of rows, before it is made."""

    state: State
    going: list[Any]
    # Rows that stay as they are, because they cite no published source.
    unsourced: list[Any]
    # What is withdrawn together with them.
    dependents: Dependents

    @cached_property
    def digest(self) -> str:
        """The same as long as these rows go from these states, and take the same ones along."""
        keys = [f"{row.pk}:{row.state}" for row in self.going]
        return sha256(" ".join([self.state, *keys, *self.dependents.keys]).encode()).hexdigest()

    @property
    def is_withdrawal(self) -> bool:
        return self.state == State.WITHDRAWN

    @property
    def named(self) -> list[str]:
        return [f"{row} ({row.get_state_display()})" for row in self.going[:NAMED_AT_MOST]]

    @property
    def more(self) -> int:
        return max(0, len(self.going) - NAMED_AT_MOST)

    @property
    def left(self) -> list[str]:
        return [_with_unpublished_sources(row) for row in self.unsourced[:NAMED_AT_MOST]]

    @property
    def more_left(self) -> int:
        return max(0, len(self.unsourced) - NAMED_AT_MOST)


class ChangesStates(_ModelAdmin):
    actions = ["publish", "withdraw"]
    # Whether the database refuses a published row without a citation of a published source.
    needs_citation = False

    def resting_on(self, rows: Iterable[Model]) -> list[QuerySet[Any]]:
        """Published records, by kind, that nothing published but these rows supports."""
        return []

    @admin.action(
        permissions=["publish"],
        description=gettext_lazy("Publish the selected %(verbose_name_plural)s"),
    )
    def publish(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        return self._change_states(request, queryset, State.PUBLISHED)

    @admin.action(
        permissions=["publish"],
        description=gettext_lazy("Withdraw the selected %(verbose_name_plural)s"),
    )
    def withdraw(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        return self._change_states(request, queryset, State.WITHDRAWN)

    def _change_states(
        self, request: HttpRequest, rows: QuerySet[Any], state: State
    ) -> HttpResponse | None:
        number = rows.count()
        if number > CHANGED_AT_ONCE:
            most = {"most": CHANGED_AT_ONCE, "number": number}
            told = _("At most %(most)d are changed at once, and %(number)d are chosen.") % most
            self.message_user(request, told, messages.ERROR)
            return None
        change = self._change(rows, state)
        if not change.going and not change.unsourced:
            told = _("Nothing to change: all that is chosen is “%(state)s”.")
            self.message_user(request, told % {"state": state.label}, messages.INFO)
            return None
        reason = " ".join(request.POST.get(REASON, "").split())[:_LONGEST_REASON]
        is_confirmed = request.POST.get(CONFIRMED) == change.digest
        if not is_confirmed or (change.is_withdrawal and not reason):
            return self._ask_to_change(request, change, reason)
        self._make_change(request, change, reason)
        return None

    def _change(self, rows: QuerySet[Any], state: State) -> Change:
        keys = rows.order_by().values_list("pk", flat=True)
        chosen = [row for row in lock_rows(self.model, keys) if row.state != state]
        unsourced: set[Any] = set()
        if self.needs_citation and state == State.PUBLISHED:
            own: Any = self.model._default_manager.filter(pk__in=[row.pk for row in chosen])
            unsourced = set(own.unsourced().values_list("pk", flat=True))
        going = [row for row in chosen if row.pk not in unsourced]
        public = [row for row in going if row.state == State.PUBLISHED]
        dependents = Dependents(self.resting_on(public) if state == State.WITHDRAWN else [])
        return Change(state, going, [row for row in chosen if row.pk in unsourced], dependents)

    def _make_change(self, request: HttpRequest, change: Change, reason: str) -> None:
        self.withdraw_together(request, change.dependents, reason)
        outcome = set_state(
            self.model._default_manager.filter(pk__in=[row.pk for row in change.going]),
            change.state,
            user_id=cast(int, request.user.pk),
            needs_citation=False,
            reason=reason,
        )
        count = {"state": change.state.label, "number": len(outcome.changed)}
        self.message_user(request, _("%(state)s: %(number)d.") % count, messages.SUCCESS)

    def withdraw_together(
        self, request: HttpRequest, dependents: Dependents, reason: str = ""
    ) -> None:
        if number := dependents.number:
            dependents.withdraw(request, reason)
            message = _("Withdrawn together, because nothing else published supports them: %d.")
            self.message_user(request, message % number, messages.SUCCESS)

    def _ask_to_change(self, request: HttpRequest, change: Change, reason: str) -> TemplateResponse:
        """The same request again, to be confirmed."""
        is_asked_again = CONFIRMED in request.POST
        context = {
            **self.admin_site.each_context(request),
            "title": self._question(change),
            "subtitle": None,
            "opts": self.opts,
            "change": change,
            "may_change": bool(change.going) and change.dependents.may_be_withdrawn_by(request),
            "sent": sent(request, CONFIRMED, REASON),
            "confirmed": CONFIRMED,
            "reason": reason,
            "lacks_reason": is_asked_again and change.is_withdrawal and not reason,
            "is_changed": is_asked_again and request.POST.get(CONFIRMED) != change.digest,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/state_change.html", context)

    def _question(self, change: Change) -> str:
        number = len(change.going)
        name = self.opts.verbose_name if number == 1 else self.opts.verbose_name_plural
        words = {"number": number, "records": name}
        if change.is_withdrawal:
            return _("Withdraw %(number)d %(records)s?") % words
        return _("Publish %(number)d %(records)s?") % words


def sent(request: HttpRequest, *left_out: str) -> list[tuple[str, Any]]:
    """What was posted, to be posted again."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name not in ("csrfmiddlewaretoken", *left_out)
        for value in values
    ]


def _with_unpublished_sources(record: Any) -> str:
    """The record by name, and which sources it cites that are not published."""
    cited = record.citations.select_related("source").order_by("source__sort_title", "pk")
    titles = list(dict.fromkeys(f"“{citation.source}”" for citation in cited))
    if not titles:
        return f"“{record}”"
    return _("“%(record)s” (cites %(titles)s)") % {"record": record, "titles": ", ".join(titles)}

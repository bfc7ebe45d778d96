"""What is published together with an event: its claims and statements, and the drafts it uses."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, Q
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actors.models import Actor
from config import rights
from config.admin.publishing import set_state
from config.db.publication import State
from events.admin.event_form.belonging import (
    TARGETS,
    citations_of,
    statements_of,
    uncited_records,
)
from events.models import Claim, Event, Location, Source

ASKED, CHOSEN = "drafts_asked", "publish_with"
FOLLOWING = ("claims", "statements")


@dataclass(frozen=True)
class Draft:
    """A record that a published event uses, and that readers do not see."""

    record: Any

    @property
    def key(self) -> str:
        return f"{self.record._meta.model_name}:{self.record.pk}"

    @property
    def kind(self) -> str:
        return str(self.record._meta.verbose_name)

    def __str__(self) -> str:
        return str(self.record)


@dataclass
class Plan:
    """Made for each request: what the curator asked for, and what it lacks."""

    user: Any = None
    asked: frozenset[str] = frozenset()
    chosen: frozenset[str] = frozenset()
    was_published: bool = False
    # A place in the source for all facts that are not cited.
    place_for_all: str = ""
    drafts: list[Draft] = field(default_factory=list)
    # Keys of those that it used before, being public: they were left drafts on purpose.
    left: frozenset[str] = frozenset()

    @property
    def going_public(self) -> list[Draft]:
        return [draft for draft in self.drafts if draft.key in self.chosen]

    def is_chosen(self, draft: Draft) -> bool:
        """Ticked, or not asked about yet."""
        return draft.key in self.chosen or self.is_to_ask(draft)

    def is_to_ask(self, draft: Draft) -> bool:
        return draft.key not in self.asked and draft.key not in self.left

    def check(self, formset: Any) -> None:
        """`formset` is that of the citations, which is checked after all others of the page."""
        event = formset.instance
        if not event.is_published:
            return
        stored = stored_drafts(event)
        if self.was_published:
            self.left = frozenset(Draft(record).key for record in stored)
        used = dict.fromkeys([*_used_drafts(formset), *stored])
        self.drafts = [Draft(record) for record in used]
        if not (self.place_for_all and formset.cited_from):
            _check_cited(formset, self)
        if number := sum(map(self.is_to_ask, self.drafts)):
            raise ValidationError(
                ngettext(
                    "This event uses %(number)d draft, which readers would not see. Say at the "
                    "foot of the page whether it is published with it, and save again.",
                    "This event uses %(number)d drafts, which readers would not see. Say at the "
                    "foot of the page which of them are published with it, and save again.",
                    number,
                ),
                code="drafts",
                params={"number": number},
            )


def stored_drafts(event: Event) -> list[Any]:
    """Those that what is stored of the event uses: actors, places, sources."""
    if event.pk is None:
        return []
    drafts = {"state": State.DRAFT}
    cited = citations_of(event).order_by()
    said = statements_of(event).order_by()
    acting = Q(participations__event=event) | Q(pk__in=said.values("speaker"))
    return [
        *Source.objects.filter(pk__in=cited.values("source"), **drafts).order_by("sort_title"),
        *_draft_places(event.location),
        *Actor.objects.filter(acting, **drafts).distinct().order_by("sort_name"),
    ]


def _draft_places(place: Any) -> list[Any]:
    """With the places around it, the nearest first."""
    if place is None:
        return []
    own = [place] if place.state == State.DRAFT else []
    if place.parent_id is None:
        return own
    around = Location.objects.filter(pk__in=place.lineage, state=State.DRAFT).exclude(pk=place.pk)
    return [*own, *sorted(around, key=lambda one: -place.lineage.index(one.pk))]


def _used_drafts(formset: Any) -> list[Any]:
    typed: list[Any] = [form.cleaned_data.get("source") for form in _remaining(formset)]
    for prefix, name in (("participations", "actor"), ("statements", "speaker")):
        if prefix in formset.siblings:
            rows = _remaining(formset.siblings[prefix])
            typed += [form.cleaned_data.get(name) for form in rows]
    typed += _draft_places(formset.instance.location)
    drafts = [record for record in typed if record and record.state == State.DRAFT]
    return drafts


def _remaining(formset: Any) -> list[Any]:
    """Filled rows that are right so far and not taken out."""
    return [
        form
        for form in formset.forms
        if (form.instance.pk or form.has_changed())
        and not formset._should_delete_form(form)
        and not form.errors
    ]


def is_kept(form: Any) -> bool:
    """Whether the claim or statement of this row stays a draft."""
    return bool(form["keep"].value())


def _check_cited(formset: Any, plan: Plan) -> None:
    public = {draft.record for draft in plan.drafts if plan.is_chosen(draft)}
    cited = _sources_by_row(formset)
    rows = formset.by_row()
    for name in formset.fact_names:
        if ":" in name:
            continue
        must_be_cited, row = _must_be_cited(formset, name, plan)
        sources = cited.get(name, [])
        if not must_be_cited or any(one.is_published or one in public for one in sources):
            continue
        if sources and (name != "event" and row is not None and not _is_publishable(name)):
            continue
        error = _uncited_error(name, sources, formset.instance)
        blanks = [form for form in rows.get(name, []) if form.is_new and form.fact == name]
        if blanks and not blanks[0].errors:
            blanks[0].add_error("locator", error)
        elif not blanks:
            raise ValidationError(error, code="unsourced")
    if not plan.was_published:
        _check_elsewhere(formset)


def _is_publishable(name: str) -> bool:
    return name.rpartition("-")[0] in FOLLOWING


def _must_be_cited(formset: Any, name: str, plan: Plan) -> tuple[bool, Any]:
    """A published event, claim or statement is; at first publication all facts are."""
    if name == "event":
        return True, None
    row = formset.row_named(name)
    rows = formset.siblings[name.rpartition("-")[0]]
    if row not in _remaining(rows):
        return False, row
    if _is_publishable(name):
        return not is_kept(row), row
    return not plan.was_published, row


def _sources_by_row(formset: Any) -> dict[str, list[Any]]:
    """By row, the sources that it would cite if this were saved."""
    found: dict[str, list[Any]] = {}
    for form in _remaining(formset):
        found.setdefault(form.row_name, []).append(form.cleaned_data.get("source"))
    names = formset.names_by_record
    for citation in formset.rows_elsewhere().select_related("source"):
        found.setdefault(names.get(citation.record_key, ""), []).append(citation.source)
    positions = formset.siblings.get("positions")
    for form in positions.forms if positions else ():
        if form.is_new or _is_newly_cited(formset, form.statement_name):
            found.setdefault(form.prefix, []).extend(found.get(form.statement_name, []))
    return found


def _is_newly_cited(formset: Any, name: str) -> bool:
    return any(form.row_name == name and form.has_changed() for form in formset.extra_forms)


def _uncited_error(name: str, sources: list[Any], event: Event) -> str:
    if name != "event" and not sources:
        return _("Not cited. A published event has no uncited fact.")
    kind = {"claims": _("claim"), "statements": _("statement")}.get(name.rpartition("-")[0])
    message = _(
        "A published %(record)s needs at least one citation of a published source: say where in "
        "which source it is written."
    )
    if sources:
        message += " " + _("Not published: %(titles)s.")
    titles = ", ".join(dict.fromkeys(f"“{source}”" for source in sources))
    return message % {"record": kind or event._meta.verbose_name, "titles": titles}


def _check_elsewhere(formset: Any) -> None:
    """Of the rows that stand in other parts of the page."""
    shown = {
        prefix: [form.instance.pk for form in formset.siblings[prefix].initial_forms]
        for prefix in formset.siblings
        if prefix != formset.prefix
    }
    if formset.instance.pk is None:
        return
    number = sum(
        uncited_records(formset.instance, formset.plan.user)[target]
        .exclude(pk__in=shown[prefix])
        .count()
        for prefix, target in TARGETS.items()
        if prefix in shown
    )
    if number:
        raise ValidationError(
            ngettext(
                "%(number)d fact in another part of the rows is not cited. A published event has "
                "no uncited fact.",
                "%(number)d facts in other parts of the rows are not cited. A published event has "
                "no uncited fact.",
                number,
            ),
            code="unsourced",
            params={"number": number},
        )


def publish_drafts(request: HttpRequest, plan: Plan) -> None:
    """Before the event: what is public rests on public sources alone."""
    for model in (Source, Location, Actor):
        keys = [draft.record.pk for draft in plan.going_public if type(draft.record) is model]
        if keys and rights.may(request.user, rights.PUBLISH, model):
            set_published(request, model, keys)


def set_published(request: HttpRequest, model: type[Model], keys: Iterable[int]) -> None:
    rows: Any = model._default_manager.filter(pk__in=list(keys))
    set_state(rows, State.PUBLISHED, user_id=request.user.pk or 0, needs_citation=False)


def follow_event(request: HttpRequest, formset: Any) -> None:
    """Claims and statements are published with their event, but those that are to stay drafts."""
    event = formset.instance
    if not event.is_published:
        return
    for prefix, model in (("claims", Claim), ("statements", None)):
        rows = formset.siblings.get(prefix)
        if rows is None:
            continue
        kind: Any = model or rows.model
        if not rights.may(request.user, rights.PUBLISH, kind):
            continue
        forms_ = [form for form in rows.forms if form.instance.pk]
        kept = [form.instance.pk for form in forms_ if is_kept(form)]
        going = [form.instance.pk for form in forms_ if not is_kept(form)]
        set_published(request, kind, kind.objects.filter(pk__in=going).values_list("pk", flat=True))
        public = kind.objects.filter(pk__in=kept, state=State.PUBLISHED)
        set_state(public, State.DRAFT, user_id=request.user.pk or 0, needs_citation=False)
        if not formset.plan.was_published:
            others = rows.rows_elsewhere().filter(state=State.DRAFT).sourced()
            set_state(others, State.PUBLISHED, user_id=request.user.pk or 0, needs_citation=False)

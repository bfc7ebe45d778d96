"""Merging two records: all of it in one transaction, as one entry of the history."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, cast

from django.db import connection
from django.db.models import ForeignKey, Model
from django.utils.translation import gettext as _

from actors.models import ActorName
from config.admin.refusals import all_or_nothing
from config.admin.slugs import free_slug
from config.db.rows import fetch
from events.merging.plan import Pair, Plan
from events.merging.rules import GROUPS, names_of
from events.merging.values import GONE, KEPT, Choice, copied, joined
from events.models import (
    Citation,
    Claim,
    Event,
    FormerSlug,
    LocationName,
    MergedRecord,
    PastStanding,
)
from events.models.support import target_of

_MADE = "SELECT split_part(current_setting('chancery.history_entry', true), ' ', 1)::bigint"


@dataclass(frozen=True)
class Wishes:
    """What becomes of values that are not chosen, by the names of their groups."""

    in_note: frozenset[str] = frozenset()
    as_claim: frozenset[str] = frozenset()
    # In which the name is written that becomes another name.
    language: str = ""


def lock(model: type[Model], kept: int, gone: int) -> tuple[Any, Any] | None:
    """Both records, until the transaction ends; None where one is gone. Whoever saves one of them
    waits, and whoever makes something lead to the second."""
    found = {}
    for key in sorted({kept, gone}):
        rows = with_values(model).filter(pk=key)
        found[key] = rows.select_for_update(of=("self",), no_key=key == kept).first()
    both = found[kept], found[gone]
    return None if kept == gone or None in both else both


def with_values(model: type[Model]) -> Any:
    """Rows with the records that their values name."""
    names = [name for group in GROUPS[model] for name in group.fields]
    related = [name for name in names if isinstance(model._meta.get_field(name), ForeignKey)]
    return model._default_manager.select_related(*related)


def write(plan: Plan, wishes: Wishes) -> MergedRecord:
    """The plan was made with locks, and has no blockers and no open choices."""
    if plan.blockers or plan.open:
        raise ValueError("a merge with blockers or open choices")
    with all_or_nothing():
        unsupported = _citations_of_losers(plan)
        _write_values(plan, wishes)
        _write_rows(plan)
        for choice in plan.rivals:
            _keep_loser(plan, choice, unsupported.get(choice.group.name, []), wishes)
        return _let_go(plan)


def _write_values(plan: Plan, wishes: Wishes) -> None:
    values: dict[str, Any] = {}
    if plan.is_cut_off:
        values["part_of_id" if hasattr(plan.kept, "part_of_id") else "parent_id"] = None
    for choice in plan.choices:
        if choice.side == GONE:
            values |= copied(plan.gone, choice.group)
    note = "\n\n".join(_notes(plan, wishes))
    if note != plan.kept.internal_note:
        values["internal_note"] = note
    if values:
        plan.model._default_manager.filter(pk=plan.kept.pk).update(**values)


def _notes(plan: Plan, wishes: Wishes) -> list[str]:
    notes = dict.fromkeys([plan.kept.internal_note, plan.gone.internal_note])
    told = [note for note in notes if note]
    for choice in plan.rivals:
        if choice.group.name in wishes.in_note:
            words = {"label": choice.group.label, "value": choice.loser, "name": plan.gone}
            told.append(_("%(label)s, before “%(name)s” was merged: %(value)s") % words)
    return told


def _write_rows(plan: Plan) -> None:
    if keys := [row.pk for row in plan.found_nowhere]:
        Citation.objects.filter(pk__in=keys).update(via=None)
    going: dict[type[Model], list[int]] = defaultdict(list)
    for row in plan.left_out:
        going[Citation] += row.citations.values_list("pk", flat=True)
        going[type(row)].append(row.pk)
    for citation, column, key in plan.resting:
        Citation.objects.filter(pk=citation.pk).update(**{column: key})
    for pair in plan.pairs:
        if _is_of_loser(plan, pair):
            continue
        _join(pair)
        going[type(pair.goes)].append(pair.goes.pk)
    for model in going:
        _delete(model, going[model])
    for moved in plan.moved:
        rows = moved.relation.model._default_manager.filter(pk__in=[row.pk for row in moved.rows])
        rows.update(**{moved.relation.column: plan.kept.pk})


def _join(pair: Pair) -> None:
    values: dict[str, Any] = {}
    for choice in pair.choices:
        if choice.side == GONE:
            values |= copied(pair.goes, choice.group)
    own = getattr(pair.stays, "note", "")
    note = joined(own, getattr(pair.goes, "note", ""))
    if note != own and all(choice.group.name != "note" for choice in pair.choices):
        values["note"] = note
    if values:
        type(pair.stays)._default_manager.filter(pk=pair.stays.pk).update(**values)


def _citations_of_losers(plan: Plan) -> dict[str, list[int]]:
    """Citations of a value that is not chosen: they do not support the one that is.

    By the name of the group.
    """
    moved = [row for each in plan.moved for row in each.rows if isinstance(row, Citation)]
    shared = [pair.goes for pair in plan.pairs if _is_of_loser(plan, pair)]
    paired = {pair.stays.pk for pair in plan.pairs if isinstance(pair.stays, Citation)}
    found: dict[str, list[int]] = {}
    for choice in plan.rivals:
        if not choice.group.aspect:
            continue
        if choice.side == KEPT:
            keys = [row.pk for row in moved if row.aspect == choice.group.aspect]
        else:
            own = plan.kept.citations.filter(aspect=choice.group.aspect).exclude(pk__in=paired)
            keys = list(own.values_list("pk", flat=True))
        keys += [row.pk for row in shared if row.aspect == choice.group.aspect]
        found[choice.group.name] = keys
    return found


def _is_of_loser(plan: Plan, pair: Pair) -> bool:
    """Whether one place is cited for two rival values: then one citation stays for each of them."""
    aspects = {choice.group.aspect for choice in plan.rivals} - {""}
    is_of_record = pair.relation.field == target_of(plan.kept)
    return isinstance(pair.goes, Citation) and is_of_record and pair.goes.aspect in aspects


def _keep_loser(plan: Plan, choice: Choice, keys: list[int], wishes: Wishes) -> None:
    """A name becomes another name and a value a claim, where they are to, with the citations of it.

    Else these support the record as a whole, and their note says which value they gave.
    """
    made = _place_of(plan, choice, wishes)
    told = _("%(label)s: %(value)s") % {"label": choice.group.label, "value": choice.loser}
    for citation in Citation.objects.filter(pk__in=keys).order_by("pk"):
        if made is None:
            _readdress(citation, target_of(plan.kept), plan.kept, told)
        else:
            _readdress(citation, target_of(made), made, "")


def _place_of(plan: Plan, choice: Choice, wishes: Wishes) -> Model | None:
    names = names_of(plan.model)
    made: ActorName | LocationName | Claim | None = None
    if names and choice.group.name == "name" and plan.new_name:
        values = {names.field: plan.kept, "language": wishes.language, "name": plan.new_name}
        made = cast(ActorName | LocationName, names.model(**values))
    elif choice.group.claim and choice.group.name in wishes.as_claim:
        text = str(choice.group.claim) % {"value": choice.loser}
        made = Claim(event=plan.kept, text=text, slug=free_slug(Claim, text))
    if made is not None:
        made.full_clean()
        made.save()
    return made


def _readdress(citation: Citation, target: str, record: Model, told: str) -> None:
    """Makes it one of the whole record. Where there is the same already, that takes its note."""
    note = joined(citation.note, told)
    place = {"source": citation.source_id, "locator": citation.locator, "aspect": ""}
    twin = Citation.objects.filter(**place, **{target: record}).exclude(pk=citation.pk).first()
    if twin is None:
        values = {citation.target_field: None} | {target: record, "aspect": "", "note": note}
        Citation.objects.filter(pk=citation.pk).update(**values)
    else:
        Citation.objects.filter(pk=twin.pk).update(note=joined(twin.note, note))
        _delete(Citation, [citation.pk])


def _let_go(plan: Plan) -> MergedRecord:
    """The record goes, and its addresses lead to the kept one."""
    kind, gone = str(plan.model._meta.model_name), plan.gone
    if isinstance(gone, Event):
        _delete(PastStanding, list(gone.past_standings.values_list("pk", flat=True)))
    # Whatever would still lead to it is refused, and not deleted along with it.
    _delete(plan.model, [gone.pk])
    FormerSlug.objects.create(name=f"{kind}:{gone.slug}", record=gone.uuid)
    ((entry,),) = fetch(_MADE)
    return MergedRecord.objects.create(
        gone=gone.uuid, kept=plan.kept.uuid, kind=kind, name=str(gone), entry=entry
    )


def _delete(model: type[Model], keys: list[int]) -> None:
    if keys:
        with connection.cursor() as cursor:
            cursor.execute("CALL delete_rows(%s, %s)", [model._meta.model_name, keys])

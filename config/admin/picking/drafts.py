"""Drafts that a picker makes of a name and a kind, and takes back while nothing uses them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DataError, IntegrityError
from django.db.models import Model, ProtectedError, RestrictedError
from django.db.models.deletion import Collector
from django.http import HttpRequest
from django.utils.translation import gettext as _

from config.admin.picking.options import LONGEST, OffersRecords, Part
from config.admin.refusals import all_or_nothing, in_words
from config.admin.slugs import free_slug
from config.db.publication import State

_KEYS_AT_ONCE = 10


@dataclass(frozen=True)
class Asked:
    """What a curator asks for: the name or path, a kind for each name that is new, and where in
    the source it is written."""

    text: str
    kinds: list[str]
    locator: str = ""
    is_whole: bool = False


@dataclass(frozen=True)
class Made:
    # The outermost first; the last is the one that is chosen.
    records: list[Any]
    source: Model | None
    locator: str

    @property
    def in_words(self) -> str:
        if self.source is None:
            return _("Draft made, without a citation.")
        cited = {"source": self.source, "locator": self.locator}
        if not self.locator:
            return _("Draft made. It cites %(source)s as a whole.") % cited
        return _("Draft made. It cites %(source)s, %(locator)s.") % cited


class MakesDrafts(OffersRecords):
    # What a draft has of its own, as `app.model`. Whatever else leads to it uses it.
    parts_of_drafts: tuple[str, ...] = ()

    def new_draft(self, name: str, kind: str, within: Any | None) -> Model:
        """The record, not yet saved and without a slug; `within` is what its path places it in."""
        raise NotImplementedError

    def cite_draft(self, request: HttpRequest, record: Model, source: Model, locator: str) -> None:
        """Saves a citation of the draft."""
        raise NotImplementedError

    def make_drafts(self, request: HttpRequest, asked: Asked) -> Made:
        """All of them or none; raises `ValidationError` with words for the curator."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        parts = self._parts_to_make(request, asked)
        source = self._source_of(request, asked)
        try:
            with all_or_nothing():
                records = self._make_all(request, parts, asked.kinds)
                for record in records if source else ():
                    self.cite_draft(request, record, source, asked.locator.strip())  # type: ignore[arg-type]
        except (IntegrityError, DataError) as error:
            raise ValidationError(in_words(error)) from error
        return Made(records, source, asked.locator.strip())

    def _parts_to_make(self, request: HttpRequest, asked: Asked) -> list[Part]:
        text = " ".join(asked.text.split())
        if not text or len(text) > LONGEST:
            raise ValidationError(
                _("A name has 1 to %(most)d characters."), params={"most": LONGEST}
            )
        parts = self.parts_of(request, text)
        new = [part for part in parts if part.row is None]
        if not new:
            raise ValidationError(
                _("“%(text)s” is here already: choose it."), params={"text": text}
            )
        for part in parts:
            if part.is_unclear:
                message = _("Several have the name “%(name)s”. Add what it lies in.")
                raise ValidationError(message, params={"name": part.name})
        if len(new) != len(asked.kinds) or not set(asked.kinds) <= dict(self.draft_kinds()).keys():
            raise ValidationError(_("Say of each new name what it is."))
        return parts

    def _source_of(self, request: HttpRequest, asked: Asked) -> Model | None:
        is_cited = bool(asked.locator.strip() or asked.is_whole)
        return self.source_for_drafts(request) if is_cited else None

    def _make_all(self, request: HttpRequest, parts: list[Part], kinds: Iterable[str]) -> list[Any]:
        left, within, made = iter(kinds), None, []
        for part in parts:
            if part.row is None:
                record: Any = self.new_draft(part.name, next(left), within)
                record.slug = free_slug(self.model, part.name)
                record.full_clean()
                record.save()
                self.log_addition(request, record, [{"added": {}}])
                made.append(record)
            within = part.row or record
        return made

    def take_back(self, request: HttpRequest, keys: list[int]) -> None:
        """Deletes drafts that this account has made, unless something uses them."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        rows: Any = self.model._default_manager
        with all_or_nothing():
            locked = rows.select_for_update(of=("self",)).filter(pk__in=keys[:_KEYS_AT_ONCE])
            records = list(locked)
            if len(records) != len(keys) or not self._are_own_drafts(request, records):
                raise ValidationError(_("Only a draft that you have made yourself is taken back."))
            if in_use(records, self.parts_of_drafts):
                raise ValidationError(_("Something uses it by now: it was not taken back."))
            self.log_deletions(request, rows.filter(pk__in=keys))
            # Parts before what they lie in.
            for record in sorted(records, key=lambda row: -row.pk):
                record.delete()

    def _are_own_drafts(self, request: HttpRequest, records: list[Any]) -> bool:
        kind = ContentType.objects.get_for_model(self.model)
        made = LogEntry.objects.filter(
            user=request.user.pk,
            content_type=kind,
            action_flag=ADDITION,
            object_id__in=[str(record.pk) for record in records],
        ).values_list("object_id", flat=True)
        own = set(made)
        return all(row.state == State.DRAFT and str(row.pk) in own for row in records)


def in_use(records: list[Any], own_parts: Iterable[str]) -> bool:
    """Whether anything but the parts of their own would go or change with the records."""
    collector = Collector(using="default")
    try:
        collector.collect(records)
    except (RestrictedError, ProtectedError):
        return True
    own = {type(records[0])._meta.label_lower, *own_parts}
    groups = [(model, bool(rows)) for model, rows in collector.data.items()]
    groups += [(rows.model, rows.exists()) for rows in collector.fast_deletes]
    if any(is_there and model._meta.label_lower not in own for model, is_there in groups):
        return True
    changed: Any = collector.field_updates.values()
    return any(bool(rows) for querysets in changed for rows in querysets)

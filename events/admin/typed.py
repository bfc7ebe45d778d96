"""Filters of the curators' lists by what is typed: a slug, an account, a date as EDTF."""

from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, Exists, Model, OuterRef, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy

from actors.models import Actor
from config.admin.typed import NotFoundError, typed_filter
from config.edtf.dates import parse
from config.edtf.reading import DateError
from events.models import Location, Participation, Source

Rows = QuerySet[Any]


def _named(model: type[Model], slug: str) -> Any:
    record = model._default_manager.filter(slug=slug.lower()).first()
    if record is None:
        raise NotFoundError
    return record


def with_participant(rows: Rows, slug: str) -> Rows:
    parts = Participation.objects.filter(event=OuterRef("pk"), actor=_named(Actor, slug))
    return rows.filter(Exists(parts))


def of_speaker(rows: Rows, slug: str) -> Rows:
    return rows.filter(speaker=_named(Actor, slug))


def in_place(rows: Rows, slug: str) -> Rows:
    """There, or in any place inside it."""
    return rows.filter(location__in=Location.objects.within([_named(Location, slug)]))


def cited_in(rows: Rows, slug: str) -> Rows:
    cited: Any = rows.model._meta.get_field("citations")
    citations = cited.related_model._default_manager.filter(
        **{cited.field.name: OuterRef("pk")}, source=_named(Source, slug)
    )
    return rows.filter(Exists(citations))


def on_date(rows: Rows, text: str) -> Rows:
    """The date may lie within the date that was typed."""
    try:
        when = parse(text)
    except DateError as error:
        raise NotFoundError from error
    dated: Any = rows
    found: Rows = dated.between(when.first_day, when.last_day)
    return found


def edited_by(rows: Rows, name: str) -> Rows:
    """Added or changed by the account of that name, as far as the admin's log knows."""
    user = User.objects.filter(username=name).first()
    if user is None:
        raise NotFoundError
    kind = ContentType.objects.get_for_model(rows.model, for_concrete_model=False)
    entries = LogEntry.objects.filter(user=user, content_type=kind).order_by()
    keys = entries.annotate(key=Cast("object_id", BigIntegerField())).values("key")
    return rows.filter(pk__in=keys)


_SLUG = gettext_lazy("its slug")
BY_PARTICIPANT = typed_filter("participant", gettext_lazy("actor"), with_participant, _SLUG)
BY_SPEAKER = typed_filter("by", gettext_lazy("speaker"), of_speaker, _SLUG)
BY_PLACE = typed_filter("in", gettext_lazy("place"), in_place, _SLUG)
BY_SOURCE = typed_filter("cites", gettext_lazy("source"), cited_in, _SLUG)
BY_DATE = typed_filter("on", gettext_lazy("date"), on_date, gettext_lazy("2017-04"))
BY_PERSON = typed_filter("edited_by", gettext_lazy("who edited it"), edited_by)

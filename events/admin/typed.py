"""Filters of the curators' lists by what is typed: a name or slug, an account, a date as EDTF."""

from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, Exists, OuterRef, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy

from actors.models import Actor
from config.admin.typed import NotFoundError, typed_filter
from config.edtf.dates import parse
from config.edtf.reading import DateError
from events.models import Location, Participation, Source

Rows = QuerySet[Any]


def with_participant(rows: Rows, actor: Actor) -> Rows:
    parts = Participation.objects.filter(event=OuterRef("pk"), actor=actor)
    return rows.filter(Exists(parts))


def of_speaker(rows: Rows, actor: Actor) -> Rows:
    return rows.filter(speaker=actor)


def in_place(rows: Rows, place: Location) -> Rows:
    """There, or in any place inside it."""
    return rows.filter(location__in=Location.objects.within([place]))


def cited_in(rows: Rows, source: Source) -> Rows:
    cited: Any = rows.model._meta.get_field("citations")
    citations = cited.related_model._default_manager.filter(
        **{cited.field.name: OuterRef("pk")}, source=source
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


_NAME = gettext_lazy("its name or slug")
BY_PARTICIPANT = typed_filter("participant", gettext_lazy("actor"), with_participant, _NAME, Actor)
BY_SPEAKER = typed_filter("by", gettext_lazy("speaker"), of_speaker, _NAME, Actor)
BY_PLACE = typed_filter("in", gettext_lazy("place"), in_place, _NAME, Location)
BY_SOURCE = typed_filter("cites", gettext_lazy("source"), cited_in, _NAME, Source)
BY_DATE = typed_filter("on", gettext_lazy("date"), on_date, gettext_lazy("2017-04"))
BY_PERSON = typed_filter("edited_by", gettext_lazy("who edited it"), edited_by)

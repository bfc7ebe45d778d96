"""What curators leave in a database, of every kind that has been hard to move."""

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from actors.models import Actor, Country, Tenure
from events.models import Citation, Event, EventType
from tests.factories import (
    cite,
    make_actor,
    make_event,
    make_location,
    make_source,
    make_statement,
    take_position,
)


def curate() -> None:
    """Accounts, changed and removed rows of migrations, trees, statements without a key."""
    _make_accounts()
    Country.objects.get(iso3="XKX").delete()
    Country.objects.filter(iso3="SYR").update(name="Syrian Arab Republic")
    EventType.objects.filter(slug="aid").delete()
    kind = EventType.objects.create(
        slug="convoy", name="Aid", plover="AID", quad="material-cooperation"
    )
    source = make_source(slug="our-paper")
    with transaction.atomic():
        child, parent = make_actor(slug="child", kind="person"), make_actor(slug="parent")
        # The one that leads to the other comes first.
        Actor.objects.filter(pk=child.pk).update(part_of=parent)
        town = make_location(slug="town")
        town.parent = make_location(slug="province", kind="province")
        town.save()
        event = make_event(child, slug="ours", kind=kind, location=town, date="2018-05?")
        cite(event, source, "p. 1")
        said, answer = make_statement(child), make_statement(parent)
        cite(take_position(said, "denies", event=event), source)
        cite(take_position(answer, "rejects", answered=said), source)
        said.audience.add(parent)
        for began, ended in (("2001", "2009"), ("2011-03~", "")):
            tenure = Tenure.objects.create(
                person=child, office="Chief", body=parent, began=began, ended=ended
            )
            Tenure.objects.filter(pk=tenure.pk).update(began_is="real")
            cite(tenure, source)
    Event.objects.filter(pk=event.pk).update(standing="disputed")
    Citation.objects.filter(event=event, source=source).update(note="p. 1, at its foot")


def _make_accounts() -> None:
    user = User.objects.create_user("curator", password="a long password", is_staff=True)
    group = Group.objects.create(name="curators")
    permission = Permission.objects.get(codename="change_event")
    group.permissions.add(permission)
    user.groups.add(group)
    user.user_permissions.add(permission)
    kind = ContentType.objects.get_for_model(Event)
    LogEntry.objects.create(
        user=user, content_type=kind, object_id="1", object_repr="Ours", action_flag=CHANGE
    )
    Session.objects.create(session_key="k" * 32, session_data="e30:x", expire_date=timezone.now())

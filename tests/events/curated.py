"""Records of every state, and accounts of every role: who may see what of them, and what not.

Beside what is public (`tests.events.hidden`) there is a full set of records that another has
entered, with `CANARY` in each text, and a draft of each kind that the contributor has entered, with
`OWN`.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.auth.models import Group, User
from django.db import connection
from django.db.models import Model
from django.test import Client

from actors.models import Actor, ActorName, Tenure
from events.admin.roles import ADMINISTRATOR, CONTRIBUTOR, EDITOR
from events.models import (
    Citation,
    Claim,
    Event,
    EventLink,
    Location,
    LocationName,
    Participation,
    Position,
    Source,
    Statement,
)
from tests.events.hidden import CANARY, Hidden, Public, add_hidden, make_public
from tests.factories import cite

OWN = "Ownwren"
NOTE = "Notenightingale"  # in internal notes of what is public
NAMES = {"another": "otherfinch", "editor": "editorheron", "administrator": "adminowl"}
RECORDS: tuple[Any, ...] = (Event, Actor, Location, Source, Statement, Claim)
ROWS: tuple[Any, ...] = (
    *(Participation, EventLink, Position, Citation, Tenure, ActorName, LocationName),
)
NOBODY, ANOTHER = "nobody", "another"
ROLES = (NOBODY, CONTRIBUTOR, ANOTHER, EDITOR, ADMINISTRATOR)


@dataclass
class Curated:
    state: str
    public: Public
    hidden: Hidden
    own: dict[type[Model], Any]
    accounts: dict[str, User]

    def client(self, role: str) -> Client:
        client = Client()
        if role != NOBODY:
            client.force_login(self.accounts[role])
        return client

    def forbidden(self, role: str) -> set[str]:
        """Words that no answer to this role may hold."""
        names = {name for other, name in NAMES.items() if other != role}
        sees_theirs = role == ANOTHER and self.state == "draft"
        return {
            NOBODY: {CANARY, OWN, NOTE, *NAMES.values(), "contributorcrow"},
            CONTRIBUTOR: {CANARY, *names},
            ANOTHER: {OWN, "contributorcrow", *names, *(() if sees_theirs else (CANARY,))},
            EDITOR: set(),
            ADMINISTRATOR: set(),
        }[role]

    def of(self, model: type[Model]) -> dict[str, Any]:
        """A record of the kind for each lot: own draft, of another, published."""
        hidden = {type(record): record for record in reversed(self.hidden.records)}
        public = (
            *(self.public.event, self.public.actor, self.public.place, self.public.source),
            *(self.public.said, self.public.claim),
        )
        shown = {type(record): record for record in public}
        return {"own": self.own[model], "theirs": hidden[model], "published": shown[model]}


def make_curated(state: str) -> Curated:
    """`state` is that of the records which another has entered: draft or withdrawn."""
    accounts = _accounts()
    public = make_public()
    for model in RECORDS:
        rows: Any = model._default_manager
        rows.filter(internal_note__contains=CANARY).update(internal_note=NOTE)
    hidden = add_hidden(public, state)
    for record in hidden.records:
        _log(accounts[ANOTHER], record, ADDITION)
        _log(accounts[EDITOR], record, CHANGE)
    own = _own(public)
    for record in own.values():
        _log(accounts[CONTRIBUTOR], record, ADDITION)
        _log(accounts[EDITOR], record, CHANGE)
    _log(accounts[EDITOR], public.event, CHANGE)
    # What is public leads to what is hidden.
    Event.objects.filter(pk=public.placeless.pk).update(location=hidden.place)
    # So does a draft, to which an editor gave it.
    Event.objects.filter(pk=own[Event].pk).update(location=hidden.place)
    own[Event].participations.create(actor=hidden.actor, role_id="victim", note=f"{CANARY} role")
    own[Statement].audience.add(hidden.actor)
    connection.check_constraints()
    return Curated(state, public, hidden, own, accounts)


def _accounts() -> dict[str, User]:
    accounts = {}
    roles = {CONTRIBUTOR: CONTRIBUTOR, ANOTHER: CONTRIBUTOR, EDITOR: EDITOR}
    for account, role in (roles | {ADMINISTRATOR: ADMINISTRATOR}).items():
        name = NAMES.get(account, "contributorcrow")
        accounts[account] = User.objects.create_user(name, is_staff=True)
        accounts[account].groups.add(Group.objects.get(name=role))
    return accounts


def _log(user: User, record: Any, action: int) -> None:
    LogEntry.objects.log_actions(user.pk, [record], action, change_message="", single_object=True)


def _own(public: Public) -> dict[type[Model], Any]:
    kind = public.event.kind
    source = Source.objects.create(slug="own-source", title=f"{OWN} source", kind="book")
    actor = Actor.objects.create(slug="own-actor", name=f"{OWN} actor", kind_id="person")
    actor.names.create(language="fr", name=f"{OWN} nom")
    Tenure.objects.create(person=actor, office=f"{OWN} office", body=public.actor)
    place = Location.objects.create(slug="own-place", name=f"{OWN} place", kind="town")
    place.names.create(language="fr", name=f"{OWN} lieu")
    event = Event.objects.create(
        slug="own-event", title=f"{OWN} event", kind=kind, standing="reported", date="2017"
    )
    event.participations.create(actor=public.person, role_id="witness", note=f"{OWN} part")
    EventLink.objects.create(from_event=event, relation="follows", to_event=public.event)
    claim = Claim.objects.create(slug="own-claim", text=f"{OWN} claim", event=event)
    said = Statement.objects.create(speaker=public.person, paraphrase=f"{OWN} words")
    Position.objects.create(statement=said, stance="denies", event=event)
    records = [event, actor, place, claim, said]
    for record in records:
        cite(record, source, locator=f"{OWN} p. 1")
    for record in (*records, source):
        type(record).objects.filter(pk=record.pk).update(internal_note=f"{OWN} note")
    return {type(record): record for record in (*records, source)}

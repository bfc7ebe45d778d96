from events.models.changes import LastChange
from events.models.chronology import Chronology, Licence
from events.models.citations import Citation
from events.models.claims import Claim
from events.models.deleted import DeletedEvent
from events.models.events import Event, PastStanding
from events.models.former_slugs import FormerSlug
from events.models.history import HistoryChange, HistoryEntry
from events.models.kinds import EventType, Scale, ScaleScore
from events.models.loading_mark import LoadingMark
from events.models.locations import Location, LocationName
from events.models.merged import DistinctPair, MergedRecord
from events.models.participations import EventLink, Participation
from events.models.roles import Role
from events.models.sources import Source
from events.models.statements import Position, Statement, StatementEvent, StatementSearch
from events.models.words import SearchWord

# What the database itself keeps of other rows: views, and tables that triggers fill.
DERIVED = (
    SearchWord,
    StatementEvent,
    StatementSearch,
)
# What was changed in records: no content, and in no dump of content.
HISTORY = (HistoryEntry, HistoryChange)

__all__ = [
    "DERIVED",
    "HISTORY",
    "Chronology",
    "Citation",
    "Claim",
    "DeletedEvent",
    "DistinctPair",
    "Event",
    "EventLink",
    "EventType",
    "FormerSlug",
    "HistoryChange",
    "HistoryEntry",
    "LastChange",
    "Licence",
    "LoadingMark",
    "Location",
    "LocationName",
    "MergedRecord",
    "Participation",
    "PastStanding",
    "Position",
    "Role",
    "Scale",
    "ScaleScore",
    "SearchWord",
    "Source",
    "Statement",
    "StatementEvent",
    "StatementSearch",
]

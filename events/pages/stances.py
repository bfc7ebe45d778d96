"""What stances have in common: for, against, open, other; and how many took which, in words."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.models import Position
from events.models.statements import Stance

FOR = {Stance.ASSERTS, Stance.SUPPORTS}
# With one of these a claim is contested.
AGAINST = {Stance.DENIES, Stance.REJECTS}
# The sign that stands beside the word, never alone.
SIGNS = {
    Stance.ASSERTS: "●",
    Stance.SUPPORTS: "●",
    Stance.DENIES: "⊘",
    Stance.REJECTS: "⊘",
    Stance.QUESTIONS: "◐",
    Stance.CONDEMNS: "→",
    Stance.CALLS_FOR: "→",
    Stance.LAMENTS: "→",
}


# "2 of these deny …"
_OF_MANY = {
    Stance.ASSERTS: gettext_lazy("assert"),
    Stance.DENIES: gettext_lazy("deny"),
    Stance.QUESTIONS: gettext_lazy("question"),
    Stance.REJECTS: gettext_lazy("reject"),
    Stance.CONDEMNS: gettext_lazy("condemn"),
    Stance.SUPPORTS: gettext_lazy("support"),
    Stance.CALLS_FOR: gettext_lazy("call for"),
    Stance.LAMENTS: gettext_lazy("lament"),
}


def stance_of_many(stance: Stance) -> str:
    return str(_OF_MANY[stance])


def is_contested(positions: Iterable[Position]) -> bool:
    return any(position.stance in AGAINST for position in positions)


def positions_in_words(positions: Iterable[Position]) -> str:
    """How many actors are recorded with each stance on a claim, and whether nobody is with the
    opposite one. No weight is given to any: who has two stances is counted for both."""
    speakers: dict[str, set[int]] = {}
    for position in positions:
        speakers.setdefault(position.stance, set()).add(position.statement.speaker_id)
    if not speakers:
        return _("Nobody is recorded with a position on it.")
    counts = [_counted(stance, len(speakers[stance])) for stance in Stance if stance in speakers]
    words = ", ".join(counts)
    if not AGAINST & speakers.keys():
        return _("%(counts)s; nobody is recorded as opposing it.") % {"counts": words}
    if not FOR & speakers.keys():
        return _("%(counts)s; nobody is recorded as asserting it.") % {"counts": words}
    return _("%(counts)s.") % {"counts": words}


def _counted(stance: Stance, number: int) -> str:
    match stance:
        case Stance.ASSERTS:
            words = ngettext("%(number)d asserts it", "%(number)d assert it", number)
        case Stance.DENIES:
            words = ngettext("%(number)d denies it", "%(number)d deny it", number)
        case Stance.QUESTIONS:
            words = ngettext("%(number)d questions it", "%(number)d question it", number)
        case Stance.REJECTS:
            words = ngettext("%(number)d rejects it", "%(number)d reject it", number)
        case Stance.CONDEMNS:
            words = ngettext("%(number)d condemns it", "%(number)d condemn it", number)
        case Stance.SUPPORTS:
            words = ngettext("%(number)d supports it", "%(number)d support it", number)
        case Stance.CALLS_FOR:
            words = ngettext("%(number)d calls for it", "%(number)d call for it", number)
        case Stance.LAMENTS:
            words = ngettext("%(number)d laments it", "%(number)d lament it", number)
    return words % {"number": number}

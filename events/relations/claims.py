"""The claims that are about two actors: their text names both."""

import re

from actors.models import Actor, ActorName
from events.models import Claim


def claims_on_both(first: Actor, second: Actor) -> list[int]:
    """The keys of published claims about no event whose text has a name of either actor."""
    rows = Claim.objects.published().filter(event=None)
    for actor in (first, second):
        rows = rows.filter(text__regex=_pattern(actor))
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _pattern(actor: Actor) -> str:
    """As PostgreSQL reads it. A name stands between what is neither letter nor digit; its own signs
    are no pattern."""
    others = ActorName.objects.filter(actor=actor).values_list("name", flat=True)
    names = [re.sub(r"([^\w\s]|_)", r"\\\1", name) for name in (actor.name, *others)]
    return f"(^|[^[:alnum:]])({'|'.join(names)})($|[^[:alnum:]])"

"""The first pages of the best match, whichever way they are found."""

import pytest
from django.http import QueryDict
from django.test import Client

from events.filters import EventFilterSet
from events.models import Event
from tests.factories import make_actor, make_event
from tests.searching import keep_words_of_few


@pytest.mark.django_db
@pytest.mark.parametrize("share", [1, 0.5, 0.000_1], ids=["all", "half", "none"])
@pytest.mark.parametrize("kept_from", [None, 1, 4], ids=["documents", "profiles", "some"])
@pytest.mark.parametrize("query", ["", "&since=2014", "&year=2013&year=2014", "&actor=somebody"])
def test_the_first_of_a_sample_leave_out_none_of_the_first_of_all(
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    share: float,
    kept_from: int | None,
    query: str,
) -> None:
    actor = make_actor(slug="somebody")
    for number in range(40):
        words = ["Zugzwang"] * (number % 3) + ["Endgame"] * (number % 2)
        make_event(
            *([actor] if number % 4 else []),
            title=" ".join(words) or "Stalemate",
            summary="Zugzwang, " * (number % 5),
            date=str(2010 + number % 7),
            standing="alleged" if number % 3 else "reported",
        )
    # A profile all of whose events are ranked alike, wherever in their texts the word stands.
    for number in range(8):
        title = f"Zugzwang{' of number' * (number % 3)} {number}"
        make_event(actor, title=title, date=str(2010 + number % 5), standing="called-for")
    if kept_from:
        keep_words_of_few(kept_from)
    monkeypatch.setattr("events.best_match.FEW", 0)
    monkeypatch.setattr("events.best_match.RANKED", 0)
    monkeypatch.setattr("events.best_match.UNRANKED", 1000 if kept_from else -1)
    monkeypatch.setattr("events.best_match.sqrt", lambda _share: share)
    monkeypatch.setattr("config.paging.PAGE_SIZE", 3)
    for words in ("zugzwang or endgame", "zugzwang -endgame", "zugzwang endgame"):
        filters = EventFilterSet(
            QueryDict(f"q={words}{query}&order=relevance"), queryset=Event.objects.published()
        )
        expected = list(filters.narrow().in_order("relevance").values_list("slug", flat=True))
        assert len(expected) > 3
        shown: list[str] = []
        address = f"?q={words}{query}&order=relevance"
        while address:
            context = client.get(f"/events/{address}").context
            shown += [entry.slug for group in context["groups"] for entry in group.entries]
            address = context["page"].next_query
        assert shown == expected

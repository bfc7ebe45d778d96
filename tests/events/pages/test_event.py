"""What the page of an event gathers: matrix, related events, offices, standing."""

import pytest
from django.test import Client

from actors.models import Tenure
from events.models import Event, EventLink, Location, Participation
from events.pages.event import EventRecord, read_record
from tests.factories import (
    make_actor,
    make_claim,
    make_event,
    make_location,
    make_statement,
    take_position,
)

pytestmark = pytest.mark.django_db


def record_of(event: Event) -> EventRecord:
    record = read_record(event.slug, Event.objects.all())
    assert record is not None
    return record


def cells(record: EventRecord) -> dict[str, dict[str, list[str]]]:
    """Claim → actor → stances with dates, in order."""
    return {
        row.claim.text: {
            cell.actor.name: [
                f"{stand.position.stance} {stand.position.statement.date}" for stand in cell.stands
            ]
            for cell in row.cells
        }
        for row in record.matrix.rows
    }


def test_matrix_shows_every_actor_at_every_claim_and_changes_of_position() -> None:
    event = make_event()
    first, second = make_claim(event, text="First."), make_claim(event, text="Second.")
    kremlin, usa = make_actor(name="Kremlin"), make_actor(name="USA")
    later = make_statement(kremlin, date="2017-05")
    take_position(later, "asserts", claim=first)
    take_position(make_statement(kremlin, date="2017-04"), "denies", claim=first)
    take_position(make_statement(usa, date="2017-04-20"), "questions", claim=second)
    assert cells(record_of(event)) == {
        "First.": {"Kremlin": ["denies 2017-04", "asserts 2017-05"], "USA": []},
        "Second.": {"Kremlin": [], "USA": ["questions 2017-04-20"]},
    }


def test_answer_stands_in_no_cell_and_is_counted_there() -> None:
    event = make_event()
    kremlin, usa = make_actor(name="Kremlin"), make_actor(name="USA")
    denial = make_statement(kremlin)
    take_position(denial, "denies", claim=make_claim(event, text="Claim."))
    take_position(make_statement(usa), "rejects", answered=denial)
    record = record_of(event)
    assert [actor.name for actor in record.matrix.actors] == ["Kremlin"]
    (stand,) = record.matrix.rows[0].cells[0].stands
    assert [(a.statement.speaker.name, a.stance) for a in stand.answers] == [("USA", "rejects")]


def test_place_is_told_with_what_is_around_it_as_far_as_the_public_may_see() -> None:
    country = make_location(name="Syria")
    province = make_location(name="Idlib", parent=country, state="draft")
    town = make_location(name="Khan Sheikhoun", parent=province)
    hidden = make_location(name="Hidden", parent=country, state="draft")

    def places(event: Event) -> list[str]:
        return [place.name for place in record_of(event).places]

    assert places(make_event(location=town)) == ["Syria", "Khan Sheikhoun"]
    assert places(make_event(location=country)) == ["Syria"]
    assert places(make_event(location=hidden)) == places(make_event()) == []


def test_drafts_stay_out_of_the_matrix() -> None:
    event = make_event()
    claim = make_claim(event, text="Seen.")
    make_claim(event, text="Hidden.", state="draft")
    take_position(make_statement(state="draft"), "denies", claim=claim)
    take_position(make_statement(make_actor(state="draft")), "denies", claim=claim)
    assert cells(record_of(event)) == {"Seen.": {}}


def test_who_has_most_positions_is_the_first_column() -> None:
    event = make_event()
    once, twice = make_actor(name="Once"), make_actor(name="Twice")
    for speaker, date in ((once, "2017-04-01"), (twice, "2017-04-02"), (twice, "2017-04-03")):
        claim = make_claim(event)
        take_position(make_statement(speaker, date=date), "asserts", claim=claim)
    assert [actor.name for actor in record_of(event).matrix.actors] == ["Twice", "Once"]


def related(event: Event) -> list[tuple[str, str, str]]:
    """The event in each row, the one that its link leads to, and the lag."""
    return [
        (row.event.slug, row.link.to_event.slug, row.link.lag)
        for row in record_of(event).related.rows
        if row.event and row.link.to_event
    ]


def test_the_whole_chain_of_answers_stands_in_order_with_its_lags(client: Client) -> None:
    attack = make_event(slug="attack", date="2017-04-04")
    strike = make_event(slug="strike", date="[2017-04-06..2017-04-09]")
    protest = make_event(slug="protest", date="2017-04-10")
    hidden = make_event(slug="hidden", date="2017-04-12", state="draft")
    elsewhere = make_event(slug="elsewhere", date="2017-04-05")
    for answer, answered in ((protest, strike), (strike, attack), (hidden, strike)):
        EventLink.objects.create(from_event=answer, relation="responds-to", to_event=answered)
    EventLink.objects.create(from_event=elsewhere, relation="about", to_event=attack)
    strike_after = ("strike", "attack", "2–5 days later")
    protest_after = ("protest", "strike", "1–4 days later")
    assert related(attack) == [
        ("elsewhere", "attack", "1 day later"),
        strike_after,
        protest_after,
    ]
    # From the other end the row is of the event that is answered, and the lag is as it was.
    assert related(strike) == [("attack", "attack", "2–5 days later"), protest_after]
    assert related(protest) == [("strike", "strike", "1–4 days later"), strike_after]
    page = " ".join(client.get("/events/strike/").content.decode().split())
    assert 'this event <span class="lag">2–5 days later</span>' in page
    assert "Hidden" not in page


def test_circle_of_answers_ends() -> None:
    one, other = make_event(date="2017"), make_event(date="2017")
    for answer, answered in ((one, other), (other, one)):
        EventLink.objects.create(from_event=answer, relation="responds-to", to_event=answered)
    assert len(record_of(one).related.rows) == 2


def test_what_the_event_bears_on_without_an_event_stands_last(client: Client) -> None:
    event = make_event(slug="attack")
    claim = make_claim(text="Relations grew worse.")
    hidden = make_claim(text="Nobody may read this.", state="draft")
    for target in (claim, hidden):
        EventLink.objects.create(from_event=event, relation="aggravates", to_claim=target)
    undated = make_event(slug="later", date="")
    EventLink.objects.create(from_event=undated, relation="about", to_event=event)
    rows = record_of(event).related.rows
    assert [row.event and row.event.slug for row in rows] == ["later", None]
    assert rows[0].mark is None
    page = client.get("/events/attack/").content.decode()
    assert "This event aggravates" in page
    assert "Relations grew worse." in page
    assert "Nobody may read this." not in page


def test_office_is_that_of_the_events_date(client: Client) -> None:
    person = make_actor(name="Rex Tillerson", kind="person")
    Tenure.objects.create(
        person=person, office="US Secretary of State", began="2017-04", ended="2017-04"
    )
    make_event(person, slug="then", date="2017-04-12")
    make_event(person, slug="before", date="2016-04-12")
    make_event(person, slug="open", date="../2017-04")
    assert "then US Secretary of State" in client.get("/events/then/").content.decode()
    assert "Secretary" not in client.get("/events/before/").content.decode()
    assert "Secretary" not in client.get("/events/open/").content.decode()


def test_past_standings_of_a_published_event_are_kept(client: Client) -> None:
    event = make_event(standing="alleged", standing_reason="One source alone.")
    draft = make_event(state="draft", standing="alleged")
    for row in (event, draft):
        Event.objects.filter(pk=row.pk).update(standing="occurred", standing_reason="Many now.")
        Event.objects.filter(pk=row.pk).update(title="Another title")
    (past,) = record_of(event).past_standings
    assert (past.standing, past.reason) == ("alleged", "One source alone.")
    assert past.since == event.standing_since
    assert record_of(draft).past_standings == []
    page = client.get(event.get_absolute_url()).content.decode()
    assert "What the editors said before" in page
    assert "The editors’ word since" in page
    assert "One source alone." in page


def test_the_editors_word_has_no_date_before_it_changed(client: Client) -> None:
    event = make_event(standing="alleged", standing_reason="One source alone.")
    page = client.get(event.get_absolute_url()).content.decode()
    assert "One source alone." in page
    assert "editors’ word" not in page


def test_who_took_part_is_as_the_orm_reads_it() -> None:
    event = make_event(make_actor(name="Kremlin"), make_actor(name="USA"))
    Participation.objects.filter(actor__name="USA").update(is_alleged=True, note="“Said” so.")
    expected = list(Participation.objects.filter(event=event).order_by("pk"))
    found = record_of(event).participations
    assert [part.actor.name for part in found] == ["Kremlin", "USA"]
    for part, other in zip(found, expected, strict=True):
        for field in Participation._meta.concrete_fields:
            # JSON, by which the rows are read, has no UUIDs: the page shows none.
            if field.name == "uuid":
                continue
            assert getattr(part, field.attname) == getattr(other, field.attname), field


def test_places_are_as_the_orm_reads_them() -> None:
    place = make_location(name="Mill Town", parent=make_location(name="Syria"))
    places = record_of(make_event(location=place)).places
    assert [around.name for around in places] == ["Syria", "Mill Town"]
    assert places[-1].lineage == Location.objects.get(pk=place.pk).lineage
    assert places[-1].parent_id == places[0].pk

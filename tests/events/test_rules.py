"""What the database refuses and keeps, whoever writes: here raw SQL and bulk writes."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import Model

from actors.models import Actor
from events.models import Citation, Claim, Event, EventLink, Location, Position, Source, Statement
from tests.factories import (
    cite,
    make_actor,
    make_claim,
    make_country,
    make_event,
    make_kind,
    make_location,
    make_source,
    make_statement,
    take_position,
)

pytestmark = pytest.mark.django_db


def refuses(name: str, model: type, pk: int, **values: object) -> None:
    """An update that goes round every form and field is refused by the constraint of this name."""
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        model.objects.filter(pk=pk).update(**values)


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("event_slug_is_plain", {"slug": "Not A Slug"}),
        ("event_slug_is_plain", {"slug": "two--hyphens"}),
        ("event_standing_is_known", {"standing": "true"}),
        ("event_state_is_known", {"state": "secret"}),
        ("event_title_is_given", {"title": ""}),
        ("event_text_is_control_free", {"summary": "a\x0bb"}),
        ("event_text_is_control_free", {"title": "a\x7fb"}),
    ],
)
def test_event(constraint: str, values: dict[str, str]) -> None:
    refuses(constraint, Event, make_event().pk, **values)


def test_prose_may_have_lines_and_tabs() -> None:
    event = make_event(summary="one\ntwo\tthree")
    assert Event.objects.get(pk=event.pk).summary == "one\ntwo\tthree"


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("location_coordinates_are_on_earth", {"latitude": 91.0}),
        ("location_coordinates_are_on_earth", {"longitude": -180.1}),
        ("location_coordinates_are_on_earth", {"latitude": float("nan")}),
        ("location_coordinates_are_on_earth", {"latitude": float("inf")}),
        ("location_coordinates_are_on_earth", {"longitude": None}),
        ("location_precision_goes_with_coordinates", {"precision": "unknown"}),
        ("location_precision_goes_with_coordinates", {"latitude": None, "longitude": None}),
    ],
)
def test_location(constraint: str, values: dict[str, float | str | None]) -> None:
    place = make_location(latitude=35.4, longitude=36.7, precision="town")
    refuses(constraint, Location, place.pk, **values)


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "ftp://a.example/", "https://a b", " https://a.b"],
)
def test_source_links_are_http_only(url: str) -> None:
    refuses("source_url_is_http", Source, make_source().pk, url=url)


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("source_archived_url_is_http", {"archived_url": "javascript:alert(1)"}),
        ("source_accessed_at_an_address", {"accessed_on": "2022-01-26"}),
        ("source_captured_in_an_archive", {"archived_on": "2022-01-26"}),
        ("source_language_is_a_tag", {"language": "French"}),
        ("source_text_is_control_free", {"internal_note": "a\x07b"}),
    ],
)
def test_source(constraint: str, values: dict[str, str]) -> None:
    refuses(constraint, Source, make_source().pk, **values)


@pytest.mark.parametrize(("model", "make"), [(Event, make_event), (Statement, make_statement)])
@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("date_basis_is_known", {"date_basis": "guessed", "date_reason": "x"}),
        ("inferred_date_has_a_reason", {"date_basis": "inferred"}),
        ("inferred_date_has_a_reason", {"date_basis": "inferred", "date_reason": "x", "date": ""}),
        ("stated_date_has_no_reason", {"date_reason": "From the weekday."}),
    ],
)
def test_an_inferred_date_and_no_other_says_from_what(
    model: type[Model], make: Callable[[], Model], constraint: str, values: dict[str, str]
) -> None:
    refuses(f"{model._meta.model_name}_{constraint}", model, make().pk, **values)


@pytest.mark.parametrize("url", ["", "https://example.org/a?b=c#d", "HTTP://EXAMPLE.ORG"])
def test_source_links_that_are_fine(url: str) -> None:
    source = make_source(url=url)
    assert Source.objects.get(pk=source.pk).url == url


@pytest.mark.parametrize(
    "values",
    [
        {"kind": "number"},
        {"kind": "number", "low": 70, "high": 60, "unit": "people"},
        {"kind": "number", "low": 70, "high": 70, "unit": ""},
        {"kind": "proposition", "low": 1, "high": 1, "unit": "people"},
    ],
)
def test_numbers_have_a_range_and_a_unit(values: dict[str, object]) -> None:
    refuses("claim_number_has_range_and_unit", Claim, make_claim(make_event()).pk, **values)


def test_position_is_on_exactly_one_thing() -> None:
    event = make_event()
    position = take_position(make_statement(), "denies", event=event)
    refuses("position_has_one_target", Position, position.pk, event=None)
    refuses("position_has_one_target", Position, position.pk, claim=make_claim(event))
    refuses(
        "position_is_not_on_itself", Position, position.pk, event=None, answered=position.statement
    )


def test_position_is_recorded_once_although_other_targets_are_null() -> None:
    event, statement = make_event(), make_statement()
    take_position(statement, "denies", event=event)
    with pytest.raises(IntegrityError, match="position_is_recorded_once"):
        take_position(statement, "denies", event=event)


def test_link_leads_to_one_other_thing() -> None:
    event = make_event()
    link = EventLink.objects.create(from_event=event, relation="about", to_event=make_event())
    refuses("eventlink_leads_elsewhere", EventLink, link.pk, to_event=event)
    refuses("eventlink_has_one_target", EventLink, link.pk, to_event=None)


def test_citation_supports_exactly_one_record() -> None:
    citation = Citation.objects.get(event=make_event())
    refuses("citation_has_one_target", Citation, citation.pk, event=None)
    refuses("citation_has_one_target", Citation, citation.pk, actor=make_actor())


def test_relayed_citation_is_second_hand() -> None:
    citation = Citation.objects.get(event=make_event())
    refuses("citation_relayed_is_second_hand", Citation, citation.pk, via=make_source())
    Citation.objects.filter(pk=citation.pk).update(via=make_source(), access="second-hand")
    refuses("citation_is_not_via_itself", Citation, citation.pk, via=citation.source_id)


@pytest.mark.parametrize("make", [make_event, make_claim, make_statement])
def test_published_record_without_citation_is_refused_when_the_transaction_ends(make) -> None:
    record, draft = make(), make(state="draft")
    draft.citations.all().delete()
    connection.check_constraints()
    with transaction.atomic():
        point = transaction.savepoint()
        record.citations.all().delete()
        with pytest.raises(IntegrityError, match="last citation"):
            connection.check_constraints()
        transaction.savepoint_rollback(point)
    with transaction.atomic():
        point = transaction.savepoint()
        type(record).objects.filter(pk=draft.pk).update(state="published")
        with pytest.raises(IntegrityError, match="needs a citation"):
            connection.check_constraints()
        transaction.savepoint_rollback(point)


def test_record_goes_with_its_citations() -> None:
    event = make_event()
    event.delete()
    connection.check_constraints()
    assert not Citation.objects.exists()


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2017-04-04", date(2017, 4, 4), date(2017, 4, 4)),
        ("2017-04", date(2017, 4, 1), date(2017, 4, 30)),
        ("[2017-04-03..2017-04-09]", date(2017, 4, 3), date(2017, 4, 9)),
        ("../2017-04", None, date(2017, 4, 30)),
        ("2017-04-11/..", date(2017, 4, 11), None),
        ("2011~", date(2011, 1, 1), date(2011, 12, 31)),
        ("../..", None, None),
        ("", None, None),
        ("-0043", None, None),
        ("Y170000", None, None),
    ],
)
def test_bounds_follow_the_date_whoever_writes_it(
    text: str, earliest: date | None, latest: date | None
) -> None:
    event = make_event(date="1999")
    bulk = Event(slug="bulk", title="Bulk", date=text, standing="reported", kind=make_kind())
    Event.objects.bulk_create([bulk])
    Event.objects.filter(pk=event.pk).update(date=text)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO events_event (slug, title, date, kind_id, standing, standing_reason,"
            " summary, note) VALUES ('raw', 'Raw', %s, %s, 'reported', '', '', '')",
            [text, bulk.kind_id],
        )
    rows = set(Event.objects.values_list("earliest_on", "latest_on"))
    assert rows == {(earliest, latest)}
    assert Event.objects.count() == 3


def test_years_before_the_first_and_far_ahead_keep_their_order() -> None:
    for slug, text in [
        ("far", "Y170000"),
        ("ides", "-0043-03-15"),
        ("now", "2017"),
        ("zero", "0000"),
    ]:
        make_event(slug=slug, date=text)
    ordered = Event.objects.in_order("date").values_list("slug", flat=True)
    assert list(ordered) == ["ides", "zero", "now", "far"]


@pytest.mark.parametrize("text", ["2017-13", "2017-02-30", "2018/2017", "yesterday", "9999999"])
def test_what_is_no_date_is_refused_whoever_writes_it(text: str) -> None:
    event = make_event()
    with pytest.raises(DataError, match="is not a date"), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(date=text)
    assert Event.objects.get(pk=event.pk).date == "2017-04-04"


def test_nobody_is_part_of_itself_by_any_way() -> None:
    top, middle = make_actor(), make_actor()
    leaf = make_actor(part_of=middle)
    Actor.objects.filter(pk=middle.pk).update(part_of=top)
    assert Actor.objects.get(pk=leaf.pk).lineage == [top.pk, middle.pk, leaf.pk]
    for part_of in (leaf, middle, top):
        with pytest.raises(IntegrityError), transaction.atomic():
            Actor.objects.filter(pk=top.pk).update(part_of=part_of)


def test_part_written_before_the_whole_is_put_right() -> None:
    with connection.cursor() as cursor:
        for pk, part_of in [(902, 901), (901, None)]:
            cursor.execute(
                "INSERT INTO actors_actor"
                " (id, slug, name, kind, part_of_id, lineage, summary, note)"
                " VALUES (%s, 'a' || %s, 'A', 'other', %s, '{}', '', '')",
                [pk, pk, part_of],
            )
    assert Actor.objects.get(pk=902).lineage == [901, 902]


def test_change_is_dated_by_the_database_and_no_change_is_none() -> None:
    event = make_event()
    Event.objects.filter(pk=event.pk).update(updated_at="2001-01-01T00:00Z")
    before = Event.objects.get(pk=event.pk)
    assert before.updated_at == event.updated_at
    Event.objects.filter(pk=event.pk).update(title=event.title)
    assert Event.objects.get(pk=event.pk).updated_at == before.updated_at


def test_no_event_takes_an_address_of_the_api() -> None:
    event = make_event()
    refuses("event_slug_is_not_reserved", Event, event.pk, slug="deleted")
    event.slug = "deleted"
    with pytest.raises(ValidationError, match="The address “deleted” is taken"):
        event.full_clean()


def test_codes_and_years_are_those_of_a_country() -> None:
    of_country = cite(make_country(), aspect="gw")
    of_actor = cite(make_actor())
    name = "citation_aspect_suits_its_record"
    refuses(name, Citation, of_actor.pk, aspect="gw")
    refuses(name, Citation, of_actor.pk, aspect="existence")
    refuses("citation_aspect_is_known", Citation, of_country.pk, aspect="flag")


def test_names_are_cited_once_in_one_place_and_go_with_their_citations() -> None:
    actor_name = make_actor().names.create(language="ru", name="Имя")
    location_name = make_location().names.create(language="ru", name="Имя")
    for name in (actor_name, location_name, make_country()):
        cite(name)
        with pytest.raises(IntegrityError, match="citation_is_recorded_once"), transaction.atomic():
            cite(name)
    citation = Citation.objects.get(actor_name=actor_name)
    refuses("citation_has_one_target", Citation, citation.pk, location_name=location_name)
    actor_name.delete()
    assert not Citation.objects.filter(pk=citation.pk).exists()

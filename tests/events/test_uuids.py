"""Every record has a UUID of its own, which the database refuses to change."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, connection, transaction

from config.db.identity import Identified
from events.models import Chronology, EventType, Scale, ScaleScore

pytestmark = pytest.mark.usefixtures("loaded")
RECORDS = [
    model
    for model in apps.get_models()
    if issubclass(model, Identified) and model is not Chronology
]
# What the program writes of records, keeps of accounts, or counts.
OTHERS = {"formerslug", "paststanding", "statementevent"}
FIXTURES = ("article", "article_citations", "countries", "country_citations", "kinds", "references")


def fixture_rows() -> list[dict[str, Any]]:
    texts = [(settings.BASE_DIR / f"fixtures/{name}.json").read_text("utf-8") for name in FIXTURES]
    return [row for text in texts for row in json.loads(text)]


def test_every_kind_of_record_has_one() -> None:
    names = {model._meta.model_name for model in RECORDS}
    assert len(names) == 20
    cited = {row["model"].partition(".")[2] for row in fixture_rows()}
    assert cited <= names
    assert not OTHERS & names


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model._meta.model_name)
def test_it_is_unique_and_never_changes(model: Any) -> None:
    table = model._meta.db_table
    with transaction.atomic():
        scale = Scale.objects.create(name="S", version="1", low=-1, high=1, reference="R")
        ScaleScore.objects.create(scale=scale, kind=EventType.objects.all()[0], score=0)
        uuids = list(model.objects.values_list("uuid", flat=True))
        assert uuids
        assert len(set(uuids)) == len(uuids)
        with (
            pytest.raises(IntegrityError, match="The UUID of a record never changes"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"UPDATE {table} SET uuid = %s", [uuid4()])  # noqa: S608
        transaction.set_rollback(True)


def test_a_record_that_is_saved_keeps_it() -> None:
    for model in RECORDS:
        for record in model._default_manager.all()[:1]:
            uuid = record.uuid
            record.save()
            record.refresh_from_db()
            assert record.uuid == uuid


def test_fixtures_carry_fixed_ones() -> None:
    rows = fixture_rows()
    uuids = [row["fields"]["uuid"] for row in rows]
    assert len(set(uuids)) == len(rows)
    loaded = {
        str(uuid)
        for model in RECORDS
        for uuid in model._default_manager.values_list("uuid", flat=True)
    }
    # Of the list of references what nothing cites is left out.
    missing = [row for row in rows if row["fields"]["uuid"] not in loaded]
    assert {row["model"] for row in missing} <= {"events.source"}

"""Calls of the API drawn from its own description; each answer must be what it promises."""

import os
from collections.abc import Iterator

import pytest
import schemathesis
from hypothesis import settings
from schemathesis.config import SchemathesisConfig

from config.wsgi import application
from events.api.openapi import document
from events.models import Chronology
from tests.sessions import in_one_session

# What is drawn is the same in each run. A slug of the right form need not exist, so a call of the
# right form may be refused: `test_description` asks for what is described as working.
schema = schemathesis.openapi.from_dict(
    document(Chronology()),
    config=SchemathesisConfig.from_dict(
        {
            "generation": {"deterministic": True, "database": "none", "allow-x00": True},
            "checks": {"positive_data_acceptance": {"enabled": False}},
            # Some thousand calls more, a minute: API_COVERAGE=1 makes them.
            "phases": {"coverage": {"enabled": os.environ.get("API_COVERAGE") == "1"}},
        }
    ),
)
schema.app = application


@pytest.fixture(scope="module")
def article(loaded: None) -> Iterator[None]:
    """The fixtures, in a transaction that the end of a request leaves open."""
    with in_one_session():
        yield


@schema.parametrize()
@settings(max_examples=20, deadline=None, derandomize=True, database=None)
def test_answers_are_as_described(article: None, case: schemathesis.Case) -> None:
    # The client of WSGI applications unpacks nothing.
    case.call_and_validate(headers={"Accept-Encoding": "identity"})

"""Numbers as sources give them, in one field."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from config.admin.numbers import read


@pytest.mark.parametrize(
    ("text", "stored", "words"),
    [
        ("53", "53", "53, as given"),
        ("53.000", "53", "53, as given"),
        ("1.5", "1.5", "1.5, as given"),
        ("1,200", "1200", "1,200, as given"),
        ("1 200", "1200", "1,200, as given"),
        ("~57", "~57", "about 57"),
        ("about 57", "~57", "about 57"),
        ("c. 57", "~57", "about 57"),
        ("65–80", "65–80", "65 to 80, as given"),
        ("65-80", "65–80", "65 to 80, as given"),
        ("between 65 and 80", "65–80", "65 to 80, as given"),
        ("~65 to 80", "~65–80", "about 65 to 80"),
        ("-5", "-5", "-5, as given"),
    ],
)
def test_a_number_is_read_as_it_is_written(text: str, stored: str, words: str) -> None:
    number = read(text)
    assert (number.text, number.words) == (stored, words)
    assert read(stored) == number


@pytest.mark.parametrize("text", ["many", "80–65", "1.2345", "9" * 16, "1,20", "5 6 7"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        read(text)


@pytest.mark.django_db
def test_a_number_is_explained_when_asked(admin_client: Client) -> None:
    answer = admin_client.get(reverse("admin:number"), {"text": "~57"}).json()
    assert answer == {"text": "~57", "understood": "about 57"}
    assert Client().get(reverse("admin:number")).status_code == 302
